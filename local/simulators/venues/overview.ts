import type { Listing } from '../truth/listing';
import { decimalText, type Truth } from '../truth/truth';
import type { Side, TrueLevel } from '../truth/truth-book';
import { type Handle, VENUE_NAMES, type VenueName } from './handles';

type Levels = (id: string, side: Side) => readonly TrueLevel[];

/** The best prices of each market, as the truth has them and as each venue says it has, and what is wrong there. */
export function overviewOf(truth: Truth, handles: Readonly<Record<VenueName, Handle>>): object {
  return {
    truth: truth.listings.map((listing) => ({
      asset: listing.id,
      kind: listing.kind,
      ...touchOf(listing, truth.levels),
      status: truth.status(listing.id),
      winner: truth.answer(listing.id) ?? null,
      volatility: truth.volatility(listing.id),
    })),
    venues: VENUE_NAMES.map((venue) => venueOf(truth, venue, handles[venue])),
  };
}

function venueOf(truth: Truth, venue: VenueName, handle: Handle): object {
  const { server, title, isListed, nameOf, faults, cancelOnly } = handle;
  const { lens, connections, skewMs } = server;
  return {
    venue,
    title,
    connections,
    faults,
    canCancelOnly: cancelOnly !== undefined,
    words: [
      ...handle.words(),
      ...server.faults.words(),
      ...server.tradeFaults.words().map((words) => `${words} (trades)`),
      ...(skewMs === 0 ? [] : [`clock ${skewMs > 0 ? '+' : '−'}${Math.abs(skewMs)} ms`]),
    ],
    markets: truth.listings.filter(isListed).map((listing) => ({
      asset: listing.id,
      name: nameOf(listing),
      ...touchOf(listing, lens.levels),
      status: lens.status(listing.id),
      words: lens.words(listing.id),
    })),
  };
}

/** Null where a side is empty. */
function touchOf({ id, priceDecimals }: Listing, levels: Levels): { bid: string | null; ask: string | null } {
  const best = (side: Side): string | null => {
    const [level] = levels(id, side);
    return level ? decimalText(level.tick, priceDecimals) : null;
  };
  return { bid: best('bid'), ask: best('ask') };
}
