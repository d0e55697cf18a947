import { isoText } from '../../../domain/kernel/instant';
import { invariant } from '../../../domain/kernel/invariant';
import { formatPrice, parsePrice } from '../../../domain/kernel/money';
import type { Instrument, Payout, PriceBand } from '../../../domain/market/instrument';
import type { Catalogue } from '../../../usecases/ports/market-data/catalogue';
import type { InstrumentStore } from '../../../usecases/ports/market-data/market-data';
import type { Database } from '../connection/database';
import {
  delistedInstruments,
  findInstruments,
  type InstrumentRow,
  instrumentsTold,
  listInstruments,
  untoldInstruments,
  upsertInstruments,
  watchedInstruments,
} from './instrument.sql';

export const makeInstrumentStore = (database: Database): InstrumentStore & Catalogue => ({
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
  watched: async (resolvedSince) =>
    (await database.query(watchedInstruments, [isoText(resolvedSince)])).map(instrumentOf),
  delisted: async (before) => (await database.query(delistedInstruments, [isoText(before)])).map(instrumentOf),
  untold: async () => (await database.query(untoldInstruments)).map(instrumentOf),
  told: async (instruments) => {
    if (instruments.length > 0) await database.write(instrumentsTold, stateColumns(instruments));
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
  given.map(({ makerFee }) => makerFee.kind),
  given.map(({ makerFee }) => makerFee.rate),
  ...stateColumns(given).slice(1),
  given.map(({ outcome }) => (outcome ? JSON.stringify(outcome) : null)),
  given.map(({ priceBands }) => (priceBands ? JSON.stringify(priceBands.map(bandText)) : null)),
];

const stateColumns = (given: readonly Instrument[]): readonly unknown[] => [
  given.map(({ id }) => id),
  given.map(({ status }) => status),
  given.map(({ payout }) => payout?.kind ?? null),
  given.map(({ payout }) => (payout?.kind === 'pays' ? payout.price : null)),
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
  takerFee: { kind: row.taker_fee_kind, rate: row.taker_fee_ppm },
  makerFee: { kind: row.maker_fee_kind, rate: row.maker_fee_ppm },
  status: row.status,
  payout: payoutOf(row),
  ...(row.outcome && { outcome: row.outcome }),
  ...(row.price_bands && { priceBands: row.price_bands.map(bandOf) }),
});

const bandText = ({ from, step }: PriceBand) => ({ from: formatPrice(from), step: formatPrice(step) });

function bandOf(text: { readonly from: string; readonly step: string }): PriceBand {
  const [from, step] = [parsePrice(text.from), parsePrice(text.step)];
  invariant(from !== undefined && step !== undefined, 'a band is kept as decimals');
  return { from, step };
}

function payoutOf({ payout_kind, payout_price }: InstrumentRow): Payout | null {
  if (payout_kind !== 'pays') return payout_kind && { kind: payout_kind };
  invariant(payout_price !== null, 'what pays has a price');
  return { kind: 'pays', price: payout_price };
}
