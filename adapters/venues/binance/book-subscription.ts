import type { Instant } from '../../../domain/kernel/instant';
import type { BookQuality } from '../../../domain/market/book';
import { Asker } from '../asker';
import { Teller, type TellerParts, type Told } from '../teller';
import { BinanceBook, type Snapshot } from './book';
import { CrossCheck } from './cross-check';
import type { BestPrices, Diff } from './frames';
import { Pending } from './pending';
import { Silence } from './silence';

export type SubscriptionParts = TellerParts &
  Told & {
    readonly fetchSnapshot: () => Promise<Snapshot>;
    /** The update id of REST's book, asked cheaply. */
    readonly fetchId: () => Promise<number>;
    /** Whether the whole connection has brought nothing of late. */
    readonly isConnectionSilent: () => boolean;
    /** The connection does not bring what REST knows: it is to be begun anew. */
    readonly onFrozen: () => void;
    /** A silence that has lasted so long is proved by REST. */
    readonly proveEveryMs: () => number;
  };

/** A book that stays crossed for so long has lost something. */
const CROSSED_MS = 2_000;
/** The diffs come every 100 ms: one that the best prices have run ahead of for so long does not come any more. */
const STALLED_MS = 2_000;
/** So many times in a row a symbol alone is found frozen before its connection is begun anew. */
const FROZEN_AFTER = 2;
/** So many answers of REST that cannot be used: the connection has said something that is not so. */
const REFUSED_MAX = 8;

/**
 * The book of one symbol, by Binance's procedure for a local order book: diffs are kept while REST is asked for a
 * snapshot; one from before the first of them is asked for again; those that it has are dropped, the rest is applied,
 * and from then on each begins where the one before it ended. A hole has this one book asked for anew.
 */
export class BookSubscription {
  private book: BinanceBook | undefined;
  private readonly teller: Teller;
  private readonly asker: Asker;
  private readonly pending = new Pending();
  private readonly words = new CrossCheck();
  private readonly silence: Silence;
  private awaitedAt: Instant;
  /** What REST said of a symbol of which nothing has come: the same twice is believed. */
  private quietId: number | undefined;
  /** The last update that was known before the book was given up. */
  private knownId = -1;
  private frozen = 0;
  private refused = 0;

  constructor(private readonly parts: SubscriptionParts) {
    this.teller = new Teller(parts, parts);
    this.asker = new Asker(parts.clock);
    this.silence = new Silence(parts.clock);
    this.awaitedAt = parts.clock.now();
  }

  /** It is subscribed on a new connection: nothing that came before continues it. */
  await(): void {
    this.distrust('stale');
    this.pending.clear();
    this.words.restart();
    this.quietId = undefined;
    this.awaitedAt = this.parts.clock.now();
    this.silence.end();
  }

  /** A diff of this book; whether its levels could be read. */
  take(diff: Diff): boolean {
    const { book } = this;
    if (book?.placeOf(diff) === 'past') {
      this.silence.hearPast();
      return true;
    }
    this.silence.end();
    this.frozen = 0;
    const isNext = this.pending.add(diff);
    if (!book) {
      if (!isNext) this.parts.counts.gaps += 1;
      return true;
    }
    if (book.placeOf(diff) === 'gap') {
      this.resync();
      return true;
    }
    return this.apply(book, diff);
  }

  /** The venue's word for the best prices: what was told and contradicts it is taken back. */
  hear(best: BestPrices): void {
    const isRight = this.words.hear(best, this.parts.clock.now());
    if (!isRight && this.book) this.resync();
  }

  /** Something was said of this book that could not be read. */
  lose(): void {
    if (!this.book) return;
    this.pending.clear();
    this.resync();
  }

  /** Its steps changed: nothing of it counts until a new snapshot has come. */
  renew(): void {
    this.distrust('gapped');
    this.asker.later();
  }

  /** What was told last no longer counts, because of `quality`. */
  distrust(quality: BookQuality): void {
    const { book } = this;
    if (book) this.knownId = book.id;
    this.teller.withdraw(book?.levels() ?? NO_LEVELS, quality);
    this.book = undefined;
  }

  /** The connection that carries the book has delivered all that the venue sent until then. */
  hold(at: Instant): void {
    if (this.book && !this.silence.isExpecting() && this.words.aheadSince() === undefined) this.teller.hold(at);
  }

