import type { Instrument } from '../../domain/market/instrument';
import { listedIn, listingOf, type Primary } from '../../domain/market/listing';

/** Every instrument once, of coins as `primary` lists them: its steps, fee and status. */
export const listedOf = (catalogue: readonly Instrument[], primary: Primary): readonly Instrument[] =>
  catalogue.flatMap((listing) => {
    const id = listedIn(listing.id);
    return listing.id === listingOf(id, primary) ? [{ ...listing, id }] : [];
  });

/** Every instrument once, of coins as the default primary lists them, or else as the first that does. */
export function onceEach(catalogue: readonly Instrument[]): readonly Instrument[] {
  const byId = new Map<Instrument['id'], Instrument>();
  for (const listing of catalogue) {
    const id = listedIn(listing.id);
    if (listing.id === id || !byId.has(id)) byId.set(id, { ...listing, id });
  }
  return [...byId.values()];
}
