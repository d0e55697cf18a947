import type { Instrument } from '../../../domain/market/instrument';
import { instrumentsFrom } from './instruments';
import { fetchBusiest, fetchMarket } from './rest';

export type CatalogueOptions = {
  readonly gammaUrl: string;
  /** Slugs; empty for the most traded ones. */
  readonly markets: readonly string[];
  /** Slugs that are followed whatever is asked for, until they close: accounts may hold their outcomes. */
  readonly heldMarkets: () => Promise<readonly string[]>;
  readonly onTrouble: (what: string) => void;
};

/** The venue sends no books beyond some 500 tokens on one connection, and says nothing of it. */
const MARKETS_MAX = 100;

/** What of Polymarket's catalogue is to be followed. A market once listed is asked for until it has closed. */
export class Catalogue {
  private held: readonly string[] | undefined;
  /** Slugs of the markets that were listed, and whether they have closed. */
  private readonly listed = new Map<string, boolean>();
  private readonly complainedOf = new Set<string>();

  constructor(private readonly options: CatalogueOptions) {}

  /** Both outcomes of each market; throws when Gamma or the held markets cannot be had. */
  async read(): Promise<readonly Instrument[]> {
    const { gammaUrl, markets } = this.options;
    this.held ??= await this.options.heldMarkets();
    const found = markets.length > 0 ? [] : await fetchBusiest(gammaUrl);
    const known = new Set(found.map(({ slug }) => slug));
    const open = [...this.listed].filter(([, isClosed]) => !isClosed).map(([slug]) => slug);
    const named = [...new Set([...markets, ...this.held, ...open])].filter((slug) => !known.has(slug));
    const asked = await Promise.all(named.map((slug) => fetchMarket(gammaUrl, slug)));
    const instruments: Instrument[] = [];
    for (const market of [...found, ...asked.filter((answer) => answer !== undefined)]) {
      const outcomes = instrumentsFrom(market);
      const isNew = !this.listed.has(market.slug);
      if (outcomes.length === 0) this.complain(market.slug, 'has outcomes, steps or fees of another kind');
      else if (isNew && this.listed.size >= MARKETS_MAX)
        this.complain(market.slug, `is beyond the ${MARKETS_MAX} followed`);
      else {
        this.listed.set(market.slug, market.closed);
        instruments.push(...outcomes);
      }
    }
    for (const slug of markets) if (!this.listed.has(slug)) this.complain(slug, 'is not listed by Gamma');
    return instruments;
  }

  private complain(slug: string, why: string): void {
    if (this.complainedOf.has(slug)) return;
    this.complainedOf.add(slug);
    this.options.onTrouble(`polymarket: the market ${slug} cannot be followed: it ${why}`);
  }
}
