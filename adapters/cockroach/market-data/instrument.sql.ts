import type { InstrumentId } from '../../../domain/kernel/ids';
import type { Ppm, Price, Qty } from '../../../domain/kernel/money';
import type { Fee, Instrument, Outcome, Payout, Venue } from '../../../domain/market/instrument';
import { fragment, sql } from '../connection/statement';

export type InstrumentRow = {
  readonly instrument: InstrumentId;
  readonly venue: Venue;
  readonly venue_symbol: string;
  readonly kind: Instrument['kind'];
  readonly title: string;
  readonly price_tick: Price;
  /** Decimals as text. */
  readonly price_bands: readonly { readonly from: string; readonly step: string }[] | null;
  readonly qty_step: Qty;
  readonly qty_min: Qty;
  readonly taker_fee_kind: Fee['kind'];
  readonly taker_fee_ppm: Ppm;
  readonly maker_fee_kind: Fee['kind'];
  readonly maker_fee_ppm: Ppm;
  readonly status: Instrument['status'];
  readonly payout_kind: Payout['kind'] | null;
  readonly payout_price: Price | null;
  readonly outcome: Outcome | null;
};

const columns = fragment`
  instrument, venue, venue_symbol, kind, title, price_tick, qty_step, qty_min, taker_fee_kind, taker_fee_ppm,
  maker_fee_kind, maker_fee_ppm, status, payout_kind, payout_price, outcome, price_bands`;

export const listInstruments = sql<InstrumentRow>('list_instruments')`
  SELECT ${columns} FROM instruments ORDER BY instrument`;

export const findInstruments = sql<InstrumentRow>('find_instruments')`
  SELECT ${columns} FROM instruments WHERE instrument = ANY ($1::TEXT[])`;

/** What can still change: everything but what was resolved before $1. */
export const watchedInstruments = sql<InstrumentRow>('watched_instruments')`
  SELECT ${columns} FROM instruments
  WHERE status <> 'resolved' OR changed_at >= $1::TIMESTAMPTZ
  ORDER BY instrument`;

/** Coins that have been closed since before $1. */
export const delistedInstruments = sql<InstrumentRow>('delisted_instruments')`
  SELECT ${columns} FROM instruments
  WHERE kind = 'spot' AND status = 'closed' AND changed_at <= $1::TIMESTAMPTZ
  ORDER BY instrument`;

/** One array for each column. A row that is already so is not written again; another status or payout is untold. */
export const upsertInstruments = sql<never>('upsert_instruments')`
  INSERT INTO instruments (${columns}, changed_at, is_told)
  SELECT given.instrument, given.venue, given.venue_symbol, given.kind, given.title, given.price_tick, given.qty_step,
    given.qty_min, given.taker_fee_kind, given.taker_fee_ppm, given.maker_fee_kind, given.maker_fee_ppm, given.status,
    given.payout_kind, given.payout_price, given.outcome::JSONB, given.price_bands::JSONB, now(), false
  FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::TEXT[], $5::TEXT[], $6::INT8[], $7::INT8[], $8::INT8[],
      $9::TEXT[], $10::INT8[], $11::TEXT[], $12::INT8[], $13::TEXT[], $14::TEXT[], $15::INT8[], $16::TEXT[],
      $17::TEXT[])
    AS given (${columns})
  ON CONFLICT (instrument) DO UPDATE
  SET venue = excluded.venue, venue_symbol = excluded.venue_symbol, kind = excluded.kind, title = excluded.title,
    price_tick = excluded.price_tick, qty_step = excluded.qty_step, qty_min = excluded.qty_min,
    taker_fee_kind = excluded.taker_fee_kind, taker_fee_ppm = excluded.taker_fee_ppm,
    maker_fee_kind = excluded.maker_fee_kind, maker_fee_ppm = excluded.maker_fee_ppm, status = excluded.status,
    payout_kind = excluded.payout_kind, payout_price = excluded.payout_price, outcome = excluded.outcome,
    price_bands = excluded.price_bands,
    changed_at = CASE WHEN (instruments.status, instruments.payout_kind, instruments.payout_price)
      IS DISTINCT FROM (excluded.status, excluded.payout_kind, excluded.payout_price)
      THEN excluded.changed_at ELSE instruments.changed_at END,
    is_told = instruments.is_told AND (instruments.status, instruments.payout_kind, instruments.payout_price)
      IS NOT DISTINCT FROM (excluded.status, excluded.payout_kind, excluded.payout_price)
  WHERE (instruments.venue, instruments.venue_symbol, instruments.kind, instruments.title, instruments.price_tick,
      instruments.qty_step, instruments.qty_min, instruments.taker_fee_kind, instruments.taker_fee_ppm,
      instruments.maker_fee_kind, instruments.maker_fee_ppm, instruments.status, instruments.payout_kind,
      instruments.payout_price, instruments.outcome, instruments.price_bands)
    IS DISTINCT FROM (excluded.venue, excluded.venue_symbol, excluded.kind, excluded.title, excluded.price_tick,
      excluded.qty_step, excluded.qty_min, excluded.taker_fee_kind, excluded.taker_fee_ppm,
      excluded.maker_fee_kind, excluded.maker_fee_ppm, excluded.status, excluded.payout_kind,
      excluded.payout_price, excluded.outcome, excluded.price_bands)`;

export const untoldInstruments = sql<InstrumentRow>('untold_instruments')`
  SELECT ${columns} FROM instruments WHERE NOT is_told ORDER BY instrument`;

/** One array for each column. A row that has changed since it was told stays untold. */
export const instrumentsTold = sql<never>('instruments_told')`
  UPDATE instruments SET is_told = true
  FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::INT8[])
    AS told (instrument, status, payout_kind, payout_price)
  WHERE instruments.instrument = told.instrument AND instruments.status = told.status
    AND instruments.payout_kind IS NOT DISTINCT FROM told.payout_kind
    AND instruments.payout_price IS NOT DISTINCT FROM told.payout_price`;
