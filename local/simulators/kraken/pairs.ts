import type { Lens } from '../lens/lens';
import type { SpotListing } from '../truth/listing';
import { decimalText } from '../truth/truth';

/** What the `instrument` channel says of the pairs: their steps, their status, and which of them are gone. */
export class Pairs {
  private readonly increments = new Map<string, string>();
  private readonly delisted = new Set<string>();

  constructor(
    private readonly lens: Lens,
    private readonly spots: readonly SpotListing[],
  ) {}

  setIncrement(symbol: string, increment: string): void {
    this.increments.set(symbol, increment);
  }

  delist(symbol: string): void {
    this.delisted.add(symbol);
  }

  isListed = (symbol: string): boolean =>
    this.spots.some((spot) => spot.symbol === symbol) && !this.delisted.has(symbol);

  snapshot = (): string =>
    this.frame(
      'snapshot',
      this.spots.filter(({ symbol }) => this.isListed(symbol)),
    );

  update = (spot: SpotListing): string => this.frame('update', [spot]);

  private frame(type: 'snapshot' | 'update', spots: readonly SpotListing[]): string {
    const pairs = spots.map((spot) => {
      const { symbol, priceDecimals, qtyDecimals, qtyMin } = spot;
      const price = this.increments.get(symbol) ?? decimalText(1, priceDecimals);
      return (
        `{"symbol":"${symbol}","status":"${this.statusOf(spot)}","price_precision":${priceDecimals},` +
        `"qty_precision":${qtyDecimals},"price_increment":${price},"qty_increment":${decimalText(1, qtyDecimals)},` +
        `"qty_min":${qtyMin}}`
      );
    });
    return `{"channel":"instrument","type":"${type}","data":{"assets":[],"pairs":[${pairs.join(',')}]}}`;
  }

  private statusOf({ id, symbol }: SpotListing): string {
    if (this.delisted.has(symbol)) return 'delisted';
    return this.lens.status(id) === 'open' ? 'online' : 'maintenance';
  }
}
