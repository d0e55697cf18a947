import type { InstrumentId } from '../../../domain/kernel/ids';
import { ONE_DOLLAR_PRICE, type Price, parseQty, price, type Qty, qty } from '../../../domain/kernel/money';
import type { Level } from '../../../domain/market/level';
import type { ListedBook } from '../../../domain/market/mark';
import type { FrameType, VenueBook } from '../book-subscription';
import { SortedSide } from '../books/sorted-side';
import { priceOf, unitsOf } from '../reading/units';
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

/** A bid, and what it is from the other side. */
type Entry = { readonly bid: Level; readonly ask: Level };
type Seen = { readonly bids: readonly Level[]; readonly asks: readonly Level[] };

/** The bids of one outcome, and the asks of the other that they are. */
class OutcomeBids {
  private readonly side = new SortedSide<Entry>(1);
  private seen: Seen = { bids: [], asks: [] };

  /** Whether the level can change so. */
  change(at: string, delta: Qty): boolean {
    const units = probability(at);
    const known = this.side.at(units);
    const left = qty((known?.bid.qty ?? 0n) + delta);
    if (left < 0n) return false;
    if (left === 0n) this.side.remove(units);
    else {
      const bid = known?.bid.price ?? priceOf(units);
      const ask = known?.ask.price ?? complement(bid);
      this.side.put(units, { bid: { price: bid, qty: left }, ask: { price: ask, qty: left } });
    }
    return true;
  }

  /** Best first, as it is now. */
  look(): void {
    const { side } = this;
    const [bids, asks]: [Level[], Level[]] = [[], []];
    const { items } = side;
    for (let at = items.length - 1; at >= 0; at--) {
      const { bid, ask } = items[at] as Entry;
      bids.push(bid);
      asks.push(ask);
    }
    this.seen = { bids, asks };
  }

  /** These levels from the other side, where they are those that are seen now. */
  opposites(levels: readonly Level[]): readonly Level[] | undefined {
    const { bids, asks } = this.seen;
    return levels === bids ? asks : levels === asks ? bids : undefined;
  }

  get bids(): readonly Level[] {
    return this.seen.bids;
  }

  get asks(): readonly Level[] {
    return this.seen.asks;
  }
}

/** Kalshi has bids alone: who sells YES bids for NO. The asks of YES are the bids for NO from the other side. */
export class KalshiBook implements VenueBook<BookFrame> {
  private bids: Record<Side, OutcomeBids> = { yes: new OutcomeBids(), no: new OutcomeBids() };

  /** A level that would have less than nothing contradicts what was said before. */
  apply(_type: FrameType, frame: BookFrame): string | undefined {
    if ('yes' in frame) this.bids = { yes: bidsOf(frame.yes), no: bidsOf(frame.no) };
    else if (!this.change(frame.deltas)) return undefined;
    return frame.proof;
  }

  levels = (): Levels => ({ bids: this.bids.yes.bids, asks: this.bids.no.asks });

  /** Levels from the other side: most of them are told again and again. */
  opposites = (levels: readonly Level[]): readonly Level[] =>
    this.bids.yes.opposites(levels) ?? this.bids.no.opposites(levels) ?? levels.map(opposite);

  private change(deltas: readonly Delta[]): boolean {
    const { yes, no } = this.bids;
    let [isYes, isNo] = [false, false];
    for (const { side, price: at, delta } of deltas) {
      if (!this.bids[side].change(at, count(delta))) return false;
      isYes ||= side === 'yes';
      isNo ||= side === 'no';
    }
    if (isYes) yes.look();
    if (isNo) no.look();
    return true;
  }
}

/** The book of NO, which is that of YES seen from the other side. `of`: what told it, and may have both at hand. */
export const mirrored = (book: ListedBook, no: InstrumentId, of = new KalshiBook()): ListedBook => ({
  ...book,
  instrument: no,
  bids: of.opposites(book.asks),
  asks: of.opposites(book.bids),
});

/** What is bid for one outcome at a price is offered of the other at what that leaves of a dollar. */
const opposite = (level: Level): Level => ({ price: complement(level.price), qty: level.qty });
export const complement = (at: Price): Price => price(ONE_DOLLAR_PRICE - at);

function bidsOf(wire: readonly WireLevel[]): OutcomeBids {
  const side = new OutcomeBids();
  for (const [at, size] of wire) {
    if (!side.change(at, count(size))) throw new Error(`${size} at ${at} is no level`);
  }
  side.look();
  return side;
}

/** In units of 10^-8 dollars. */
function probability(text: string): number {
  const units = unitsOf(text);
  if (!(units > 0 && units < ONE_DOLLAR)) throw new Error(`${text} is no probability`);
  return units;
}

const ONE_DOLLAR = Number(ONE_DOLLAR_PRICE);

function count(text: string): Qty {
  const read = parseQty(text);
  if (read === undefined) throw new Error(`${text} is no count`);
  return read;
}
