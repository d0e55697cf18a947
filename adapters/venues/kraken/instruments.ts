import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { parsePrice, parseQty, ppm } from '../../../domain/kernel/money';
import type { Instrument, InstrumentStatus } from '../../../domain/market/instrument';
import type { KrakenPair } from './frames';

/** Kraken Pro's taker fee of its first volume tier: 0.40 %. */
const TAKER_FEE = { kind: 'proportional', rate: ppm(4_000n) } as const;

/** `BTC/USD` is our `BTC-USD`. */
export const instrumentOf = (symbol: string): InstrumentId => idOf(symbol.replace('/', '-'));

/** Kraken's pair as an instrument; undefined when its increments are no decimals that we can hold. */
export function instrumentFrom(pair: KrakenPair, isVenueOnline: boolean): Instrument | undefined {
  const [priceTick, qtyStep, qtyMin] = [
    parsePrice(plain(pair.price_increment)),
    parseQty(plain(pair.qty_increment)),
    parseQty(plain(pair.qty_min)),
  ];
  if (priceTick === undefined || qtyStep === undefined || qtyMin === undefined) return undefined;
  return {
    id: instrumentOf(pair.symbol),
    venue: 'kraken',
    venueSymbol: pair.symbol,
    kind: 'spot',
    title: pair.symbol,
    priceTick,
    qtyStep,
    qtyMin,
    takerFee: TAKER_FEE,
    status: statusOf(pair.status, isVenueOnline),
  };
}

/** `cancel_only`, `post_only`, `maintenance` and the like take no market orders. */
function statusOf(status: string, isVenueOnline: boolean): InstrumentStatus {
  if (status === 'delisted') return 'closed';
  return isVenueOnline && status === 'online' ? 'open' : 'halted';
}

/** Small increments come as `1e-8`; the same number without an exponent. Anything else is left as it is. */
export function plain(text: string): string {
  const [, whole, fraction = '', exponent] = /^(\d+)(?:\.(\d+))?[eE]-(\d{1,2})$/.exec(text) ?? [];
  if (whole === undefined || exponent === undefined) return text;
  const digits = `${whole}${fraction}`.padStart(Number(exponent) + fraction.length + 1, '0');
  const scale = Number(exponent) + fraction.length;
  return `${digits.slice(0, -scale).replace(/^0+(?=\d)/, '')}.${digits.slice(-scale)}`.replace(/0+$/, '');
}
