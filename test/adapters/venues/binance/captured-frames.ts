import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Half a minute of a real connection to Binance's combined streams, one frame a line after the time of its receipt. */
export const binanceFrames = (): readonly string[] =>
  readFileSync(join(__dirname, '../../../captures/binance/ws_combined.txt'), 'utf8')
    .split('\n')
    .flatMap((line) => /^[\d.]+: (\{.*)$/.exec(line)?.[1] ?? []);
