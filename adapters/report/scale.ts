import { DAY_MS, type Instant, instant } from '../../domain/kernel/instant';
import { localWallMs } from '../../domain/kernel/zones/local-time';
import { MONTHS } from './figures';

/** Maps a range of values onto a range of the picture. */
export const linear =
  (from: number, to: number, start: number, end: number) =>
  (value: number): number =>
    from === to ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start);

export type Tick = { readonly value: number; readonly text: string };

/** Round steps of 1, 2, 2.5 or 5 times a power of ten, at most `countMax` of them. */
export function valueTicks(low: number, high: number, countMax: number): readonly number[] {
  const rough = Math.max(high - low, 1e-6) / countMax;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => (first + n) * step);
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const STEPS = [
  ...[1, 5, 10, 30].map((n) => n * SECOND),
  ...[1, 5, 10, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28, 56, 91, 182, 364].map((n) => n * DAY_MS),
];

/** Round local times in the zone: the clock that the trader's rules run on. */
export function timeTicks(from: Instant, to: Instant, zone: string, countMax: number): readonly Tick[] {
  const step = STEPS.find((size) => (to - from) / size <= countMax) ?? 364 * DAY_MS;
  const firstWall = Math.ceil(localWallMs(from, zone) / step) * step;
  const isOneDay = dayOf(from, zone) === dayOf(to, zone);
  const ticks: Tick[] = [];
  for (let wall = firstWall; ; wall += step) {
    const at = instantOf(wall, from, zone);
    if (at > to) return ticks;
    if (at >= from) ticks.push({ value: at, text: tickText(wall, step, isOneDay) });
  }
}

const dayOf = (at: Instant, zone: string): number => Math.floor(localWallMs(at, zone) / DAY_MS);

/** Good to the hour on the day the clocks change, which is finer than a tick needs. */
function instantOf(wall: number, near: Instant, zone: string): Instant {
  const guess = instant(wall - (localWallMs(near, zone) - near));
  return instant(wall - (localWallMs(guess, zone) - guess));
}

function tickText(wall: number, step: number, isOneDay: boolean): string {
  const iso = new Date(wall).toISOString();
  const day = `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]}`;
  if (step >= DAY_MS) return day;
  const time = iso.slice(11, step < MINUTE ? 19 : 16);
  return isOneDay ? time : `${day} ${time}`;
}
