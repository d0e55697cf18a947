import { readFileSync } from 'node:fs';

const STEPS_PER_MINUTE = 60;

/**
 * Reads one-minute candles (`timestamp,open,high,low,close,volume`, oldest first) as a path of one price a second:
 * from the open over
 * the nearer extreme and the farther one to the close. Throws one line that names the line at fault.
 */
export function readCandlePath(file: string): readonly number[] {
  const lines = readFileSync(file, 'utf8').split(/\r?\n/).slice(1);
  const path: number[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [open, high, low, close] = line.split(',').slice(1, 5).map(Number);
    if (!open || !high || !low || !close || Math.min(open, high, low, close) <= 0) {
      throw new Error(`${file}, line ${at + 2}: must be timestamp,open,high,low,close,volume with prices above 0`);
    }
    path.push(...minute([open, ...(close >= open ? [low, high] : [high, low]), close]));
  }
  if (path.length === 0) throw new Error(`${file}: holds no candles`);
  return path;
}

function minute(corners: readonly number[]): readonly number[] {
  const legs = corners.length - 1;
  return Array.from({ length: STEPS_PER_MINUTE }, (_, second) => {
    const position = (second / (STEPS_PER_MINUTE - 1)) * legs;
    const leg = Math.min(Math.floor(position), legs - 1);
    const [from, to] = [corners[leg] as number, corners[leg + 1] as number];
    return from + (to - from) * (position - leg);
  });
}
