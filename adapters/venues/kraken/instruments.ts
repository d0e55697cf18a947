import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { parsePrice, parseQty, ppm } from '../../../domain/kernel/money';
import type { Instrument } from '../../../domain/market/instrument';
import { type Listing, spotInstrument } from '../listings';
import type { KrakenPair } from './frames';

/** What Kraken's published schedule asks of a spot order in its entry tier: 0.40 % of what takes, 0.25 % of what makes. */
const TAKER_FEE = { kind: 'proportional', rate: ppm(4_000n) } as const;
const MAKER_FEE = { kind: 'proportional', rate: ppm(2_500n) } as const;

/** `BTC/USD` is our `BTC-USD`. */
export const instrumentOf = (symbol: string): InstrumentId => idOf(symbol.replace('/', '-'));

/** What Kraken says of a pair: it trades while its status is `online`. */
export const listingOf = (pair: KrakenPair): Listing => {
  const { symbol, status } = pair;
  const reason = `its status is ${status}`;
  const is = status === 'online' ? {} : status === 'delisted' ? { gone: reason } : { halted: reason };
  return { symbol, instrument: instrumentFrom(pair), ...is };
};

const instrumentFrom = (pair: KrakenPair): Instrument | undefined =>
  spotInstrument({
    id: instrumentOf(pair.symbol),
    venue: 'kraken',
    venueSymbol: pair.symbol,
    title: pair.symbol,
    priceTick: parsePrice(plain(pair.price_increment)),
    qtyStep: parseQty(plain(pair.qty_increment)),
    qtyMin: parseQty(plain(pair.qty_min)),
    takerFee: TAKER_FEE,
    makerFee: MAKER_FEE,
  });

/** Small increments come as `1e-8`; the same number without an exponent. Anything else is left as it is. */
export function plain(text: string): string {
  const [, whole, fraction = '', exponent] = /^(\d+)(?:\.(\d+))?[eE]-(\d{1,2})$/.exec(text) ?? [];
  if (whole === undefined || exponent === undefined) return text;
  const digits = `${whole}${fraction}`.padStart(Number(exponent) + fraction.length + 1, '0');
  const scale = Number(exponent) + fraction.length;
  return `${digits.slice(0, -scale).replace(/^0+(?=\d)/, '')}.${digits.slice(-scale)}`.replace(/0+$/, '');
}
