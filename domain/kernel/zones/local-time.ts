import { DAY_MS, type Instant, instant } from '../instant';
import { offsetMs } from './zone-table';

/** The local date and time at `at`, as the epoch milliseconds at which UTC would read the same. */
export const localWallMs = (at: Instant, zone: string): number => at + offsetMs(zone, at);

/**
 * The instant at which a zone's clocks read `wall`: the first of two, where they read it twice. A reading that does not
 * exist, as they went forward, is the first instant after the gap.
 */
export function instantOfWall(wall: number, zone: string): Instant {
  const before = wall - offsetMs(zone, instant(wall - DAY_MS));
  const after = wall - offsetMs(zone, instant(wall + DAY_MS));
  const [early, late] = before < after ? [before, after] : [after, before];
  if (localWallMs(instant(early), zone) === wall) return instant(early);
  if (localWallMs(instant(late), zone) === wall) return instant(late);
  return firstAfterGap(instant(early), instant(late), wall, zone);
}

/** Bisects to the first instant whose local reading is at or past `wall`. */
function firstAfterGap(from: Instant, to: Instant, wall: number, zone: string): Instant {
  let [low, high]: [number, number] = [from - DAY_MS / 12, to + DAY_MS / 12];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (localWallMs(instant(middle), zone) >= wall) high = middle;
    else low = middle;
  }
  return instant(high);
}
