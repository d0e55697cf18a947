import type { Instant } from '../../domain/kernel/instant';
import { VenueClock } from '../../domain/market/venue-clock';

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
 * The venue's time of an event, by our clock as far as `clock` knows it and never later than its receipt: no mark is
 * dated in the future. A time that cannot be right is replaced by that of receipt. Old times are believed, since a quiet
 * book may have been still for hours.
 */
export function venueTime(epochMs: number | undefined, receivedAt: Instant, clock = UNSEEN): VenueTime {
  if (epochMs === undefined) return { at: receivedAt, isOff: false };
  const isOff = !(epochMs >= EARLIEST_MS && epochMs <= receivedAt + AHEAD_MS_MAX);
  return { at: isOff ? receivedAt : clock.at(epochMs, receivedAt), isOff };
}

/** The same of what the venue sent at the time that it names: then its clock is seen by it. */
export function liveTime(epochMs: number | undefined, receivedAt: Instant, clock: VenueClock): VenueTime {
  const isSeen = epochMs !== undefined && !venueTime(epochMs, receivedAt).isOff;
  if (isSeen) clock.see(epochMs, receivedAt);
  return venueTime(epochMs, receivedAt, clock);
}

const UNSEEN = new VenueClock();
