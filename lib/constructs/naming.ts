import type { StageConfig } from '../config/stage';

/** One name serves folder, function, log group and alarm; the stage in it lets two stages share an account. */
export const nameOf = (config: StageConfig, name: string): string => `proving-ground-${config.stage}-${name}`;
