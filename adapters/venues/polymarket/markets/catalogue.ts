import type { Instant } from '../../../../domain/kernel/instant';
import type { Instrument } from '../../../../domain/market/instrument';
import type { Counts } from '../../counts';
import { CORRECTIONS_MS } from '../../outcomes/outcome-life';
import type { VenueRest } from '../../rest';
import { venueTime } from '../../venue-time';
import { fetchAnswer, fetchBusiest, fetchMarket, type GammaMarket, type Unreadable } from '../wire/rest';
import { instrumentsFrom, slugOf, whyNot } from './instruments';
import { needsAnswer } from './lifecycle';

export type CatalogueOptions = {
  readonly gamma: VenueRest;
  readonly clob: VenueRest;
  readonly counts: Counts;
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
type Entry = {
  readonly instruments: readonly Instrument[];
  readonly resolvedAt: number | undefined;
  /** When Gamma changed it last, as far as it says so. */
  readonly updatedMs: number | undefined;
  askAt: number;
};

/** The venue sends no books beyond some 500 tokens on one connection, and says nothing of it. */
const MARKETS_MAX = 100;

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
      this.entries.set(slugOf(instrument), { instruments, askAt: 0, resolvedAt: undefined, updatedMs: undefined });
    }
    return held;
  }

  /** Ask for it at the next reading, whatever was planned. */
  hurry(slug: string): void {
    const entry = this.entries.get(slug);
    if (entry) entry.askAt = 0;
  }

  /** When Gamma changed last what is known of this instrument. */
  updatedMs = (instrument: Instrument): number | undefined => this.entries.get(slugOf(instrument))?.updatedMs;

  /** Both outcomes of each market that is due; throws when Gamma cannot be had. */
  async read(now: Instant): Promise<readonly Instrument[]> {
    const { gamma, markets } = this.options;
    const isDiscovering = markets.length === 0 && this.discoverAt <= now;
    const { markets: found, unreadable } = isDiscovering ? await fetchBusiest(gamma) : NOTHING;
    for (const { slug, why } of unreadable) this.complain(slug, `cannot be read: ${why}`);
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
    const entry = this.entries.get(slug);
    if (market && 'why' in market) {
      this.complain(slug, `cannot be read: ${market.why}`);
      return entry ? halted(entry.instruments) : [];
    }
    if (market) return this.list(slug, market, now);
    const conditionId = entry?.instruments[0]?.outcome?.marketId;
    if (!entry || conditionId === undefined) {
      this.complain(slug, 'cannot be followed: it is not listed by Gamma');
      return [];
    }
    const renamed = await this.find({ condition_ids: conditionId });
    this.complain(slug, `is halted: it is ${renamed ? `now called ${renamed.slug}` : 'no longer listed'}`);
    const isReadable = renamed && !('why' in renamed);
    return halted(isReadable ? this.list(slug, { ...renamed, slug }, now) : entry.instruments);
  }

  private async find(by: Parameters<typeof fetchMarket>[1]): Promise<GammaMarket | Unreadable | undefined> {
    const market = await fetchMarket(this.options.gamma, by);
    if (!market || 'why' in market || !needsAnswer(market)) return market;
    const answer = await fetchAnswer(this.options.clob, market.conditionId).catch(() => undefined);
    return { ...market, ...answer };
  }

  private list(slug: string, market: GammaMarket, now: Instant): readonly Instrument[] {
    const entry = this.entries.get(slug);
    const updatedMs = updatedMsOf(market, now);
    if (entry?.updatedMs !== undefined && updatedMs !== undefined && updatedMs < entry.updatedMs) {
      this.options.counts.answersOld += 1;
      return [];
    }
    const instruments = withIdsOf(entry?.instruments ?? [], instrumentsFrom(market));
    if (instruments.length === 0) {
      this.complain(slug, `cannot be followed: ${whyNot(market)}`);
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
    this.entries.set(slug, { instruments, askAt, resolvedAt, updatedMs: updatedMs ?? entry?.updatedMs });
    return instruments;
  }

  private complain(slug: string, what: string): void {
    if (this.complainedOf.has(`${slug} ${what}`)) return;
    this.complainedOf.add(`${slug} ${what}`);
    this.options.onTrouble(`polymarket: the market ${slug} ${what}`);
  }
}

/** A stamp that cannot be right would make everything after it old. */
function updatedMsOf({ updatedAt }: GammaMarket, now: Instant): number | undefined {
  const at = updatedAt ? Date.parse(updatedAt) : undefined;
  return at === undefined || venueTime(at, now).isOff ? undefined : at;
}

const NOTHING = { markets: [], unreadable: [] } as const;

/** A token keeps the id under which it was listed, whatever its outcome is called later. */
const withIdsOf = (before: readonly Instrument[], now: readonly Instrument[]): readonly Instrument[] =>
  now.map((instrument) => {
    const known = before.find(({ venueSymbol }) => venueSymbol === instrument.venueSymbol);
    return known ? { ...instrument, id: known.id } : instrument;
  });

/** What trades no longer does; what has ended stays as it is. */
const halted = (instruments: readonly Instrument[]): readonly Instrument[] =>
  instruments.map((instrument) => (instrument.status === 'open' ? { ...instrument, status: 'halted' } : instrument));
