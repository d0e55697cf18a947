import { DAY_MS, instant } from '../../domain/kernel/instant';
import { instantOfWall, localWallMs } from '../../domain/kernel/zones/local-time';
import type { Rules } from './contract';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Milliseconds until the next daily reset, a local time in the rules' zone, as the platform's own table has it. */
export function untilResetMs({ dayZone, dayResetAt }: Pick<Rules, 'dayZone' | 'dayResetAt'>, now: number): number {
  const [hours = 0, minutes = 0] = dayResetAt.split(':').map((part) => Number.parseInt(part, 10));
  const wallNow = localWallMs(instant(now), dayZone);
  const midnight = wallNow - (((wallNow % DAY_MS) + DAY_MS) % DAY_MS);
  const intoDay = hours * HOUR_MS + minutes * MINUTE_MS;
  const resets = [-1, 0, 1, 2].map((days) => instantOfWall(midnight + days * DAY_MS + intoDay, dayZone));
  return Math.min(...resets.filter((at) => at > now)) - now;
}

/** "07:04:09", hours beyond a day included. */
export function countdownText(ms: number): string {
  const seconds = Math.max(Math.floor(ms / 1000), 0);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => part.toString().padStart(2, '0')).join(':');
}
