import { type Instant, plusMs } from '../../../../domain/kernel/instant';
import type { Price } from '../../../../domain/kernel/money';
import type { BookQuality } from '../../../../domain/market/book';
import type { Instrument } from '../../../../domain/market/instrument';
import type { VenueTrade } from '../../../../domain/market/venue-trade';
import { Asker } from '../../asker';
import { isTrading } from '../../outcomes/outcome-life';
import { Teller, type TellerParts } from '../../teller';
import { liveTime } from '../../venue-time';
import { Listed, type Listing } from '../markets/listed';
import type { BookEvent, Change, LastTrade } from '../wire/frames';
import { PolymarketBook } from './book';
import { Known } from './known';
import { isUnsure, Pending } from './pending';
import { Tape } from './tape';
import { type Whole, wholeOf } from './whole';
import { wordOf } from './word';

export type SubscriptionParts = TellerParts & {
  readonly fetchBook: (token: string) => Promise<BookEvent>;
  /** The socket is open and yet says nothing of changes that REST knows. */
  readonly onFrozen: () => void;
  /** A silence that has lasted so long is proved by REST. */
  readonly proveEveryMs: () => number;
};

/** A book without news is told again this often, once REST has the same: single tokens freeze silently. */
export const CONFIRM_MS = 4_000;
/**
 * One order that takes several levels comes as several events, each with the best prices of after the last of them.
 * They follow each other at once: a book that disagrees for longer than this has lost one.
 */
export const GROUP_MS = 250;
/** A socket has been seen to run so far behind REST. */
const LAG_MS_MAX = 30_000;
/** After subscribing the socket sends every whole book by itself; so often REST may know more than it has said. */
const [DUMP_MS, FROZEN_AFTER] = [2_000, 2];

/**
 * One outcome token: its book, and whether it can be trusted. The channel has no sequence, so the venue's own best
 * prices prove each group of changes, and REST proves a silence.
 */
export class BookSubscription {
  private whole: Whole = { book: new PolymarketBook(), ms: 0, hash: '', isFromRest: false };
  private isTrusted = false;
  /** When the book began to disagree with the best prices that the venue names; the rest of a group is awaited. */
  private openSince: Instant | undefined;
  private provedAt: Instant;
  private adoptedAt: Instant;
  private readonly known = new Known();
  /** What came while a group is open or a whole book is awaited. */
  private readonly pending = new Pending();
  private readonly asker: Asker;
  /** Times that something was lost: an answer that was under way then may lack it. */
  private losses = 0;
  private news = 0;
  private surprises = 0;
  private readonly tape: Tape;
  private readonly listed: Listed;
  private readonly teller: Teller;

  constructor(
    read: Instrument,
    private readonly parts: SubscriptionParts,
  ) {
    this.listed = new Listed(read);
    this.asker = new Asker(parts.clock);
    this.tape = new Tape({ ...parts, venue: 'polymarket' });
    this.teller = new Teller({ venue: 'polymarket', instrument: () => this.instrument.id }, parts);
    this.adoptedAt = parts.clock.now();
    this.provedAt = this.adoptedAt;
  }

  /** As it is told. */
  get instrument(): Instrument {
    return this.listed.instrument;
  }

  /** As the venue said it last. */
  get read(): Instrument {
    return this.listed.read;
  }

  /** It was subscribed: REST is asked for a book that the socket has not sent by then. */
  await(): void {
    this.asker.notBefore(plusMs(this.parts.clock.now(), DUMP_MS));
  }

  /** Takes what the venue says of the instrument; whether that is news. `saidMs`: when the catalogue says it. */
  change(read: Instrument, saidMs?: number): boolean {
    return this.relist(this.listed.change(read, saidMs));
  }

  /** Takes the tick that the CLOB named at `saidMs`; whether that is news. */
  changeTick(priceTick: Price, saidMs: number): boolean {
    return this.relist(this.listed.changeTick(priceTick, saidMs, this.parts.clock.now()));
  }

  /** A good book has come; whether that ends a change of the tick. */
  confirm(): boolean {
    return this.listed.confirm();
  }

