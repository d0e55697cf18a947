import type { InstrumentId } from '../../../domain/kernel/ids';
import { ONE_DOLLAR_PRICE, type Price, parsePrice, parseQty, price, type Qty, qty } from '../../../domain/kernel/money';
import type { Level } from '../../../domain/market/level';
import type { ListedBook } from '../../../domain/market/mark';
import type { FrameType, VenueBook } from '../book-subscription';
import type { Levels } from '../teller';

type Side = 'yes' | 'no';
type WireLevel = readonly [price: string, count: string];

/** By how much one level of a side changed. */
export type Delta = { readonly side: Side; readonly price: string; readonly delta: string };

/** All bids of both outcomes, or what changed at one moment; `proof` names the last message of it. */
export type BookFrame = { readonly proof: string } & (
  | { readonly yes: readonly WireLevel[]; readonly no: readonly WireLevel[] }
  | { readonly deltas: readonly Delta[] }
);

/** Kalshi has bids alone: who sells YES bids for NO. The asks of YES are the bids for NO from the other side. */
export class KalshiBook implements VenueBook<BookFrame> {
  /** Best first. */
  private bids: Record<Side, Level[]> = { yes: [], no: [] };

  /** A level that would have less than nothing contradicts what was said before. */
  apply(_type: FrameType, frame: BookFrame): string | undefined {
    if ('yes' in frame) this.bids = { yes: sideOf(frame.yes), no: sideOf(frame.no) };
    else if (!frame.deltas.every((delta) => this.change(delta))) return undefined;
    return frame.proof;
  }

  private change = ({ side, price: at, delta }: Delta): boolean =>
    change(this.bids[side], probability(at), count(delta));

  levels = (): Levels => ({ bids: [...this.bids.yes], asks: this.bids.no.map(opposite) });
}

/** The book of NO, which is that of YES seen from the other side. */
export const mirrored = (book: ListedBook, no: InstrumentId): ListedBook => ({
  ...book,
  instrument: no,
  bids: book.asks.map(opposite),
  asks: book.bids.map(opposite),
});

/** What is bid for one outcome at a price is offered of the other at what that leaves of a dollar. */
const opposite = (level: Level): Level => ({ price: complement(level.price), qty: level.qty });
export const complement = (at: Price): Price => price(ONE_DOLLAR_PRICE - at);

function sideOf(wire: readonly WireLevel[]): Level[] {
  const side: Level[] = [];
  for (const [at, size] of wire) {
    if (!change(side, probability(at), count(size))) throw new Error(`${size} at ${at} is no level`);
  }
  return side;
}

/** Whether the level can change so. */
function change(side: Level[], at: Price, delta: Qty): boolean {
  let index = 0;
  while (index < side.length && (side[index] as Level).price > at) index += 1;
  const found = side[index];
  const known = found?.price === at ? found : undefined;
  const left = qty((known?.qty ?? 0n) + delta);
  if (left < 0n) return false;
  side.splice(index, known ? 1 : 0, ...(left > 0n ? [{ price: at, qty: left }] : []));
  return true;
}

function probability(text: string): Price {
  const at = parsePrice(text);
  if (at === undefined || at <= 0n || at >= ONE_DOLLAR_PRICE) throw new Error(`${text} is no probability`);
  return at;
}

function count(text: string): Qty {
  const read = parseQty(text);
  if (read === undefined) throw new Error(`${text} is no count`);
  return read;
}
