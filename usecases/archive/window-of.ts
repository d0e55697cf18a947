import { type Instant, instant, plusMs } from '../../domain/kernel/instant';
import type { Span, Tick } from '../ports/archive/archive';

/** What is kept for ever begins so long before a verdict and ends so long after it. */
export const AROUND_MS = 60_000;

export type Concerned = { readonly instruments: readonly string[]; readonly venues: readonly string[] };

export const windowAround = (at: Instant): Span & { readonly to: Instant } => ({
  from: plusMs(at, -AROUND_MS),
  to: instant(at + AROUND_MS),
});

type Named = { readonly instrument?: unknown; readonly venue?: unknown; readonly sources?: unknown };

type Evidence = {
  readonly account?: { readonly positions?: readonly Named[]; readonly orders?: readonly Named[] };
  readonly quotes?: readonly Named[];
};

/** What the account held, ordered and was judged at, and the venues that the evidence names. */
export function concernedBy(evidence: string): Concerned {
  const { account, quotes = [] } = JSON.parse(evidence) as Evidence;
  const named = [...(account?.positions ?? []), ...(account?.orders ?? []), ...quotes];
  return { instruments: distinct(named.map(({ instrument }) => instrument)), venues: venuesIn(quotes) };
}

/** The venues of a tick: of its book, its trade, and of what its mark was made of. */
export function venuesOf({ body }: Tick): readonly string[] {
  try {
    const { data } = JSON.parse(body) as { readonly data?: Named | null };
    return data ? venuesIn([data]) : [];
  } catch {
    return []; // What nobody could read names no venue.
  }
}

/** A composite is no venue: its sources are. */
function venuesIn(named: readonly Named[]): readonly string[] {
  const venues = distinct(
    named.flatMap(({ venue, sources }) => [
      venue,
      ...(Array.isArray(sources) ? (sources as readonly Named[]).map((source) => source.venue) : []),
    ]),
  );
  return venues.filter((venue) => venue !== 'composite');
}

const distinct = (texts: readonly unknown[]): readonly string[] =>
  [...new Set(texts.filter((text) => typeof text === 'string'))].sort();