  /** A trade from long before what is known would fill orders that were placed after it. */
  takeTrade(trade: LastTrade): VenueTrade | undefined {
    if (!isTrading(this.instrument)) return undefined;
    if (!this.known.isLongPast(Number(trade.timestamp))) {
      return this.tape.take(trade, this.instrument, this.parts.clock.now());
    }
    this.parts.counts.tradesDropped += 1;
    return undefined;
  }

  /** A whole book from the socket. After the close the venue empties it, and nothing of that counts. */
  takeBook(event: BookEvent): void {
    if (!isTrading(this.instrument)) return;
    this.heard();
    const whole = wholeOf(event, this.whole, false);
    if (this.known.isOlder(whole.ms, whole.book, this.parts.clock.now(), false)) this.parts.counts.answersOld += 1;
    else {
      // The changes before it are in it, by the order of the socket; only an open group has more to come.
      if (this.openSince === undefined || !this.known.isBeforeWord(whole.ms)) this.known.silence();
      this.pending.clear();
      this.adopt(whole, []);
    }
  }

  /** All changes of one event: the best prices that it names are those after the group that it belongs to. */
  takeChanges(changes: readonly Change[], venueMs: number): void {
    if (!isTrading(this.instrument)) return;
    this.heard();
    liveTime(venueMs, this.parts.clock.now(), this.parts.venueClock);
    this.known.hear(venueMs, this.parts.clock.now());
    if (this.isBackInTime(venueMs) || (this.isTrusted && !this.isNext(changes, venueMs))) return;
    const last = changes.at(-1);
    this.pending.add(changes, venueMs);
    this.known.say(wordOf(last), venueMs);
    if (!this.isTrusted) return;
    this.known.take(venueMs, this.parts.clock.now());
    this.apply(changes);
    this.judge(last?.hash ?? '', venueMs);
  }

  /** The book missed something: REST is asked for the whole of it, and nothing is trusted until it is there. */
  resync(): void {
    if (!isTrading(this.instrument)) return;
    if (!this.isTrusted) {
      this.losses += 1;
      return;
    }
    this.parts.counts.gaps += 1;
    this.distrust('gapped');
    this.asker.later();
    if (this.asker.isDue()) this.ask();
  }

  /** What was told last no longer counts, because of `quality`. */
  distrust(quality: BookQuality): void {
    this.isTrusted = false;
    this.losses += 1;
    this.openSince = undefined;
    if (quality === 'stale') this.pending.clear();
    this.teller.withdraw(this.whole.book.levels(), quality);
  }

  /** Now and then, while the socket is open: asks REST for a book that is missing or has been quiet. */
  check(): void {
    const now = this.parts.clock.now();
    if (this.openSince !== undefined) {
      if (now - this.openSince >= GROUP_MS) this.resync();
      return;
    }
    const isQuiet = this.isSilent(now) || now - this.provedAt >= this.parts.proveEveryMs();
    if ((!this.isTrusted || isQuiet || this.teller.last?.quality === 'crossed') && this.asker.isDue()) this.ask();
  }

  private relist({ isNews, isNewTick }: Listing): boolean {
    if (!isTrading(this.instrument)) this.distrust('stale');
    else if (isNewTick) this.resync();
    return isNews;
  }

  private isSilent(now: Instant): boolean {
    const { last } = this.teller;
    return !last || now - Math.min(last.receivedAt, this.provedAt) >= CONFIRM_MS;
  }

  private heard(): void {
    this.news += 1;
    this.surprises = 0;
  }

  /**
   * The socket goes far back in time, which its order does not allow, unless it is slow and REST went ahead of it: the
   * venue's clock was set, or something of another day was said. The book is asked for anew.
   */
  private isBackInTime(venueMs: number): boolean {
    const now = this.parts.clock.now();
    const isLag = this.whole.isFromRest && now - this.adoptedAt <= LAG_MS_MAX;
    if (isLag || !this.known.isLongPast(venueMs)) return false;
    this.known.restart(venueMs, now);
    this.tape.restart();
    this.pending.clear();
    this.resync();
    return true;
  }

