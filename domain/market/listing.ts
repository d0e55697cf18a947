import type { InstrumentId } from '../kernel/ids';
import { quoteCurrencyOf, type Venue } from './instrument';

/** The venues whose books may fill orders in coins: they quote in dollars. */
export const PRIMARIES = ['kraken', 'coinbase'] as const;

export type Primary = (typeof PRIMARIES)[number];

/** Whose listing bears the name of the coin alone. */
export const DEFAULT_PRIMARY: Primary = 'kraken';

/**
 * What one venue lists of an instrument: its own steps, fee, book and trades, and what was taken of them. An outcome is
 * listed once and its listing is its own name; of a coin the default primary's is too, and `BTC-USD@coinbase` is
 * another's.
 */
export const listingOf = (id: InstrumentId, primary: Venue): InstrumentId =>
  quoteCurrencyOf(id) === undefined || primary === DEFAULT_PRIMARY ? id : (`${id}@${primary}` as InstrumentId);

/** The rate at which the tether, in which some venues quote, becomes dollars: it marks nothing by itself. */
export const TETHER_RATE = 'USDT-USD' as InstrumentId;

/** The coin in dollars that a pair in dollars or tethers is a price of. */
export const coinOf = (pair: InstrumentId): InstrumentId => pair.replace(/-USDT$/, '-USD') as InstrumentId;

/** Whose listing of a coin it is; an outcome has no other. */
export function listedBy(listing: InstrumentId): Venue | undefined {
  if (quoteCurrencyOf(listing) === undefined) return undefined;
  const id = listedIn(listing);
  return id === listing ? DEFAULT_PRIMARY : (listing.slice(id.length + 1) as Venue);
}

/** The instrument of a listing. */
export function listedIn(listing: InstrumentId): InstrumentId {
  const end = listing.lastIndexOf('@');
  return end === -1 ? listing : (listing.slice(0, end) as InstrumentId);
}
