import { type Instant, instant } from '../../domain/kernel/instant';

export type VenueTime = {
  readonly at: Instant;
  /** The venue's clock, or the unit in which it counts, cannot be right. */
  readonly isOff: boolean;
};

/** Ahead of us by more than this is no network's doing. */
const AHEAD_MS_MAX = 5_000;
/** September 2020 in milliseconds: seconds lie below it. */
const EARLIEST_MS = 1.6e12;

/**
 * The venue's own time of an event, never later than its receipt: no mark is dated in the future. A time that cannot be
 * right is replaced by that of receipt. Old times are believed, since a quiet book may have been still for hours.
 */
export function venueTime(epochMs: number | undefined, receivedAt: Instant): VenueTime {
  if (epochMs === undefined) return { at: receivedAt, isOff: false };
  const isOff = !(epochMs >= EARLIEST_MS && epochMs <= receivedAt + AHEAD_MS_MAX);
  return { at: isOff || epochMs > receivedAt ? receivedAt : instant(Math.trunc(epochMs)), isOff };
}
