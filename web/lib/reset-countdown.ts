import { DAY_MS } from '../../domain/kernel/instant';
import type { Rules } from './contract';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * Milliseconds until the next daily reset, which is a local time in the rules' zone. The offset is taken at the
 * reset itself, so a change of clocks in between moves it as it moves the platform's own trading day.
 */
export function untilResetMs(rules: Pick<Rules, 'dayZone' | 'dayResetAt'>, now: number): number {
  const [hours = 0, minutes = 0] = rules.dayResetAt.split(':').map((part) => Number.parseInt(part, 10));
  const wallNow = wallMs(now, rules.dayZone);
  const midnight = wallNow - (((wallNow % DAY_MS) + DAY_MS) % DAY_MS);
  const intoDay = hours * HOUR_MS + minutes * MINUTE_MS;
  const resets = [-1, 0, 1, 2].map((days) => instantOf(midnight + days * DAY_MS + intoDay, rules.dayZone));
  return Math.min(...resets.filter((at) => at > now)) - now;
}

/** A local reading that the clocks skip counts from before the gap, one that they repeat is the first of the two. */
function instantOf(wall: number, zone: string): number {
  const guess = wall - (wallMs(wall, zone) - wall);
  const corrected = wall - (wallMs(guess, zone) - guess);
  return wallMs(corrected, zone) === wall ? corrected : Math.max(guess, corrected);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The zone's local date and time, as the epoch milliseconds at which UTC reads the same. */
function wallMs(at: number, zone: string): number {
  const whole = Math.floor(at / 1000) * 1000;
  const parts = Object.fromEntries(
    formatterOf(zone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute, second } = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) + (at - whole);
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const two = '2-digit' as const;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
  formatters.set(zone, made);
  return made;
}

/** "07:04:09", hours beyond a day included. */
export function countdownText(ms: number): string {
  const seconds = Math.max(Math.floor(ms / 1000), 0);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => part.toString().padStart(2, '0')).join(':');
}
