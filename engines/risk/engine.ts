import type { Envelope } from '../../contracts/topics/envelope';
import type { Account } from '../../domain/account/account';
import type { AccountId, InstrumentId } from '../../domain/kernel/ids';
import { type Instant, instant } from '../../domain/kernel/instant';
import { listedIn } from '../../domain/market/listing';
import { isUnstorable } from '../../usecases/concurrency/unstorable';
import type { ObservedPrices } from '../../usecases/judging/observed-prices';
import type { AccountSnapshot } from '../../usecases/ports/accounts/account-store';
import type { Trace } from '../../usecases/ports/clock-and-ids';
import { HEARD_WITHIN_MS } from '../../usecases/ports/operations/judged-until';
import { CatchUp, type Moment } from './catch-up';
import { DueAccounts, nextDue, waitsForPrice } from './due-accounts';
import { type Concluded, type EngineParts, eachOpen, isBusy, type Known, type Selected, traceOf } from './engine-parts';
import { JudgeQueue } from './judge-queue';
import { JudgedMark } from './judged-mark';
import { OrderWatch } from './order-watch';
import { QueueProgress } from './queue-progress';
import { QuoteStream } from './quote-stream';
import { Watchlist } from './selection/watchlist';
import { SettleHolders } from './settle-holders';
import { tradeOf } from './trade-fill';

const WORKERS_MAX = 8;
const AGAIN_MS = 500;

/** Watches the open accounts of one shard between their orders. It selects; `judge` decides and saves, fenced. */
export class RiskEngine {
  readonly watchlist: Watchlist;
  private readonly quotes: QuoteStream;
  private readonly orders = new OrderWatch();
  private readonly progress: QueueProgress;
  private readonly catchUp: CatchUp;
  private readonly due: DueAccounts;
  private readonly queue: JudgeQueue;
  private readonly holders: SettleHolders;
  /** The moment that selected each account whose judgement waits or runs; undefined: no price did. */
  private readonly moments = new Map<AccountId, Moment | undefined>();
  /** The tape's last tick when each of them was first tried: what came while it failed is looked at as well. */
  private readonly tried = new Map<AccountId, number>();
  private readonly mark = new JudgedMark();

  constructor(private readonly parts: EngineParts) {
    this.watchlist = new Watchlist(parts.staleAfterMs);
    this.quotes = new QuoteStream();
    this.progress = new QueueProgress(parts.tape);
    this.catchUp = new CatchUp(this.watchlist, this.orders);
    this.due = new DueAccounts(parts.now());
    this.holders = new SettleHolders(parts, (id, trace) => this.request(id, trace));
    const { later } = parts;
    const judge = (id: AccountId, trace: Trace) => this.judge(id, trace);
    this.queue = new JudgeQueue({ judge, workersMax: WORKERS_MAX, ...(later && { later }) });
  }

  /** Takes up every open account of the shard, unjudged: the retained quotes come first. */
  async load(): Promise<void> {
    await eachOpen(this.parts, (snapshot) => this.learn({ snapshot }));
  }

  /**
   * Judges every account that was loaded or heard of since, once the retained quotes are through: at its last change
   * where that decides something, for its prices may have been lost right after it.
   */
  async takeUp(): Promise<void> {
    for (const id of [...this.watchlist.table.ids()]) this.request(id, undefined, this.catchUp.atChange(id));
    await this.holders.resolved(this.isHeld);
  }

  /** Judges every open account whose stored version is newer than the known one: its event was lost or unreadable. */
  async reconcile(): Promise<void> {
    const { table } = this.watchlist;
    await eachOpen(this.parts, ({ accountId, version }) => {
      const row = table.rowOf(accountId);
      if (row === undefined || table.versionAt(row) < version) this.request(accountId, this.parts.newTrace());
    });
    await this.holders.resolved(this.isHeld);
  }

  onEvent(event: Envelope): void {
    switch (event.type) {
      case 'market-data.quote':
        this.onQuote(event);
        break;
      case 'market-data.trade':
        this.onTrade(event);
        break;
      case 'market-data.instrument-changed':
        this.onInstrumentChanged(event);
        break;
      default:
        if (event.accountVersion !== null && 'accountId' in event.data) {
          this.onAccountEvent(event, event.data.accountId, event.accountVersion);
        }
    }
  }

  /** Judges accounts whose day ends, whose deadline has come, whose touched limit has stood, whose order expires. */
  runDue(): void {
    for (const id of this.due.take(this.parts.now(), this.catchUp.isHeardUntilDue)) this.request(id);
  }

