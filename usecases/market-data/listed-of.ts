import type { Instrument } from '../../domain/market/instrument';
import { listedIn, listingOf, type Primary } from '../../domain/market/listing';

/** Every instrument once, of coins as `primary` lists them: its steps, fee and status. */
export const listedOf = (catalogue: readonly Instrument[], primary: Primary): readonly Instrument[] =>
  catalogue.flatMap((listing) => {
    const id = listedIn(listing.id);
    return listing.id === listingOf(id, primary) ? [{ ...listing, id }] : [];
  });
