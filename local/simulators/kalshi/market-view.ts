import type { PriceRange } from '../../../adapters/venues/kalshi/wire/rest';
import type { Lens } from '../lens/lens';
import type { OutcomeListing } from '../truth/listing';
import type { TruthStatus } from '../truth/market-life';
import { decimalText } from '../truth/truth';
import type { Side, TrueLevel } from '../truth/truth-book';
import { KALSHI_NAMES, type KalshiNames } from './names';
import type { Quirks } from './quirks';

const DAY_MS = 86_400_000;
/** Before a test closes it earlier. */
const OPEN_MS = 30 * DAY_MS;

const STATUSES: Readonly<Record<TruthStatus, string>> = {
  open: 'active',
  halted: 'inactive',
  closed: 'closed',
  pending: 'determined',
  disputed: 'disputed',
  resolved: 'finalized',
};

export type Fees = { readonly type: string | null; readonly multiplier: number | null };

/** The true markets in Kalshi's words: bids alone, prices with four decimals and counts with two. */
export class MarketView {
  private readonly closesAt = new Map<string, number>();
  private readonly ranges = new Map<string, readonly PriceRange[]>();
  private readonly fees = new Map<string, Fees>();
  private readonly delisted = new Set<string>();

  constructor(
    private readonly lens: Lens,
    private readonly quirks: Pick<Quirks, 'settlements'>,
  ) {
    for (const { id } of this.listings()) this.closesAt.set(id, Date.now() + OPEN_MS);
  }

  listings = (): readonly OutcomeListing[] =>
    this.lens.listings.filter((listing): listing is OutcomeListing => listing.kind === 'outcome');

  listed = (): readonly OutcomeListing[] => this.listings().filter(({ id }) => !this.delisted.has(id));

  ofTicker = (ticker: string): OutcomeListing | undefined =>
    this.listed().find((listing) => namesOf(listing).ticker === ticker);

  delist(listing: OutcomeListing): void {
    this.delisted.add(listing.id);
  }

  setClose(listing: OutcomeListing, at: number): void {
    this.closesAt.set(listing.id, at);
  }

  setRanges(listing: OutcomeListing, ranges: readonly PriceRange[]): void {
    this.ranges.set(listing.id, ranges);
  }

  setFees(listing: OutcomeListing, fees: Fees): void {
    this.fees.set(listing.id, fees);
  }

  closeMs = (listing: OutcomeListing): number => this.closesAt.get(listing.id) ?? 0;

  rangesOf = (listing: OutcomeListing): readonly PriceRange[] =>
    this.ranges.get(listing.id) ?? [{ start: '0.0000', end: '1.0000', step: '0.0100' }];

  /** The result of a market, and what YES is paid, once there is one. */
  result(listing: OutcomeListing): { readonly result: string; readonly value: string | undefined } {
    const given = this.quirks.settlements.get(listing.id);
    switch (this.lens.answer(listing.id)) {
      case 'yes':
        return { result: 'yes', value: '1.0000' };
      case 'no':
        return { result: 'no', value: '0.0000' };
      case '50-50':
        return { result: 'scalar', value: given ?? '0.5000' };
      case 'void':
        return { result: 'void', value: undefined };
      default:
        return { result: '', value: undefined };
    }
  }

  market(listing: OutcomeListing) {
    const { ticker, event, title, yesSubTitle } = namesOf(listing);
    const { result, value } = this.result(listing);
    return {
      ticker,
      event_ticker: event,
      market_type: 'binary',
      title,
      yes_sub_title: yesSubTitle,
      no_sub_title: yesSubTitle,
      status: STATUSES[this.lens.status(listing.id)],
      close_time: new Date(this.closeMs(listing)).toISOString(),
      result,
      settlement_value_dollars: value ?? null,
      price_level_structure: this.ranges.has(listing.id) ? 'custom' : 'linear_cent',
      price_ranges: this.rangesOf(listing),
      volume_24h_fp: `${listing.liquidity}.00`,
      fractional_trading_enabled: true,
    };
  }

  event(listing: OutcomeListing) {
    const { event, series, title } = namesOf(listing);
    const { type = null, multiplier = null } = this.fees.get(listing.id) ?? {};
    return {
      event_ticker: event,
      series_ticker: series,
      title,
      category: listing.category,
      fee_type_override: type,
      fee_multiplier_override: multiplier,
    };
  }

  series(listing: OutcomeListing) {
    const { series, title, feeType } = namesOf(listing);
    return { ticker: series, title, category: listing.category, fee_type: feeType, fee_multiplier: 1 };
  }

  /** Ascending, the best one last; a side without a level is left out. */
  book(listing: OutcomeListing) {
    const side = (of: Side) => {
      const levels = this.lens.levels(listing.id, of).map((level) => bidOf(listing, of, level));
      return levels.map(({ price, count }) => [price, count] as const).reverse();
    };
    const [yes, no] = [side('bid'), side('ask')];
    return {
      ...(yes.length > 0 && { yes_dollars_fp: yes }),
      ...(no.length > 0 && { no_dollars_fp: no }),
    };
  }
}

export function namesOf({ id }: OutcomeListing): KalshiNames {
  const names = KALSHI_NAMES[id];
  if (!names) throw new Error(`invariant: Kalshi has no name for ${id}`);
  return names;
}

/** Who offers YES at a price bids for NO at what that leaves of a dollar. */
export function bidOf({ priceDecimals, qtyDecimals }: OutcomeListing, side: Side, { tick, size }: TrueLevel) {
  const at = side === 'bid' ? tick : 10 ** priceDecimals - tick;
  return {
    side: side === 'bid' ? ('yes' as const) : ('no' as const),
    price: priceText(at, priceDecimals),
    count: `${size < 0 ? '-' : ''}${decimalText(Math.abs(size), qtyDecimals)}`,
  };
}

export const priceText = (tick: number, decimals: number): string => decimalText(tick * 10 ** (4 - decimals), 4);
