import { createHash } from 'node:crypto';
import type { Lens } from '../lens/lens';
import type { OutcomeListing } from '../truth/listing';
import { type Answer, isTrading } from '../truth/market-life';
import { decimalText } from '../truth/truth';
import type { TrueLevel } from '../truth/truth-book';
import type { Quirks } from './quirks';

export type Token = { readonly listing: OutcomeListing; readonly side: 'yes' | 'no' };

type Level = { readonly price: string; readonly size: string };

const MIN_ORDER_SIZE = '5';

const FINAL_PRICES: Readonly<Record<Exclude<Answer, 'void'>, readonly [yes: string, no: string]>> = {
  yes: ['1', '0'],
  no: ['0', '1'],
  '50-50': ['0.5', '0.5'],
};

/** Both tokens of a market from its one true book: the NO book is the YES book seen from the other side. */
export class MarketView {
  private readonly ticks = new Map<string, string>();
  private readonly lastTrades = new Map<string, string>();
  private readonly slugs = new Map<string, string>();
  private readonly names = new Map<string, readonly [string, string]>();

  constructor(
    private readonly lens: Lens,
    private readonly now: () => number,
    private readonly quirks: Pick<Quirks, 'catalogueAgeMs' | 'rest' | 'takeWrongHash'>,
  ) {}

  slug = (listing: OutcomeListing): string => this.slugs.get(listing.id) ?? listing.slug;

  rename(listing: OutcomeListing, slug: string): void {
    this.slugs.set(listing.id, slug);
  }

  /** What its outcomes are called; Yes and No where nothing else was said. */
  outcomes = (listing: OutcomeListing): readonly [string, string] => this.names.get(listing.id) ?? ['Yes', 'No'];

  nameOutcomes(listing: OutcomeListing, names: readonly [string, string]): void {
    this.names.set(listing.id, names);
  }

  tick = (listing: OutcomeListing): string => this.ticks.get(listing.id) ?? decimalText(1, listing.priceDecimals);

  setTick(listing: OutcomeListing, tick: string): void {
    this.ticks.set(listing.id, tick);
  }

  setLastTrade(token: Token, price: string): void {
    this.lastTrades.set(tokenId(token), price);
  }

  bids = ({ listing, side }: Token): readonly Level[] =>
    this.lens.levels(listing.id, side === 'yes' ? 'bid' : 'ask').map((level) => levelOf({ listing, side }, level));

  asks = ({ listing, side }: Token): readonly Level[] =>
    this.lens.levels(listing.id, side === 'yes' ? 'ask' : 'bid').map((level) => levelOf({ listing, side }, level));

  /** REST `/book` and the `book` event; the live venue does not sort best first, and neither does this. */
  book(token: Token) {
    const { listing } = token;
    const unhashed = {
      market: listing.conditionId,
      asset_id: tokenId(token),
      timestamp: `${this.now()}`,
      hash: '',
      bids: [...this.bids(token)].reverse(),
      asks: [...this.asks(token)].reverse(),
      min_order_size: MIN_ORDER_SIZE,
      tick_size: this.tick(listing),
      neg_risk: false,
      last_trade_price: this.lastTrades.get(tokenId(token)) ?? '',
    };
    const hash = bookHash(unhashed);
    return { ...unhashed, hash: this.quirks.takeWrongHash() ? [...hash].reverse().join('') : hash };
  }

  /** A market as the CLOB knows it. */
  clob(listing: OutcomeListing) {
    const answer = this.lens.answer(listing.id);
    const [first, second] = this.outcomes(listing);
    return {
      condition_id: listing.conditionId,
      closed: !isTrading(this.lens.status(listing.id)),
      is_50_50_outcome: answer === '50-50',
      tokens: [
        { token_id: listing.yesToken, outcome: first, winner: answer === 'yes' },
        { token_id: listing.noToken, outcome: second, winner: answer === 'no' },
      ],
    };
  }

  /** A market as Gamma lists it: its lists are JSON inside texts. It prices an empty book at 0. */
  gamma(listing: OutcomeListing) {
    const status = this.lens.status(listing.id);
    const answer = this.lens.answer(listing.id);
    const oracle = this.lens.oracle(listing.id);
    const bid = this.bids({ listing, side: 'yes' })[0]?.price ?? '0';
    const ask = this.asks({ listing, side: 'yes' })[0]?.price ?? '1';
    const prices = answer === undefined || answer === 'void' ? [bid, decimalOf(1 - Number(bid))] : FINAL_PRICES[answer];
    return {
      id: listing.marketId,
      question: listing.question,
      conditionId: listing.conditionId,
      slug: this.slug(listing),
      active: true,
      closed: !isTrading(status),
      archived: answer === 'void',
      acceptingOrders: status === 'open' && this.quirks.rest === undefined,
      enableOrderBook: true,
      orderPriceMinTickSize: Number(this.tick(listing)),
      orderMinSize: Number(MIN_ORDER_SIZE),
      negRisk: false,
      outcomes: JSON.stringify(this.outcomes(listing)),
      outcomePrices: JSON.stringify(prices),
      ...(oracle.length > 0 && { umaResolutionStatus: oracle.at(-1) }),
      umaResolutionStatuses: JSON.stringify(oracle),
      category: listing.category,
      updatedAt: new Date(this.now() - this.quirks.catalogueAgeMs).toISOString(),
      events: [{ id: listing.eventId, slug: this.slug(listing), title: listing.question }],
      clobTokenIds: JSON.stringify([listing.yesToken, listing.noToken]),
      bestBid: Number(bid),
      bestAsk: Number(ask),
      volumeNum: listing.liquidity * 3,
      liquidityNum: listing.liquidity,
      feesEnabled: true,
      feeSchedule: { exponent: 1, rate: Number(listing.feeRate), takerOnly: true, rebateRate: 0 },
    };
  }
}

export const tokenId = ({ listing, side }: Token): string => (side === 'yes' ? listing.yesToken : listing.noToken);

export const levelOf = ({ listing, side }: Token, { tick, size }: TrueLevel): Level => ({
  price: decimalText(side === 'yes' ? tick : 10 ** listing.priceDecimals - tick, listing.priceDecimals),
  size: decimalText(size, listing.qtyDecimals),
});

/** SHA-1 of the compact JSON with an empty hash, its keys in the order in which the venue writes them. */
export const bookHash = (unhashed: object): string => createHash('sha1').update(JSON.stringify(unhashed)).digest('hex');

const decimalOf = (value: number): string => value.toFixed(4).replace(/0+$/, '').replace(/\.$/, '');
