import { readFileSync } from 'node:fs';
import { type Instant, instant } from '../../domain/kernel/instant';

/** Mid prices in time. Four steps a minute: open, the nearer extreme, the farther one, close. */
export type Tape = {
  readonly at: Float64Array;
  readonly mid: Float64Array;
  readonly minutes: number;
};

export const STEPS_PER_MINUTE = 4;
const STEP_MS = 15_000;

/** Reads one-minute candles (`timestamp,open,high,low,close,…`, oldest first). Throws one line that names the fault. */
export function readTape(file: string): Tape {
  const lines = readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line.trim() !== '');
  const at = new Float64Array(lines.length * STEPS_PER_MINUTE);
  const mid = new Float64Array(lines.length * STEPS_PER_MINUTE);
  for (const [minute, line] of lines.entries()) {
    const [time = '', ...fields] = line.split(',');
    const opened = Date.parse(`${time.replace(' ', 'T')}Z`);
    const [open = 0, high = 0, low = 0, close = 0] = fields.map(Number);
    if (Number.isNaN(opened) || !(Math.min(open, high, low, close) > 0)) {
      throw new Error(`${file}, line ${minute + 2}: must be timestamp,open,high,low,close with prices above 0`);
    }
    const corners = close >= open ? [open, low, high, close] : [open, high, low, close];
    for (const [step, price] of corners.entries()) {
      at[minute * STEPS_PER_MINUTE + step] = opened + step * STEP_MS;
      mid[minute * STEPS_PER_MINUTE + step] = price;
    }
  }
  if (lines.length === 0) throw new Error(`${file}: holds no candles`);
  return { at, mid, minutes: lines.length };
}

export const instantOf = (tape: Tape, step: number): Instant => instant(tape.at[step] ?? 0);
