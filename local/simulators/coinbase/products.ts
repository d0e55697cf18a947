import type { Lens } from '../lens/lens';
import type { SpotListing } from '../truth/listing';
import { decimalText } from '../truth/truth';

export const FLAGS = ['cancel_only', 'limit_only', 'post_only', 'auction_mode'] as const;
export type Flag = (typeof FLAGS)[number];

/** What the catalogue and the `status` channel say of the products. */
export class Products {
  /** Maintenance: everything is listed, and nothing trades. */
  isResting = false;
  private readonly increments = new Map<string, string>();
  private readonly delisted = new Set<string>();
  private readonly flags = new Set<string>();

  constructor(
    private readonly lens: Lens,
    private readonly spots: readonly SpotListing[],
  ) {}

  setIncrement(id: string, increment: string): void {
    this.increments.set(id, increment);
  }

  setFlag(id: string, flag: Flag, isSet: boolean): void {
    if (isSet) this.flags.add(`${id} ${flag}`);
    else this.flags.delete(`${id} ${flag}`);
  }

  /** Whether any product has it. */
  hasFlag = (flag: Flag): boolean => this.spots.some(({ id }) => this.flags.has(`${id} ${flag}`));

  delist(id: string): void {
    this.delisted.add(id);
  }

  of = (id: string): SpotListing | undefined => this.spots.find((spot) => spot.id === id && !this.delisted.has(id));

  /** In the form of `GET /products`: those that are listed of these. */
  listed(ids: readonly string[]): object {
    const products = this.spots
      .filter(({ id }) => ids.includes(id) && !this.delisted.has(id))
      .map((spot) => ({ ...this.wordsOf(spot), product_type: 'SPOT', alias: '', alias_to: [`${spot.id}C`] }));
    return { products, num_products: products.length, pagination: null };
  }

  /** In the form of the `status` channel. */
  status = ({ id, symbol, qtyDecimals, priceDecimals }: SpotListing): object => ({
    product_type: 'SPOT',
    id,
    base_currency: id.split('-')[0],
    quote_currency: id.split('-')[1],
    base_increment: decimalText(1, qtyDecimals),
    quote_increment: this.increments.get(id) ?? decimalText(1, priceDecimals),
    display_name: symbol,
    status: this.delisted.has(id) ? 'delisted' : this.isOpen(id) ? 'online' : 'offline',
    status_message: '',
    min_market_funds: '1',
  });

  private wordsOf({ id, priceDecimals, qtyDecimals, qtyMin }: SpotListing): object {
    const increment = this.increments.get(id) ?? decimalText(1, priceDecimals);
    const flags = FLAGS.map((flag) => [flag, this.flags.has(`${id} ${flag}`)]);
    return {
      product_id: id,
      base_increment: decimalText(1, qtyDecimals),
      quote_increment: increment,
      price_increment: increment,
      base_min_size: qtyMin,
      quote_min_size: '1',
      status: 'online',
      is_disabled: false,
      view_only: false,
      trading_disabled: !this.isOpen(id),
      ...Object.fromEntries(flags),
    };
  }

  private isOpen = (id: string): boolean => !this.isResting && this.lens.status(id) === 'open';
}
