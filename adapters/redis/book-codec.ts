import type { InstrumentId } from '../../domain/kernel/ids';
import { instant } from '../../domain/kernel/instant';
import { type Price, price, type Qty, qty } from '../../domain/kernel/money';
import type { Book, BookQuality, LastLevel, LastLevels, Quote } from '../../domain/market/book';
import type { Doubts } from '../../domain/market/doubt';
import type { Venue } from '../../domain/market/instrument';
import type { Level } from '../../domain/market/level';
import { bookOfMark } from '../../domain/market/mark';
import type { MarkSource, QuotedBy, SourceState } from '../../domain/market/quote';

/** Integers in their units as text, flat to keep parsing cheap: each order reads a book. */
type BookForm = {
  readonly i: InstrumentId;
  readonly v: QuotedBy;
  readonly n: number;
  readonly p: string;
  readonly t: readonly [venueAt: number, receivedAt: number];
  readonly q: BookQuality;
  readonly b: readonly string[];
  readonly a: readonly string[];
  readonly d?: Doubts;
  /** The last good bid and ask, where they are known and are not the book's own. */
  readonly l?: LastsForm;
  /** What a composite was made of, and since when it is confirmed. */
  readonly m?: { readonly s: readonly SourceForm[]; readonly c?: number };
};

type LastsForm = readonly [bid: LastForm | null, ask: LastForm | null];

type SourceForm = {
  readonly v: Venue;
  readonly q: SourceState;
  readonly n: number;
  readonly p: string;
  readonly t: readonly [venueAt: number, receivedAt: number];
  readonly b: LevelForm | null;
  readonly a: LevelForm | null;
  readonly r?: { readonly b: LevelForm | null; readonly a: LevelForm | null; readonly s: readonly SourceForm[] };
};

type LevelForm = readonly [price: string, qty: string];

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
    ...lastsForm(book.mark ? book.mark.last : book.last),
    ...(book.mark && { m: markForm(book.mark) }),
  };
  return JSON.stringify(form);
}

export function decodeBook(text: string): Book {
  const form = JSON.parse(text) as BookForm;
  if (form.m) return markBookOf(form, form.m);
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
    ...lastsOf(form.l),
  };
}

const lastsForm = (last: LastLevels | undefined): { readonly l?: LastsForm } =>
  last ? { l: [lastForm(last.bid), lastForm(last.ask)] } : {};

const lastsOf = (form: LastsForm | undefined): { readonly last?: LastLevels } =>
  form ? { last: { bid: lastOf(form[0]), ask: lastOf(form[1]) } } : {};

const markForm = ({ sources = [], confirmedSince }: Quote): NonNullable<BookForm['m']> => ({
  s: sources.map(sourceForm),
  ...(confirmedSince !== undefined && { c: confirmedSince }),
});

function sourceForm(source: MarkSource): SourceForm {
  const { venue, state, sequence, venueProof, venueAt, receivedAt, bid, ask, rate } = source;
  const own = { v: venue, q: state, n: sequence, p: venueProof, t: [venueAt, receivedAt] as const };
  const via = rate && { b: levelForm(rate.bid), a: levelForm(rate.ask), s: rate.sources.map(sourceForm) };
  return { ...own, b: levelForm(bid), a: levelForm(ask), ...(via && { r: via }) };
}

const sourceOf = ({ v, q, n, p, t, b, a, r }: SourceForm): MarkSource => ({
  venue: v,
  state: q,
  sequence: n,
  venueProof: p,
  venueAt: instant(t[0]),
  receivedAt: instant(t[1]),
  bid: levelIn(b),
  ask: levelIn(a),
  ...(r && { rate: { bid: levelIn(r.b), ask: levelIn(r.a), sources: r.s.map(sourceOf) } }),
});

const levelForm = (level: Level | null): LevelForm | null => level && [`${level.price}`, `${level.qty}`];
const levelIn = (form: LevelForm | null): Level | null => form && { price: priceOf(form[0]), qty: qtyOf(form[1]) };

function markBookOf({ i, v, n, p, t, b, a, l }: BookForm, { s, c }: NonNullable<BookForm['m']>): Book {
  return bookOfMark({
    instrument: i,
    venue: v,
    sequence: n,
    venueProof: p,
    venueAt: instant(t[0]),
    receivedAt: instant(t[1]),
    bid: levelsOf(b)[0] ?? null,
    ask: levelsOf(a)[0] ?? null,
    sources: s.map(sourceOf),
    ...(c !== undefined && { confirmedSince: instant(c) }),
    ...lastsOf(l),
  });
}

/** Names the state that holds: whoever reads it beside a newer one, or one of another writer, passes it over. */
export const encodeHeld = ({ sequence, receivedAt, venueAt }: Book): string => `${sequence} ${receivedAt} ${venueAt}`;

export function heldBook(book: Book, held: string | null): Book {
  const [sequence, receivedAt, venueAt] = (held ?? '').split(' ').map(Number);
  const isOfIt = sequence === book.sequence && receivedAt === book.receivedAt;
  return isOfIt && venueAt !== undefined && venueAt > book.venueAt ? { ...book, venueAt: instant(venueAt) } : book;
}
