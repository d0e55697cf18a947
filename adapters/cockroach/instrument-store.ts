import type { Instrument } from '../../domain/market/instrument';
import type { InstrumentStore } from '../../usecases/ports/market-data';
import type { Database } from './database';
import { findInstruments, type InstrumentRow, listInstruments, upsertInstruments } from './instrument.sql';

export const makeInstrumentStore = (database: Database): InstrumentStore => ({
  list: async () => (await database.query(listInstruments)).map(instrumentOf),
  find: async (ids) => {
    const rows = await database.query(findInstruments, [ids]);
    return new Map(rows.map((row) => [row.instrument, instrumentOf(row)]));
  },
  upsert: async (instruments) => {
    // The last of a repeated id counts: one statement can write a row only once.
    const given = [...new Map(instruments.map((instrument) => [instrument.id, instrument])).values()];
    if (given.length > 0) await database.write(upsertInstruments, instrumentColumns(given));
  },
});

const instrumentColumns = (given: readonly Instrument[]): readonly unknown[] => [
  given.map(({ id }) => id),
  given.map(({ venue }) => venue),
  given.map(({ venueSymbol }) => venueSymbol),
  given.map(({ kind }) => kind),
  given.map(({ title }) => title),
  given.map(({ priceTick }) => priceTick),
  given.map(({ qtyStep }) => qtyStep),
  given.map(({ qtyMin }) => qtyMin),
  given.map(({ takerFee }) => takerFee.kind),
  given.map(({ takerFee }) => takerFee.rate),
  given.map(({ status }) => status),
  given.map(({ outcome }) => (outcome ? JSON.stringify(outcome) : null)),
];

const instrumentOf = (row: InstrumentRow): Instrument => ({
  id: row.instrument,
  venue: row.venue,
  venueSymbol: row.venue_symbol,
  kind: row.kind,
  title: row.title,
  priceTick: row.price_tick,
  qtyStep: row.qty_step,
  qtyMin: row.qty_min,
  takerFee: { kind: row.fee_kind, rate: row.fee_rate_ppm },
  status: row.status,
  ...(row.outcome && { outcome: row.outcome }),
});
