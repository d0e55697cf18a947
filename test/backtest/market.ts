import { type InstrumentId, idOf } from '../../domain/kernel/ids';
import { type Instant, instant } from '../../domain/kernel/instant';
import { type Price, ppm, price, qty } from '../../domain/kernel/money';
import type { Book } from '../../domain/market/book';
import type { Instrument } from '../../domain/market/instrument';

export const BTC = idOf<InstrumentId>('BTC-USD');

/** Bitcoin as Kraken lists it, at its published fees. */
export const BITCOIN: Instrument = {
  id: BTC,
  venue: 'kraken',
  venueSymbol: 'BTC/USD',
  kind: 'spot',
  title: 'Bitcoin',
  priceTick: price(10_000_000n),
  qtyStep: qty(10_000n),
  qtyMin: qty(10_000n),
  takerFee: { kind: 'proportional', rate: ppm(2_600n) },
  makerFee: { kind: 'proportional', rate: ppm(1_600n) },
  status: 'open',
  payout: null,
};

export const CATALOGUE = new Map([[BTC, BITCOIN]]);

const TICKS_PER_DOLLAR = 10;
const UNITS_PER_TICK = 10_000_000n;
/** Half of the spread, as a share of the mid. */
const HALF_SPREAD = 0.000_05;
const DEPTH = qty(1_000n * 10n ** 8n);

export const onTick = (dollars: number): Price =>
  price(BigInt(Math.round(dollars * TICKS_PER_DOLLAR)) * UNITS_PER_TICK);

/** One deep level a side around the mid: the candles say nothing of depth. */
export function bookAt(mid: number, step: number, at: Instant): Book {
  return {
    instrument: BTC,
    venue: 'kraken',
    sequence: step + 1,
    venueProof: String(step),
    venueAt: instant(at),
    receivedAt: at,
    quality: 'good',
    bids: [{ price: onTick(mid * (1 - HALF_SPREAD)), qty: DEPTH }],
    asks: [{ price: onTick(mid * (1 + HALF_SPREAD)), qty: DEPTH }],
  };
}