  /** Saves the peaks and the progress in queues that only memory knows, so that a successor counts from them. */
  checkpoint(): void {
    for (const id of this.progress.due(this.parts.now())) this.request(id);
    for (const row of this.watchlist.unsaved()) {
      const id = this.watchlist.table.idAt(row);
      if (id !== undefined) this.request(id);
    }
    if (this.holders.isPaid) this.mark.begin(this.quotes.latestAt, this.moments.keys());
    const waiting = [...this.moments.values()].flatMap((moment) => moment?.at ?? []);
    this.watchlist.tape.forget(instant(Math.min(this.parts.now() - HEARD_WITHIN_MS, ...waiting)));
  }

  /** Every quote, trade and resolution until then was judged and paid, and what came of it saved; else undefined. */
  judgedUntil(): Instant | undefined {
    const isJudged = this.moments.size === 0 && this.queue.depth === 0;
    const isSaved = isJudged && !this.watchlist.hasUnsaved && this.holders.isPaid;
    if (isSaved) this.mark.begin(this.quotes.latestAt, []);
    return this.mark.until && this.progress.savedUntil(this.mark.until);
  }

  snapshot(id: AccountId): AccountSnapshot | undefined {
    const row = this.watchlist.table.rowOf(id);
    return row === undefined ? undefined : this.watchlist.table.get(row);
  }

  async idle(): Promise<void> {
    await this.holders.idle();
    await this.queue.idle();
  }

  close(): Promise<void> {
    return this.queue.close();
  }

  private onQuote(event: Envelope<'market-data.quote'>): void {
    const taken = this.quotes.take(event.data);
    if (taken === 'overtaken') return;
    const { instrument, receivedAt } = event.data;
    if (taken === 'bad') {
      this.watchlist.lose(instrument, instant(receivedAt));
      return;
    }
    const { table, tape } = this.watchlist;
    const trace = traceOf(event);
    // The list is copied, because examining an account may change it.
    for (const row of Uint32Array.from(this.watchlist.select(taken))) {
      const id = table.idAt(row);
      if (id === undefined) continue;
      this.parts.metrics.selected();
      // Whoever is being judged is looked at again afterwards, at every quote that came meanwhile.
      if (this.moments.has(id)) continue;
      const moment = this.catchUp.decides(row, { tick: tape.latestTick, at: taken.receivedAt });
      if (moment) this.request(id, trace, moment);
      else this.watchlist.keep(row);
    }
    for (const id of [...this.orders.reached(taken)]) {
      if (!this.moments.has(id)) this.request(id, trace, { tick: tape.latestTick, at: taken.receivedAt });
    }
    this.parts.metrics.quoteSeen(this.parts.now() - receivedAt);
  }

  private onTrade(event: Envelope<'market-data.trade'>): void {
    const trade = tradeOf(event.data);
    if (!this.parts.tape.push(trade)) return;
    for (const id of [...this.orders.metBy(trade)]) {
      const known = this.snapshot(id);
      if (known && this.progress.look(known, trade.receivedAt)) this.request(id, traceOf(event));
    }
  }

  private onInstrumentChanged(event: Envelope<'market-data.instrument-changed'>): void {
    const { instrument: listing, status, payout } = event.data;
    if (status === 'resolved' && payout) this.holders.begin(listing, traceOf(event));
    else for (const id of this.orders.holdersOf(listedIn(listing))) this.request(id, traceOf(event));
  }

  private readonly isHeld = (listing: InstrumentId): boolean =>
    this.watchlist.isHeld(listedIn(listing)) || this.orders.holdersOf(listedIn(listing)).length > 0;

  private onAccountEvent(event: Envelope, accountId: AccountId, version: number): void {
    if (!this.parts.isMine(accountId)) return;
    const { table } = this.watchlist;
    const row = table.rowOf(accountId);
    // A version that this engine knows it has judged already.
    if (row === undefined || table.versionAt(row) < version) this.request(accountId, traceOf(event));
  }

  /** Whatever is the cause, a limit that was touched for long enough by now comes first, at the prices of then. */
  private request(id: AccountId, trace = this.parts.newTrace(), moment?: Moment): void {
    if (!this.moments.has(id)) this.moments.set(id, moment ?? this.catchUp.touchDue(id, this.parts.now()));
    this.queue.request(id, trace);
  }