  /** Now and then, while the connection is open. */
  check(): void {
    const now = this.parts.clock.now();
    const { book } = this;
    if (!book) {
      if (this.asker.isDue()) this.ask();
      return;
    }
    const { last } = this.teller;
    const isCrossed = last?.quality === 'crossed' && now - last.receivedAt >= CROSSED_MS;
    if (isCrossed || now - (this.words.aheadSince() ?? now) >= STALLED_MS) this.resync();
    else if (this.silence.isOverdue()) this.stall();
    else if (book.isShort() && this.asker.isDue()) this.ask();
    else if (this.silence.lastedMs() >= this.parts.proveEveryMs()) this.prove();
  }

  private apply(book: BinanceBook, diff: Diff): boolean {
    try {
      book.apply(diff);
    } catch {
      this.pending.clear();
      this.resync();
      return false;
    }
    // Diffs of a trusted book are of use only for an answer of REST that is under way.
    if (!this.asker.isAsking) this.pending.clear();
    this.tell(book, this.teller.date(diff.ms, 'live'));
    return true;
  }

  private tell(book: BinanceBook, at: Instant): void {
    const state = { id: book.id, levels: book.levels() };
    if (!this.words.allows(state)) {
      this.resync();
      return;
    }
    this.words.reach(state);
    this.teller.tell(state.levels, `${book.id}`, at, book.id);
  }

  /** The book missed something: it is not to be trusted until a new snapshot has come. */
  private resync(): void {
    this.parts.counts.gaps += 1;
    this.distrust('gapped');
    this.quietId = undefined;
    this.awaitedAt = this.parts.clock.now();
    this.asker.later();
    if (this.asker.isDue()) this.ask();
  }

  /** REST knows of updates that do not come: the book is asked for, and then the connection begun anew. */
  private stall(): void {
    if (this.parts.isConnectionSilent()) this.parts.onFrozen();
    else {
      this.resync();
      this.noteFrozen();
    }
  }

  private noteFrozen(): void {
    this.frozen += 1;
    if (this.frozen < FROZEN_AFTER) return;
    this.frozen = 0;
    this.parts.onFrozen();
  }

  private ask(): void {
    const askedAt = this.parts.clock.now();
    void this.asker.ask(this.parts.fetchSnapshot, (snapshot) => this.isTaken(snapshot, askedAt));
  }

  /** Whether REST's answer is of use. */
  private isTaken(snapshot: Snapshot, askedAt: Instant): boolean {
    const { lastUpdateId: id } = snapshot;
    const after = this.pending.after(id);
    if (this.book && !after) return true;
    if (after) return this.adopt(snapshot, after);
    const isOld = id < Math.max(this.knownId, this.words.newestId(), this.quietId ?? id);
    if (!this.pending.isEmpty() || askedAt < this.awaitedAt || isOld) return this.refuse();
    const before = this.quietId;
    this.quietId = id;
    if (before === id) return this.adopt(snapshot, [], askedAt);
    if (before !== undefined) this.noteFrozen();
    return true;
  }

  private refuse(): false {
    this.parts.counts.answersOld += 1;
    this.refused += 1;
    if (this.refused < REFUSED_MAX) return false;
    this.refused = 0;
    this.parts.onFrozen();
    return false;
  }

  /** `heldAt`: nothing has come of it, and the venue had it then. */
  private adopt(snapshot: Snapshot, after: readonly Diff[], heldAt?: Instant): boolean {
    const book = new BinanceBook(snapshot);
    for (const diff of after) book.apply(diff);
    if (!this.words.allows({ id: book.id, levels: book.levels() })) return this.refuse();
    const at = heldAt ?? this.teller.date(this.pending.newestMs(), 'past');
    this.book = book;
    this.quietId = undefined;
    this.refused = 0;
    this.pending.clear();
    this.silence.end();
    this.tell(book, at);
    return true;
  }

  /** A quiet book is that of REST, or its diffs do not come. */
  private prove(): void {
    const askedAt = this.parts.clock.now();
    void this.asker.ask(this.parts.fetchId, (id) => {
      const { book } = this;
      if (!book || this.silence.lastedMs() === 0 || this.words.aheadSince() !== undefined) return true;
      if (id > book.id) {
        this.silence.expectMore();
        return true;
      }
      if (id < book.id) {
        this.parts.counts.answersOld += 1;
        if (this.silence.isContradicted()) this.resync();
        return false;
      }
      this.silence.end();
      this.teller.hold(askedAt);
      this.teller.repeat();
      return true;
    });
  }
}

const NO_LEVELS = { bids: [], asks: [] } as const;
