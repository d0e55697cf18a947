import { hedgingDetection } from '../../runtime/compose-risk-desk';
import { makeLogger } from '../../runtime/log';

const log = makeLogger();

/** Called by the clock. */
export const handler = async (): Promise<void> => {
  const found = await (await hedgingDetection())();
  log.info(found, 'looked for opposite positions of one person');
};
