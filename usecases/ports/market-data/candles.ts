import type { InstrumentId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Price } from '../../../domain/kernel/money';
import type { CandlePart, CandlePrices } from '../../../domain/market/candles/candle';
import type { Changed } from '../../../domain/market/candles/candle-maker';
import type { Resolution } from '../../../domain/market/candles/resolution';
import type { Instrument, Venue } from '../../../domain/market/instrument';

/** The candles of one length of one instrument. */
export type CandleSeries = { readonly instrument: InstrumentId; readonly resolution: Resolution };

/** Buckets that begin at `from` or later and before `to`. */
export type CandleRange = { readonly from: Instant; readonly to: Instant };

/**
 * A part of a bucket as it is kept. Each run of market-data has parts of its own, so that runs that overlap or follow
 * one another take nothing from one another; of one run's the highest revision stays, in whatever order they come.
 */
export type KeptPart = CandleSeries &
  Pick<Changed, 'revision' | 'part'> & {
    /** A UUID; that of the venue's own candles is `VENUE_RUN`. */
    readonly run: string;
  };

export const VENUE_RUN = '00000000-0000-0000-0000-000000000000';

export type CandleSink = {
  /** All or none of them; again is the same as once. */
  readonly put: (parts: readonly KeptPart[]) => Promise<void>;
};

export type CandleReader = {
  /** The newest `limit` parts, newest first; those of one bucket in one order, whoever asks. */
  readonly newest: (series: CandleSeries, range: CandleRange, limit: number) => Promise<readonly CandlePart[]>;
};

/** Buckets that begin at `from` or later and before `to`, of one length of one instrument. */
export type CandleSpan = CandleSeries & CandleRange;

export type MarkExtremes = {
  /**
   * The lowest and the highest mark of each span, in their order; undefined where none is kept. Nothing that a venue
   * tells of its past counts.
   */
  readonly extremes: (
    spans: readonly CandleSpan[],
  ) => Promise<readonly (Pick<CandlePrices, 'low' | 'high'> | undefined)[]>;
};

export type LastMarks = {
  /** The close of the newest minute that was made of marks; nothing that a venue tells of its past counts. */
  readonly lastMark: (instrument: InstrumentId) => Promise<Price | undefined>;
};

export type CandlePublisher = {
  /** Publishes closed candles on the `market-data` topic, key = instrument; one that a late trade changed comes again. */
  readonly publishCandles: (candles: readonly ClosedCandle[]) => Promise<void>;
};

/** What this run of market-data saw of a bucket that is over. */
export type ClosedCandle = CandleSeries & { readonly part: CandlePart };

/** A bucket as the venue tells it; it does not always say what traded. */
export type VenueCandle = Pick<CandlePart, 'at' | 'volume' | 'trades'> & {
  readonly prices: NonNullable<CandlePart['prices']>;
};

export type VenueAnswer = {
  /** Whole buckets within the range, oldest first. */
  readonly candles: readonly VenueCandle[];
  /** How many could not be right, and are left out. */
  readonly refused: number;
};

/** What a venue's public REST tells of its own past. */
export type CandleHistory = {
  readonly venue: Venue;
  /** The resolutions that it has, how far back, and how many buckets one answer holds. */
  readonly reach: readonly HistoryReach[];
  /** Between two questions, so that whatever else asks the venue has room. */
  readonly paceMs: number;
  readonly read: (
    instrument: Instrument,
    series: Pick<CandleSeries, 'resolution'>,
    range: CandleRange,
  ) => Promise<VenueAnswer>;
};

export type HistoryReach = {
  readonly resolution: Resolution;
  readonly backMs: number;
  readonly perAnswer: number;
};
