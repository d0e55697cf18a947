import * as z from 'zod';
import type { Listing } from '../truth/listing';
import { TETHER } from '../truth/listing';
import type { Truth } from '../truth/truth';
import type { Command } from './command';
import { type Handle, VENUE_NAMES, type VenueName } from './handles';
import { find } from './markets';

type Handles = Readonly<Record<VenueName, Handle>>;

export const venueName = z.enum(VENUE_NAMES);
/** All markets of the venue where none is named. */
const asset = z.string().optional();
const percent = z.number().min(-99).max(900);
const crashBody = z.object({
  venue: venueName,
  asset,
  percent: percent.max(-0.01, 'must be below 0: −40 is a fall by 40 %'),
  ms: z.int().min(0).max(3_600_000).default(10_000),
});
const driftBody = z.object({ venue: venueName, asset, percent, ms: z.int().min(0).max(86_400_000).default(60_000) });
const freezeBody = z.object({ venue: venueName.optional(), asset, frozen: z.boolean().default(true) });
const shiftBody = z.object({ venue: venueName, asset, places: z.int().min(-3).max(3) });
const clockBody = z.object({ venue: venueName, ms: z.number() });
const onBody = z.object({ venue: venueName, on: z.boolean().default(true) });
const limitBody = onBody.extend({ retryAfter: z.string().optional() });
const pauseBody = onBody.extend({ asset });
const depegBody = z.object({ percent: z.number().min(0).max(99) });
const normalBody = z.object({ venue: venueName.optional() });

/** One venue alone going mad: what it says is wrong alike in all that it says, and nothing is at the others. */
export function venueCommands(truth: Truth, handles: Handles): Readonly<Record<string, Command>> {
  const listed = (venue: VenueName, name: string | undefined): readonly Listing[] => {
    const { isListed, title } = handles[venue];
    if (name === undefined) return truth.listings.filter(isListed);
    const { listing } = find(truth, name);
    if (!isListed(listing)) throw new Error(`asset: ${title} does not list ${name}`);
    return [listing];
  };
  const lens = (venue: VenueName) => handles[venue].server.lens;
  return {
    '/control/flash-crash': (body) => {
      const wanted = crashBody.parse(body);
      lens(wanted.venue).crash(listed(wanted.venue, wanted.asset), wanted.percent, wanted.ms);
    },
    '/control/drift': (body) => {
      const wanted = driftBody.parse(body);
      lens(wanted.venue).drift(listed(wanted.venue, wanted.asset), wanted.percent, wanted.ms);
    },
    '/control/freeze': (body) => {
      const { venue, asset: name, frozen } = freezeBody.parse(body);
      // Without a venue the truth itself stands still, and every venue says so.
      if (venue === undefined) truth.setVolatility(truth.listings, frozen ? 0 : 1);
      else lens(venue).freeze(listed(venue, name), frozen);
    },
    '/control/decimal-shift': (body) => {
      const { venue, asset: name, places } = shiftBody.parse(body);
      lens(venue).shift(listed(venue, name), places);
    },
    '/control/clock-off': (body) => {
      const { venue, ms } = clockBody.parse(body);
      handles[venue].server.skewMs = ms;
    },
    '/control/pause': (body) => {
      const { venue, asset: name, on } = pauseBody.parse(body);
      lens(venue).pause(listed(venue, name), on);
    },
    '/control/maintenance': (body) => {
      const { venue, on } = onBody.parse(body);
      handles[venue].maintain(on);
    },
    '/control/cancel-only': (body) => {
      const { venue, on } = onBody.parse(body);
      const { cancelOnly, title } = handles[venue];
      if (!cancelOnly) throw new Error(`venue: ${title} knows no state in which orders can only be cancelled`);
      cancelOnly(on);
    },
    '/control/rate-limit': (body) => {
      const { venue, on, retryAfter } = limitBody.parse(body);
      handles[venue].refuse(on ? { status: 429, retryAfter } : undefined);
    },
    '/control/depeg': (body) => truth.setPrice(TETHER, 1 - depegBody.parse(body).percent / 100),
    '/control/normal': (body) => {
      const { venue } = normalBody.parse(body);
      for (const name of venue ? [venue] : VENUE_NAMES) setRight(handles[name]);
      if (venue === undefined) calm(truth);
    },
  };
}

/** The venue does what its documents say, and says what is true. Steps of prices and what was delisted stay. */
function setRight({ server, maintain, cancelOnly, refuse, clear }: Handle): void {
  server.lens.clear();
  server.faults.clear();
  server.tradeFaults.clear();
  server.skewMs = 0;
  cancelOnly?.(false);
  maintain(false);
  refuse(undefined);
  clear();
}

/** Prices stay where they were put, but for the tether's; what has ended stays ended. */
function calm(truth: Truth): void {
  truth.setVolatility(truth.listings, 1);
  truth.setPrice(TETHER, TETHER.startPrice);
  for (const listing of truth.listings) {
    if (truth.status(listing.id) === 'halted') truth.setStatus(listing, 'reopen');
    truth.stub(listing, false);
  }
}