  private async judge(id: AccountId, trace: Trace): Promise<number | undefined> {
    const until = this.tried.get(id) ?? this.watchlist.tape.latestTick;
    this.tried.set(id, until);
    // Prices on their way may decide something before; a second call finds no news, and keeps what the first one found.
    let found: ObservedPrices | undefined;
    const lookBack = async (loaded: AccountSnapshot) => {
      const isHeard = this.catchUp.isHeard(loaded, this.parts.now(), this.moments.get(id));
      if (!isHeard) await this.parts.judgePast(loaded, trace, this.parts.fence);
      found = this.lookBack(loaded) ?? found;
      return found;
    };
    try {
      const judged = await this.parts.judge(id, trace, { ...this.seenAt(id, this.moments.get(id)), lookBack });
      this.parts.metrics.judged(judged.outcome);
      if (isBusy(judged)) return AGAIN_MS;
      const moment = this.moments.get(id);
      this.end(id);
      this.conclude(judged, { id, trace, moment, until });
      this.mark.judged(id, () => this.moments.get(id)?.at ?? this.watchlist.unsavedSince(id));
      return undefined;
    } catch (error) {
      this.parts.onFailure(error, 'an account could not be judged', id);
      // What cannot be kept is not tried again before there is news.
      if (!isUnstorable(error)) return AGAIN_MS;
      this.end(id);
      this.mark.judged(id, () => undefined);
      return undefined;
    }
  }

  private end(id: AccountId): void {
    this.moments.delete(id);
    this.tried.delete(id);
  }

  /** The quotes of a moment, the best ones that the account had, and the right to judge it. */
  private seenAt(id: AccountId, moment: Moment | undefined): ObservedPrices {
    const row = this.watchlist.table.rowOf(id);
    const peak = row === undefined ? undefined : this.watchlist.peakOf(row);
    const right = { fence: this.parts.fence, ...(peak && { peak }) };
    return moment ? { ...right, at: moment.at, quotes: this.catchUp.quotesAt(id, moment) } : right;
  }

  /**
   * An account that traded or ordered unknown to this engine is judged at the quotes since then, the earliest that
   * decides something first. Where they were forgotten it is judged at those left, and reported.
   */
  private lookBack(loaded: AccountSnapshot): ObservedPrices | undefined {
    const since = this.catchUp.newsSince(loaded);
    if (since === undefined) return undefined;
    if (!this.catchUp.reaches(loaded, since)) this.parts.metrics.needsReview(1);
    this.learn({ snapshot: loaded });
    const moment = this.catchUp.first(loaded, since);
    if (moment) this.moments.set(loaded.accountId, moment);
    return this.seenAt(loaded.accountId, moment ?? this.moments.get(loaded.accountId));
  }

  private conclude(judged: Concluded, { id, trace, moment, until }: Selected): void {
    switch (judged.outcome) {
      case 'closed':
      case 'unknown':
      case 'failed':
      case 'passed':
        this.forget(id, 'snapshot' in judged ? judged.snapshot.account : undefined);
        break;
      case 'open':
      case 'paused':
      case 'close':
        this.lookAgain(judged.snapshot, trace, moment, this.learn(judged) ? 0 : (moment?.tick ?? until));
        break;
    }
  }

  /** Answers whether the account has traded since it was known: then earlier quotes are news for it. */
  private learn(known: Known): boolean {
    const { snapshot, outcome, quotes } = known;
    const { accountId, account } = snapshot;
    if (!this.parts.isMine(accountId)) return false;
    const now = this.parts.now();
    const row = this.watchlist.table.rowOf(accountId);
    const hasTraded = row === undefined || this.watchlist.table.activeAt(row) < account.standing.activeAt;
    if (quotes) this.watchlist.tell(account, quotes);
    this.watchlist.put(snapshot, now, waitsForPrice(known));
    this.orders.put(accountId, account.orders, snapshot.rules.execution.primary);
    this.due.put(accountId, nextDue(snapshot, now, outcome === 'close'));
    this.parts.metrics.accounts(this.watchlist.table.size);
    return hasTraded;
  }

  /** Requests a judgement of what came while the account was judged, or lay outside the moment it was judged at. */
  private lookAgain(snapshot: AccountSnapshot, trace: Trace, judged: Moment | undefined, from: number): void {
    const hasMore = this.progress.look(snapshot, this.parts.now());
    const moment = this.catchUp.next(snapshot, from, judged);
    // Trades that a judgement without a moment could not count, for want of a good book, wait for the next one.
    if (moment || (hasMore && judged)) this.request(snapshot.accountId, trace, moment);
  }

  private forget(id: AccountId, left?: Account): void {
    this.watchlist.remove(id, left);
    this.orders.remove(id);
    this.due.remove(id);
    this.progress.forget(id);
    this.catchUp.forget(id);
    this.parts.metrics.accounts(this.watchlist.table.size);
  }
}
