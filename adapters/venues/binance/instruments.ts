import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { parsePrice, parseQty, ppm } from '../../../domain/kernel/money';
import type { Instrument } from '../../../domain/market/instrument';
import { type Listing, spotInstrument } from '../listings';
import type { BinanceSymbol } from './rest';

/** What Binance's published schedule asks of a spot order in its entry tier: 0.1 %, whoever makes or takes. */
const FEE = { kind: 'proportional', rate: ppm(1_000n) } as const;

/** A pair as it is configured: `BTC/USDT`. Binance's own names do not say where the base ends. */
export type Pair = { readonly name: string; readonly base: string; readonly quote: string; readonly symbol: string };

export function pairOf(name: string): Pair {
  const [base = '', quote = ''] = name.split('/');
  return { name, base, quote, symbol: `${base}${quote}` };
}

/** The id names the currency of the quote: `BTC/USDT` is `BTC-USDT`, another instrument than `BTC-USD`. */
export const instrumentOf = ({ base, quote }: Pair): InstrumentId => idOf(`${base}-${quote}`);

/** What Binance says of a pair: it trades while its status is `TRADING`. */
export function listingOf(pair: Pair, info: BinanceSymbol): Listing {
  const { symbol, status, baseAsset, quoteAsset } = info;
  if (baseAsset !== pair.base || quoteAsset !== pair.quote) {
    return { symbol, instrument: undefined, gone: `it is ${baseAsset} in ${quoteAsset}, not ${pair.name}` };
  }
  const instrument = instrumentFrom(pair, info);
  return status === 'TRADING' ? { symbol, instrument } : { symbol, instrument, halted: `its status is ${status}` };
}

function instrumentFrom(pair: Pair, { symbol, filters }: BinanceSymbol): Instrument | undefined {
  const of = (type: string) => filters.find(({ filterType }) => filterType === type);
  return spotInstrument({
    id: instrumentOf(pair),
    venue: 'binance',
    venueSymbol: symbol,
    title: pair.name,
    priceTick: parsePrice(of('PRICE_FILTER')?.tickSize ?? ''),
    qtyStep: parseQty(of('LOT_SIZE')?.stepSize ?? ''),
    qtyMin: parseQty(of('LOT_SIZE')?.minQty ?? ''),
    takerFee: FEE,
    makerFee: FEE,
  });
}
