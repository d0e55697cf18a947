import type { InstrumentId } from '../../domain/kernel/ids';
import type { Ppm, Price, Qty } from '../../domain/kernel/money';
import type { Instrument, Outcome, TakerFee, Venue } from '../../domain/market/instrument';
import { fragment, sql } from './statement';

export type InstrumentRow = {
  readonly instrument: InstrumentId;
  readonly venue: Venue;
  readonly venue_symbol: string;
  readonly kind: Instrument['kind'];
  readonly title: string;
  readonly price_tick: Price;
  readonly qty_step: Qty;
  readonly qty_min: Qty;
  readonly fee_kind: TakerFee['kind'];
  readonly fee_rate_ppm: Ppm;
  readonly status: Instrument['status'];
  readonly outcome: Outcome | null;
};

const columns = fragment`
  instrument, venue, venue_symbol, kind, title, price_tick, qty_step, qty_min, fee_kind, fee_rate_ppm, status, outcome`;

export const listInstruments = sql<InstrumentRow>('list_instruments')`
  SELECT ${columns} FROM instruments ORDER BY instrument`;

export const findInstruments = sql<InstrumentRow>('find_instruments')`
  SELECT ${columns} FROM instruments WHERE instrument = ANY ($1::TEXT[])`;

/** One array for each column. A row that is already so is not written again. */
export const upsertInstruments = sql<never>('upsert_instruments')`
  INSERT INTO instruments (${columns})
  SELECT given.instrument, given.venue, given.venue_symbol, given.kind, given.title, given.price_tick, given.qty_step,
    given.qty_min, given.fee_kind, given.fee_rate_ppm, given.status, given.outcome::JSONB
  FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::TEXT[], $5::TEXT[], $6::INT8[], $7::INT8[], $8::INT8[],
      $9::TEXT[], $10::INT8[], $11::TEXT[], $12::TEXT[])
    AS given (${columns})
  ON CONFLICT (instrument) DO UPDATE
  SET venue = excluded.venue, venue_symbol = excluded.venue_symbol, kind = excluded.kind, title = excluded.title,
    price_tick = excluded.price_tick, qty_step = excluded.qty_step, qty_min = excluded.qty_min,
    fee_kind = excluded.fee_kind, fee_rate_ppm = excluded.fee_rate_ppm, status = excluded.status,
    outcome = excluded.outcome
  WHERE (instruments.venue, instruments.venue_symbol, instruments.kind, instruments.title, instruments.price_tick,
      instruments.qty_step, instruments.qty_min, instruments.fee_kind, instruments.fee_rate_ppm, instruments.status,
      instruments.outcome)
    IS DISTINCT FROM (excluded.venue, excluded.venue_symbol, excluded.kind, excluded.title, excluded.price_tick,
      excluded.qty_step, excluded.qty_min, excluded.fee_kind, excluded.fee_rate_ppm, excluded.status,
      excluded.outcome)`;
