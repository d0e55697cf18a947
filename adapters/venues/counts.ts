import type { VenueHealth } from '../../usecases/ports/market-data/venue';

/** What a feed counts since its start; the fields are those of VenueHealth. */
export type Counts = {
  -readonly [K in Exclude<
    keyof VenueHealth,
    'isConnected' | 'connections' | 'reconnects' | 'lastFrameAt'
  >]: VenueHealth[K];
};

export const noCounts = (): Counts => ({
  gaps: 0,
  framesDropped: 0,
  framesUnknown: 0,
  unreadableRuns: 0,
  answersOld: 0,
  clockFaults: 0,
  tradeGaps: 0,
  tradesDropped: 0,
});