  /**
   * Whether these changes are to be applied. Those that a slow socket brings after REST's answer are in it. Where the
   * stamps of one second cannot tell, the socket's order does; REST's answer has no place in that order, so the book is
   * asked for again.
   */
  private isNext(changes: readonly Change[], venueMs: number): boolean {
    const { book, ms, isFromRest } = this.whole;
    if (venueMs >= ms || !isFromRest) return true;
    if (isUnsure(venueMs, ms) && !changes.every((change) => book.holds(change.side, change))) {
      this.pending.add(changes, venueMs);
      this.resync();
    }
    return false;
  }

  private ask(): void {
    if (!isTrading(this.instrument)) return;
    const [newsBefore, lossesBefore, askedAt] = [this.news, this.losses, this.parts.clock.now()];
    // REST may be ahead of the socket by a moment: only after a longer silence its word counts against the socket's.
    const isProof = this.isTrusted && this.teller.last?.quality === 'good' && !this.isSilent(askedAt);
    void this.asker.ask(
      () => this.parts.fetchBook(this.instrument.venueSymbol),
      (event) => {
        // The socket spoke meanwhile, and its word is younger than REST's; or the answer may lack what was lost since.
        const isOvertaken = this.isTrusted ? this.news !== newsBefore : this.losses !== lossesBefore;
        if (isOvertaken && this.isTrusted) this.asker.notBefore(plusMs(this.parts.clock.now(), CONFIRM_MS));
        return isOvertaken || !isTrading(this.instrument) || this.isTaken(event, { at: askedAt, isProof });
      },
    );
  }

  /** Whether REST's answer is of use: not from before what is known, and in an order with what came meanwhile. */
  private isTaken(event: BookEvent, asked: { readonly at: Instant; readonly isProof: boolean }): boolean {
    const whole = wholeOf(event, this.whole, true);
    const isSame = whole.book.equals(this.whole.book);
    if (asked.isProof && !isSame) return true;
    const isExact = this.isTrusted && !isSame;
    if (this.known.isOlder(whole.ms, whole.book, this.parts.clock.now(), isExact)) {
      this.parts.counts.answersOld += 1;
      return false;
    }
    if (this.isTrusted && isSame) {
      this.provedAt = this.parts.clock.now();
      if (asked.isProof) this.teller.hold(asked.at);
      else this.teller.tell(whole.book.levels(), event.hash, this.teller.date(whole.ms, 'past', asked.at));
      return true;
    }
    const since = this.pending.over(whole.book, whole.ms);
    if (!since) return false;
    if (this.isTrusted) this.surprised();
    if (since.length === 0 && !this.known.isBeforeWord(whole.ms)) this.known.silence();
    this.adopt(whole, since, asked.at);
    return true;
  }

  private surprised(): void {
    this.parts.counts.gaps += 1;
    this.surprises += 1;
    if (this.surprises < FROZEN_AFTER) return;
    this.surprises = 0;
    this.parts.onFrozen();
  }

  /** `since`: what came after it. `askedAt`: the venue had it then. */
  private adopt(whole: Whole, since: readonly Change[], askedAt?: Instant): void {
    const now = this.parts.clock.now();
    this.whole = whole;
    this.isTrusted = true;
    this.adoptedAt = now;
    this.provedAt = now;
    this.known.take(whole.ms, now);
    this.apply(since);
    this.judge(since.at(-1)?.hash ?? whole.hash, whole.ms, askedAt);
  }

  private apply(changes: readonly Change[]): void {
    for (const change of changes) this.whole.book.change(change.side, change);
  }

  /** Tells the book where it agrees with the best prices that the venue named last; otherwise more is to come. */
  private judge(venueProof: string, venueMs: number, askedAt?: Instant): void {
    const now = this.parts.clock.now();
    if (!this.known.isAgreedBy(this.whole.book)) {
      this.openSince ??= now;
      return;
    }
    this.openSince = undefined;
    this.pending.clear();
    if (this.known.hasWord()) this.provedAt = now;
    this.teller.tell(this.whole.book.levels(), venueProof, this.teller.date(venueMs, 'past', askedAt));
  }
}
