import type { Instant } from '../../../domain/kernel/instant';
import type { Instrument } from '../../../domain/market/instrument';
import { instrumentsFrom, slugOf } from './instruments';
import { needsWinner } from './lifecycle';
import { fetchBusiest, fetchMarket, fetchWinner, type GammaMarket } from './rest';

export type CatalogueOptions = {
  readonly gammaUrl: string;
  readonly clobUrl: string;
  /** Slugs; empty for the most traded ones. */
  readonly markets: readonly string[];
  /** What is followed whatever is asked for, until long after its resolution: accounts may hold it. */
  readonly held: () => Promise<readonly Instrument[]>;
  /** How often a market is looked at, the resolved ones rarely. */
  readonly readEveryMs: number;
  readonly resolvedAgainMs: number;
  readonly onTrouble: (what: string) => void;
};

/** A market that was listed: both its outcomes as they were read last, and when it is asked for again. */
type Entry = { instruments: readonly Instrument[]; askAt: number; resolvedAt: number | undefined };

/** The venue sends no books beyond some 500 tokens on one connection, and says nothing of it. */
const MARKETS_MAX = 100;
/** A resolution is looked at again for this long: it may be corrected. */
export const CORRECTIONS_MS = 7 * 86_400_000;

/** What of Polymarket's catalogue is to be followed. A market once listed is asked for until well after its end. */
export class Catalogue {
  private readonly entries = new Map<string, Entry>();
  private readonly complainedOf = new Set<string>();
  private isHeldRead = false;
  private discoverAt = 0;

  constructor(private readonly options: CatalogueOptions) {}

  /** What the catalogue had of the venue when we started; empty from then on. */
  async held(): Promise<readonly Instrument[]> {
    if (this.isHeldRead) return [];
    const held = await this.options.held();
    this.isHeldRead = true;
    for (const instrument of held) {
      const entry = this.entries.get(slugOf(instrument));
      const instruments = [...(entry?.instruments ?? []), instrument];
      this.entries.set(slugOf(instrument), { instruments, askAt: 0, resolvedAt: undefined });
    }
    return held;
  }

  /** Ask for it at the next reading, whatever was planned. */
  hurry(slug: string): void {
    const entry = this.entries.get(slug);
    if (entry) entry.askAt = 0;
  }

  /** Both outcomes of each market that is due; throws when Gamma cannot be had. */
  async read(now: Instant): Promise<readonly Instrument[]> {
    const { gammaUrl, markets } = this.options;
    const isDiscovering = markets.length === 0 && this.discoverAt <= now;
    const found = isDiscovering ? await fetchBusiest(gammaUrl) : [];
    if (isDiscovering) this.discoverAt = now + this.options.readEveryMs;
    const known = new Set(found.map(({ slug }) => slug));
    const due = [...this.entries].filter(([, { askAt }]) => askAt <= now).map(([slug]) => slug);
    const unlisted = markets.filter((slug) => !this.entries.has(slug));
    const named = [...new Set([...unlisted, ...due])].filter((slug) => !known.has(slug));
    const asked = await Promise.all(named.map((slug) => this.ask(slug, now)));
    return [...found.map((market) => this.list(market.slug, market, now)), ...asked].flat();
  }

  private async ask(slug: string, now: Instant): Promise<readonly Instrument[]> {
    const market = await this.find({ slug });
    if (market) return this.list(slug, market, now);
    const entry = this.entries.get(slug);
    const conditionId = entry?.instruments[0]?.outcome?.marketId;
    if (!entry || conditionId === undefined) {
      this.complain(slug, 'cannot be followed: it is not listed by Gamma');
      return [];
    }
    const renamed = await this.find({ condition_ids: conditionId });
    this.complain(slug, `is halted: it is ${renamed ? `now called ${renamed.slug}` : 'no longer listed'}`);
    return renamed ? halted(this.list(slug, { ...renamed, slug }, now)) : halted(entry.instruments);
  }

  private async find(by: Parameters<typeof fetchMarket>[1]): Promise<GammaMarket | undefined> {
    const market = await fetchMarket(this.options.gammaUrl, by);
    if (!market || !needsWinner(market)) return market;
    const winner = await fetchWinner(this.options.clobUrl, market.conditionId).catch(() => undefined);
    return { ...market, winner };
  }

  private list(slug: string, market: GammaMarket, now: Instant): readonly Instrument[] {
    const instruments = instrumentsFrom(market);
    const entry = this.entries.get(slug);
    if (instruments.length === 0) {
      this.complain(slug, 'cannot be followed: it has outcomes, steps or fees of another kind');
      return entry ? halted(entry.instruments) : [];
    }
    const unresolved = [...this.entries.values()].filter((other) => other.resolvedAt === undefined);
    if (!entry && unresolved.length >= MARKETS_MAX) {
      this.complain(slug, `cannot be followed: it is beyond the ${MARKETS_MAX} followed`);
      return [];
    }
    const { readEveryMs, resolvedAgainMs } = this.options;
    const isResolved = instruments.some(({ status }) => status === 'resolved');
    const resolvedAt = isResolved ? (entry?.resolvedAt ?? now) : undefined;
    const isOver = resolvedAt !== undefined && now - resolvedAt > CORRECTIONS_MS;
    const askAt = isOver ? Number.POSITIVE_INFINITY : now + (isResolved ? resolvedAgainMs : readEveryMs);
    this.entries.set(slug, { instruments, askAt, resolvedAt });
    return instruments;
  }

  private complain(slug: string, what: string): void {
    if (this.complainedOf.has(`${slug} ${what}`)) return;
    this.complainedOf.add(`${slug} ${what}`);
    this.options.onTrouble(`polymarket: the market ${slug} ${what}`);
  }
}

/** What trades no longer does; what has ended stays as it is. */
const halted = (instruments: readonly Instrument[]): readonly Instrument[] =>
  instruments.map((instrument) => (instrument.status === 'open' ? { ...instrument, status: 'halted' } : instrument));
