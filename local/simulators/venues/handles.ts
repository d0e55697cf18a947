import { symbolOf } from '../binance/diffs';
import type { BinanceServer } from '../binance/server';
import type { CoinbaseServer } from '../coinbase/server';
import { FAULT_NAMES, type FaultName, type Faults } from '../faults';
import { KALSHI_NAMES } from '../kalshi/names';
import type { KalshiServer } from '../kalshi/server';
import type { KrakenServer } from '../kraken/server';
import type { Lens } from '../lens/lens';
import type { PolymarketServer } from '../polymarket/server';
import { type Listing, type SpotListing, TETHER } from '../truth/listing';

export type Venues = {
  readonly kraken: KrakenServer;
  readonly coinbase: CoinbaseServer;
  readonly binance: BinanceServer;
  readonly polymarket: PolymarketServer;
  readonly kalshi: KalshiServer;
};

export const VENUE_NAMES = ['kraken', 'coinbase', 'binance', 'polymarket', 'kalshi'] as const;
export type VenueName = (typeof VENUE_NAMES)[number];

type Refusal = { readonly status: number; readonly retryAfter?: string | undefined };

/** What can be done to any venue, each in its own way. */
export type Handle = {
  readonly title: string;
  readonly server: {
    readonly lens: Lens;
    readonly faults: Faults;
    readonly tradeFaults: Faults;
    readonly connections: number;
    skewMs: number;
    readonly disconnect: () => void;
  };
  /** Faults that its protocol gives it a way to commit. */
  readonly faults: readonly FaultName[];
  readonly isListed: (listing: Listing) => boolean;
  /** A market in the venue's own words. */
  readonly nameOf: (listing: Listing) => string;
  readonly maintain: (isOn: boolean) => void;
  /** Undefined where the venue knows no such state. */
  readonly cancelOnly: ((isOn: boolean) => void) | undefined;
  /** REST answers so, and where the venue does that, new connections are refused with it. */
  readonly refuse: (refusal: Refusal | undefined) => void;
  /** Its states and refusals. */
  readonly words: () => readonly string[];
  /** Takes back what only this venue does. */
  readonly clear: () => void;
};

const allBut = (...names: readonly FaultName[]): readonly FaultName[] =>
  FAULT_NAMES.filter((name) => !names.includes(name));

const refusalWords = (refusal: Refusal | undefined): readonly string[] =>
  refusal ? [`refuses with ${refusal.status}`] : [];

const isSpot = (listing: Listing): listing is SpotListing => listing.kind === 'spot';
const isOutcome = ({ kind }: Listing): boolean => kind === 'outcome';
const none = (): void => undefined;

export const handlesOf = (venues: Venues): Readonly<Record<VenueName, Handle>> => ({
  kraken: krakenHandle(venues.kraken),
  coinbase: coinbaseHandle(venues.coinbase),
  binance: binanceHandle(venues.binance),
  polymarket: polymarketHandle(venues.polymarket),
  kalshi: kalshiHandle(venues.kalshi),
});

const krakenHandle = (server: KrakenServer): Handle => ({
  title: 'Kraken',
  server,
  faults: allBut('jump'),
  isListed: isSpot,
  nameOf: (listing) => (isSpot(listing) ? listing.symbol : listing.id),
  maintain: (isOn) => server.setSystem(isOn ? 'maintenance' : 'online'),
  cancelOnly: (isOn) => server.setSystem(isOn ? 'cancel_only' : 'online'),
  refuse: (refusal) => {
    server.rest.refusal = refusal;
  },
  words: () => [
    ...(server.system === 'online' ? [] : [server.system.replace('_', ' ')]),
    ...refusalWords(server.rest.refusal),
  ],
  clear: none,
});

const coinbaseHandle = (server: CoinbaseServer): Handle => ({
  title: 'Coinbase',
  server,
  faults: allBut('checksum'),
  isListed: isSpot,
  nameOf: ({ id }) => id,
  maintain: (isOn) => server.setResting(isOn),
  cancelOnly: (isOn) => {
    for (const spot of server.lens.listings.filter(isSpot)) server.setFlag(spot, 'cancel_only', isOn);
  },
  refuse: (refusal) => {
    server.refusal = refusal;
  },
  words: () => [
    ...(server.products.isResting ? ['maintenance'] : []),
    ...(server.products.hasFlag('cancel_only') ? ['cancel only'] : []),
    ...refusalWords(server.refusal),
  ],
  clear: none,
});

const binanceHandle = (server: BinanceServer): Handle => ({
  title: 'Binance',
  server,
  faults: allBut('checksum'),
  isListed: (listing) => isSpot(listing) && listing.id !== TETHER.id,
  nameOf: (listing) => (isSpot(listing) ? symbolOf(listing) : listing.id),
  maintain: (isOn) => server.rest.setMaintenance(isOn),
  cancelOnly: undefined,
  refuse: (refusal) => {
    server.rest.refusal = refusal;
  },
  words: () => [...(server.rest.isInMaintenance ? ['maintenance'] : []), ...refusalWords(server.rest.refusal)],
  clear: none,
});

const polymarketHandle = (server: PolymarketServer): Handle => ({
  title: 'Polymarket',
  server,
  faults: allBut('jump'),
  isListed: isOutcome,
  nameOf: ({ id }) => `${id} YES`,
  maintain: (isOn) => {
    server.quirks.rest = isOn ? 'maintenance' : undefined;
  },
  cancelOnly: (isOn) => {
    server.quirks.rest = isOn ? 'cancel only' : undefined;
  },
  refuse: (refusal) => {
    server.quirks.refusal = refusal;
  },
  words: () => [...(server.quirks.rest ? [server.quirks.rest] : []), ...refusalWords(server.quirks.refusal)],
  clear: () => server.quirks.clear(),
});

const kalshiHandle = (server: KalshiServer): Handle => ({
  title: 'Kalshi',
  server,
  faults: allBut('checksum'),
  isListed: isOutcome,
  nameOf: ({ id }) => `${KALSHI_NAMES[id]?.ticker ?? id} YES`,
  maintain: (isOn) => {
    server.quirks.isResting = isOn;
  },
  cancelOnly: (isOn) => {
    server.quirks.isCancelOnly = isOn;
  },
  refuse: (refusal) => {
    server.quirks.refusal = refusal;
    server.quirks.closedDoor = refusal?.status;
  },
  words: () => [
    ...(server.quirks.isResting ? ['maintenance'] : []),
    ...(server.quirks.isCancelOnly ? ['cancel only'] : []),
    ...refusalWords(server.quirks.refusal),
  ],
  clear: () => {
    server.quirks.isMute = false;
  },
});
