import * as z from 'zod';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { parsePrice, parseQty, ppm } from '../../../domain/kernel/money';
import type { Instrument } from '../../../domain/market/instrument';
import { type Listing, spotInstrument } from '../listings';
import type { VenueRest } from '../rest';

/** What Coinbase's published schedule asks of a spot order in its entry tier: 1.20 % of what takes, 0.60 % of what makes. */
const TAKER_FEE = { kind: 'proportional', rate: ppm(12_000n) } as const;
const MAKER_FEE = { kind: 'proportional', rate: ppm(6_000n) } as const;

/** Flags under which an order of ours would not be matched there as ours are here, and what is said of them. */
const FLAGS = {
  trading_disabled: 'its trading is disabled',
  is_disabled: 'it is disabled',
  view_only: 'it is shown only',
  cancel_only: 'orders can only be cancelled',
  limit_only: 'only limit orders are taken',
  post_only: 'only orders that rest are taken',
  auction_mode: 'it is in an auction',
} as const;

const flag = z.boolean().default(false);
const product = z.object({
  product_id: z.string(),
  base_increment: z.string(),
  quote_increment: z.string(),
  price_increment: z.string().default(''),
  base_min_size: z.string(),
  status: z.string(),
  alias: z.string().default(''),
  trading_disabled: flag,
  is_disabled: flag,
  view_only: flag,
  cancel_only: flag,
  limit_only: flag,
  post_only: flag,
  auction_mode: flag,
});
export type CoinbaseProduct = z.output<typeof product>;

const answer = z.object({ products: z.array(z.unknown()).min(1) });

/** `BTC-USD` is ours as well. */
export const instrumentOf = (symbol: string): InstrumentId => idOf(symbol);

/** These products as the public catalogue has them; those that it does not know are absent. */
export async function fetchProducts(rest: VenueRest, symbols: readonly string[]): Promise<readonly CoinbaseProduct[]> {
  const query = symbols.map((symbol) => `product_ids=${encodeURIComponent(symbol)}`).join('&');
  return readProducts(await rest.json(`/products?product_type=SPOT&${query}`));
}

/** One of another shape does not cost us the rest; an answer without any is none. */
export const readProducts = (json: unknown): readonly CoinbaseProduct[] =>
  answer.parse(json).products.flatMap((item) => {
    const { data } = product.safeParse(item);
    return data ? [data] : [];
  });

/** `said`: a status other than `online` that the socket has told since. */
export function listingOf(read: CoinbaseProduct, said?: string): Listing {
  const { product_id: symbol, status, alias } = read;
  const instrument = instrumentFrom(read);
  if (status === 'delisted' || said === 'delisted') return { symbol, instrument, gone: 'its status is delisted' };
  const flags = (Object.keys(FLAGS) as (keyof typeof FLAGS)[]).filter((name) => read[name]);
  const reasons = [
    ...(alias === '' ? [] : [`the venue tells its prices as those of ${alias}`]),
    ...[status, said].filter((each) => each !== undefined && each !== 'online').map((each) => `its status is ${each}`),
    ...flags.map((name) => FLAGS[name]),
  ];
  return reasons.length === 0 ? { symbol, instrument } : { symbol, instrument, halted: reasons[0] };
}

function instrumentFrom(read: CoinbaseProduct): Instrument | undefined {
  const { product_id, base_increment, base_min_size, price_increment, quote_increment } = read;
  return spotInstrument({
    id: instrumentOf(product_id),
    venue: 'coinbase',
    venueSymbol: product_id,
    title: product_id.replace('-', '/'),
    priceTick: parsePrice(price_increment || quote_increment),
    qtyStep: parseQty(base_increment),
    qtyMin: parseQty(base_min_size),
    takerFee: TAKER_FEE,
    makerFee: MAKER_FEE,
  });
}
