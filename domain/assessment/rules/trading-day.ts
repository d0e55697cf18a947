import { DAY_MS, type Instant, instant } from '../../kernel/instant';
import { invariant } from '../../kernel/invariant';
import { offsetMs } from './zones/zone-table';

/**
 * When a trading day begins: a local time of day in an IANA zone, so daylight saving moves the instant, not the rule.
 */
export type DayCut = { readonly dayZone: string; readonly dayResetAt: string };

/** `day` is the local date on which it began; it holds instants from `startsAt` to before `endsAt`. */
export type TradingDay = { readonly day: string; readonly startsAt: Instant; readonly endsAt: Instant };

/** The trading day that `at` belongs to; an instant exactly on the boundary belongs to the day that begins there. */
export function tradingDayAt(at: Instant, cut: DayCut): TradingDay {
  const key = `${cut.dayZone} ${cut.dayResetAt}`;
  const latest = latestDays.get(key);
  if (latest && at >= latest.startsAt && at < latest.endsAt) return latest;
  const found = findTradingDay(at, cut);
  latestDays.set(key, found);
  return found;
}

/**
 * The day last asked for, by cut: nearly every order asks for the same one.
 */
const latestDays = new Map<string, TradingDay>();

function findTradingDay(at: Instant, cut: DayCut): TradingDay {
  const today = localWallMs(at, cut.dayZone);
  let midnight = today - (((today % DAY_MS) + DAY_MS) % DAY_MS);
  let startsAt = boundary(midnight, cut);
  if (at < startsAt) {
    midnight -= DAY_MS;
    startsAt = boundary(midnight, cut);
  }
  let endsAt = boundary(midnight + DAY_MS, cut);
  if (at >= endsAt) {
    // The clock went back over the boundary: the later of the two local readings began the day.
    midnight += DAY_MS;
    startsAt = endsAt;
    endsAt = boundary(midnight + DAY_MS, cut);
  }
  return { day: new Date(midnight).toISOString().slice(0, 10), startsAt, endsAt };
}

/** The instant of the reset on the local date whose midnight, read as if in UTC, is `midnight`. */
function boundary(midnight: number, cut: DayCut): Instant {
  const intoDay = Date.parse(`1970-01-01T${cut.dayResetAt}:00Z`);
  invariant(intoDay >= 0 && intoDay < DAY_MS, `reset time ${cut.dayResetAt} is not hh:mm`);
  return instantOfWall(midnight + intoDay, cut.dayZone);
}

/** A local reading that does not exist (clocks go forward) is the first instant after the gap. */
function instantOfWall(wall: number, zone: string): Instant {
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

/** The local date and time at `at`, as the epoch milliseconds at which UTC would read the same. */
export const localWallMs = (at: Instant, zone: string): number => at + offsetMs(zone, at);
