import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What `npm start -- …` was asked for. */
export type StartOptions = {
  readonly fresh: boolean;
  readonly portBase: number | undefined;
  readonly replay: string | undefined;
  /** When the tape begins, in milliseconds of the epoch. */
  readonly replayFrom: number | undefined;
  readonly speed: number;
  /** Whether simulations run, on a Ray of this machine; unsaid, they do where an earlier start has installed it. */
  readonly ray: boolean | undefined;
  /** Where data, logs and generated secrets live. */
  readonly dataDir: string;
};

/** Throws one line that names the option and its rule. */
export function readOptions(args: readonly string[], root: string): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      fresh: { type: 'boolean', default: false },
      'port-base': { type: 'string' },
      replay: { type: 'string' },
      'replay-from': { type: 'string' },
      ray: { type: 'boolean' },
      speed: { type: 'string', default: '1' },
      'data-dir': { type: 'string', default: '.local' },
    },
  });
  const portBase = values['port-base'] === undefined ? undefined : Number(values['port-base']);
  if (portBase !== undefined && !(Number.isInteger(portBase) && portBase >= 1_024 && portBase <= 65_400)) {
    throw new Error('--port-base must be a whole number from 1024 to 65400');
  }
  const speed = Number(values.speed);
  if (!(speed > 0 && speed <= 10_000)) throw new Error('--speed must be a number above 0, at most 10000');
  const replay = values.replay === undefined ? undefined : resolve(values.replay);
  if (replay !== undefined && !existsSync(replay)) throw new Error(`--replay: there is no file ${replay}`);
  const replayFrom = timeOf(values['replay-from']);
  if (replayFrom !== undefined && replay === undefined) throw new Error('--replay-from needs --replay');
  return {
    fresh: values.fresh,
    portBase,
    replay,
    replayFrom,
    speed,
    ray: values.ray,
    dataDir: resolve(root, values['data-dir']),
  };
}

/** As in `2022-01-08T12:00`, in UTC. */
function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\dZ?$/.test(text) ? Date.parse(`${text.slice(0, 16)}Z`) : Number.NaN;
  if (Number.isNaN(at)) throw new Error('--replay-from must be a UTC time such as 2022-01-08T12:00');
  return at;
}
