import type { InstrumentId } from '../../domain/kernel/ids';
import { instant } from '../../domain/kernel/instant';
import { type Price, price, type Qty, qty } from '../../domain/kernel/money';
import type { Book, BookQuality, LastLevel } from '../../domain/market/book';
import type { Doubts } from '../../domain/market/doubt';
import type { Venue } from '../../domain/market/instrument';
import type { Level } from '../../domain/market/level';

/** Integers in their units as text, flat to keep parsing cheap: each order reads a book. */
type BookForm = {
  readonly i: InstrumentId;
  readonly v: Venue;
  readonly n: number;
  readonly p: string;
  readonly t: readonly [venueAt: number, receivedAt: number];
  readonly q: BookQuality;
  readonly b: readonly string[];
  readonly a: readonly string[];
  readonly d?: Doubts;
  /** The last good bid and ask, where they are known and are not the book's own. */
  readonly l?: readonly [bid: LastForm | null, ask: LastForm | null];
};

type LastForm = readonly [price: string, qty: string, n: number, p: string, venueAt: number, receivedAt: number];

const lastForm = (level: LastLevel | null): LastForm | null =>
  level && [`${level.price}`, `${level.qty}`, level.sequence, level.venueProof, level.venueAt, level.receivedAt];

const lastOf = (form: LastForm | null): LastLevel | null =>
  form && {
    price: priceOf(form[0]),
    qty: qtyOf(form[1]),
    sequence: form[2],
    venueProof: form[3],
    venueAt: instant(form[4]),
    receivedAt: instant(form[5]),
  };

const flat = (levels: readonly Level[]): string[] => levels.flatMap((level) => [`${level.price}`, `${level.qty}`]);

function levelsOf(units: readonly string[]): Level[] {
  const levels: Level[] = [];
  for (let at = 0; at + 1 < units.length; at += 2) {
    levels.push({ price: priceOf(units[at]), qty: qtyOf(units[at + 1]) });
  }
  return levels;
}

const priceOf = (text: string | undefined): Price => price(BigInt(text as string));
const qtyOf = (text: string | undefined): Qty => qty(BigInt(text as string));

export function encodeBook(book: Book): string {
  const form: BookForm = {
    i: book.instrument,
    v: book.venue,
    n: book.sequence,
    p: book.venueProof,
    t: [book.venueAt, book.receivedAt],
    q: book.quality,
    b: flat(book.bids),
    a: flat(book.asks),
    ...(book.doubts && { d: book.doubts }),
    ...(book.last && { l: [lastForm(book.last.bid), lastForm(book.last.ask)] as const }),
  };
  return JSON.stringify(form);
}

export function decodeBook(text: string): Book {
  const form = JSON.parse(text) as BookForm;
  return {
    instrument: form.i,
    venue: form.v,
    sequence: form.n,
    venueProof: form.p,
    venueAt: instant(form.t[0]),
    receivedAt: instant(form.t[1]),
    quality: form.q,
    bids: levelsOf(form.b),
    asks: levelsOf(form.a),
    ...(form.d && { doubts: form.d }),
    ...(form.l && { last: { bid: lastOf(form.l[0]), ask: lastOf(form.l[1]) } }),
  };
}

/** Names the state that holds: whoever reads it beside a newer one, or one of another writer, passes it over. */
export const encodeHeld = ({ sequence, receivedAt, venueAt }: Book): string => `${sequence} ${receivedAt} ${venueAt}`;

export function heldBook(book: Book, held: string | null): Book {
  const [sequence, receivedAt, venueAt] = (held ?? '').split(' ').map(Number);
  const isOfIt = sequence === book.sequence && receivedAt === book.receivedAt;
  return isOfIt && venueAt !== undefined && venueAt > book.venueAt ? { ...book, venueAt: instant(venueAt) } : book;
}
