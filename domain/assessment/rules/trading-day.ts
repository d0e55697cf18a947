import { DAY_MS, type Instant, instant } from '../../kernel/instant';
import { invariant } from '../../kernel/invariant';

/**
 * When a trading day begins: a local time of day in an IANA zone, so daylight saving moves the instant, not the rule.
 */
export type DayCut = { readonly dayZone: string; readonly dayResetAt: string };

/** `day` is the local date on which it began; it holds instants from `startsAt` to before `endsAt`. */
export type TradingDay = { readonly day: string; readonly startsAt: Instant; readonly endsAt: Instant };

export function isTimeZone(zone: string): boolean {
  try {
    formatter(zone);
    return true;
  } catch {
    return false;
  }
}

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
 * The day last asked for, by cut: nearly every order asks for the same one, and finding it costs several formattings.
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
  const before = wall - offsetAt(instant(wall - DAY_MS), zone);
  const after = wall - offsetAt(instant(wall + DAY_MS), zone);
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

const offsetAt = (at: Instant, zone: string): number => localWallMs(at, zone) - at;

/** The local date and time at `at`, as the epoch milliseconds at which UTC would read the same. */
export function localWallMs(at: Instant, zone: string): number {
  const whole = Math.floor(at / 1000) * 1000;
  const parts: Record<string, string> = {};
  for (const { type, value } of formatter(zone).formatToParts(whole)) parts[type] = value;
  const { year, month, day, hour, minute, second } = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) + (at - whole);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs a thousand times more than using it. */
function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(zone, made);
  return made;
}
