import { instrumentNames } from '../kalshi/names';
import type { Listing, OutcomeListing, SpotListing } from '../truth/listing';
import type { Truth } from '../truth/truth';

export type Named = { readonly listing: Listing; readonly isNo: boolean };

/** A market by our instrument id of any venue, by its slug, or by its coin: `BTC`. */
export function find(truth: Truth, name: string): Named {
  const listing = truth.listings.find((each) => namesOf(each).includes(name));
  if (!listing) throw new Error(`instrument: ${name} is not listed`);
  return { listing, isNo: listing.kind === 'outcome' && name.endsWith('-NO') };
}

export function outcomeOf(truth: Truth, name: string): OutcomeListing {
  const { listing } = find(truth, name);
  if (listing.kind !== 'outcome') throw new Error(`instrument: ${name} is no prediction market`);
  return listing;
}

export function spotOf(truth: Truth, name: string): SpotListing {
  const { listing } = find(truth, name);
  if (listing.kind !== 'spot') throw new Error(`instrument: ${name} is no coin`);
  return listing;
}

function namesOf(listing: Listing): readonly string[] {
  const { id } = listing;
  if (listing.kind === 'spot') return [id, listing.symbol, id.split('-')[0] ?? id];
  const { yes, no } = instrumentNames(id);
  return [id, `PM-${id}-YES`, `PM-${id}-NO`, yes, no];
}
