import type { Instant } from '../../../domain/kernel/instant';
import type { Price } from '../../../domain/kernel/money';
import type { CandleSource } from '../../../domain/market/candles/candle';
import { fragment, sql } from '../connection/statement';

export type CandleRow = {
  readonly at: Instant;
  readonly source: CandleSource;
  readonly open: Price | null;
  readonly high: Price | null;
  readonly low: Price | null;
  readonly close: Price | null;
  readonly open_at: Instant | null;
  readonly close_at: Instant | null;
  /** Whole units as text: it may be larger than an INT8. */
  readonly volume: string | null;
  readonly trades: bigint | null;
  readonly is_whole: boolean;
};

const columns = fragment`
  instrument, resolution, at, run, source, revision, open, high, low, close, open_at, close_at, volume, trades, is_whole`;

/** One array for each column. Of one run's parts of a bucket the highest revision stays, however often and late they come. */
export const putCandles = sql<never>('put_candles')`
  INSERT INTO candles (${columns})
  SELECT given.instrument, given.resolution, given.at, given.run, given.source, given.revision, given.open, given.high,
    given.low, given.close, given.open_at, given.close_at, given.volume, given.trades, given.is_whole
  FROM unnest($1::TEXT[], $2::TEXT[], $3::TIMESTAMPTZ[], $4::UUID[], $5::TEXT[], $6::INT8[], $7::INT8[], $8::INT8[],
      $9::INT8[], $10::INT8[], $11::TIMESTAMPTZ[], $12::TIMESTAMPTZ[], $13::DECIMAL[], $14::INT8[], $15::BOOL[])
    AS given (${columns})
  ON CONFLICT (instrument, resolution, at, run) DO UPDATE
  SET source = excluded.source, revision = excluded.revision, open = excluded.open, high = excluded.high,
    low = excluded.low, close = excluded.close, open_at = excluded.open_at, close_at = excluded.close_at,
    volume = excluded.volume, trades = excluded.trades, is_whole = excluded.is_whole
  WHERE candles.revision < excluded.revision`;

/** $1 instrument, $2 resolution, $3 from, $4 before, $5 how many. */
export const newestCandles = sql<CandleRow>('newest_candles')`
  SELECT at, source, open, high, low, close, open_at, close_at, volume, trades, is_whole
  FROM candles
  WHERE instrument = $1::TEXT AND resolution = $2::TEXT AND at >= $3::TIMESTAMPTZ AND at < $4::TIMESTAMPTZ
  ORDER BY at DESC, run DESC
  LIMIT $5::INT8`;

/** The close of the newest minute that was made of marks. */
export const lastMark = sql<{ readonly close: Price }>('last_mark')`
  SELECT close FROM candles
  WHERE instrument = $1::TEXT AND resolution = '1m' AND source = 'mark' AND close IS NOT NULL
  ORDER BY at DESC, close_at DESC, run DESC
  LIMIT 1`;

/** $1–$5 a span each: its number, instrument, resolution, from, before. No row where no mark is kept. */
export const markExtremes = sql<{ readonly span: number; readonly low: Price; readonly high: Price }>('mark_extremes')`
  SELECT asked.span, min(candles.low) AS low, max(candles.high) AS high
  FROM unnest($1::INT4[], $2::TEXT[], $3::TEXT[], $4::TIMESTAMPTZ[], $5::TIMESTAMPTZ[])
    AS asked (span, instrument, resolution, since, until)
  JOIN candles ON candles.instrument = asked.instrument AND candles.resolution = asked.resolution
    AND candles.at >= asked.since AND candles.at < asked.until
  WHERE candles.source = 'mark' AND candles.low IS NOT NULL AND candles.high IS NOT NULL
  GROUP BY asked.span`;

/** $1 resolutions, $2 those that begin before, $3 how many. */
export const pruneCandles = sql<never>('prune_candles')`
  DELETE FROM candles
  WHERE (instrument, resolution, at, run) IN (
    SELECT instrument, resolution, at, run FROM candles
    WHERE resolution = ANY ($1::TEXT[]) AND at < $2::TIMESTAMPTZ
    LIMIT $3::INT8
  )`;
