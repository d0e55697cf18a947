import { listingOf } from '../../adapters/venues/kraken/instruments';
import { readFrame } from '../../adapters/venues/kraken/read-frame';
import { type InstrumentId, idOf } from '../../domain/kernel/ids';
import { type Instant, instant } from '../../domain/kernel/instant';
import { type Price, price, qty } from '../../domain/kernel/money';
import type { Book } from '../../domain/market/book';
import type { Instrument } from '../../domain/market/instrument';

export const BTC = idOf<InstrumentId>('BTC-USD');

/** Bitcoin as the product lists it: its own reading of the line in which Kraken names it, fees included. */
function listedBitcoin(): Instrument {
  const line = { symbol: 'BTC/USD', status: 'online', price_increment: 0.1, qty_increment: 1e-8, qty_min: 0.000_05 };
  const text = JSON.stringify({ channel: 'instrument', type: 'snapshot', data: { pairs: [line] } });
  const frame = readFrame(text);
  const [pair] = frame?.channel === 'instrument' ? frame.data.pairs : [];
  const listed = pair && listingOf(pair).instrument;
  if (listed?.id !== BTC) throw new Error('the connector cannot read the line of Bitcoin');
  return listed;
}

export const CATALOGUE = new Map([[BTC, listedBitcoin()]]);

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
