import type { Listings } from '../listings';
import { RestPaused } from '../rest';
import { listingOf, type Pair } from './instruments';
import type { BinanceRest } from './rest';

export type CatalogueParts = {
  readonly rest: BinanceRest;
  readonly pairs: readonly Pair[];
  readonly listings: Listings;
  readonly onTrouble: (what: string) => void;
};

/**
 * What Binance lists of the pairs that we follow: asked one by one, since one that is unknown has all others refused.
 */
export class Catalogue {
  private readonly unknown = new Set<string>();
  private isReading = false;

  constructor(private readonly parts: CatalogueParts) {}

  /** Whether Binance has no such symbol. */
  isUnknown = (symbol: string): boolean => this.unknown.has(symbol);

  async read(): Promise<void> {
    if (this.isReading) return;
    this.isReading = true;
    try {
      const { rest, listings, pairs } = this.parts;
      listings.haltVenue(await rest.maintenance());
      const answers = await Promise.all(pairs.map((pair) => this.ask(pair)));
      const known = answers.flatMap(({ listing }) => listing ?? []);
      listings.take(answers.every(({ isAnswered }) => isAnswered) ? 'snapshot' : 'update', known);
    } catch (error) {
      this.tell('the catalogue', error);
    } finally {
      this.isReading = false;
    }
  }

  private async ask(pair: Pair) {
    try {
      const info = await this.parts.rest.symbol(pair.symbol);
      if (info) this.unknown.delete(pair.symbol);
      else this.unknown.add(pair.symbol);
      return { isAnswered: true, listing: info && listingOf(pair, info) };
    } catch (error) {
      this.tell(pair.symbol, error);
      return { isAnswered: false };
    }
  }

  /** A question that was not asked is asked the next time. */
  private tell(what: string, error: unknown): void {
    if (!(error instanceof RestPaused)) this.parts.onTrouble(`binance: ${what} could not be read: ${String(error)}`);
  }
}
