import type { VenueHealth } from '../../usecases/ports/venue';

/** What a feed counts since its start; the fields are those of VenueHealth. */
export type Counts = {
  -readonly [K in 'gaps' | 'framesDropped' | 'clockFaults' | 'tradeGaps' | 'tradesDropped']: VenueHealth[K];
};

export const noCounts = (): Counts => ({ gaps: 0, framesDropped: 0, clockFaults: 0, tradeGaps: 0, tradesDropped: 0 });
