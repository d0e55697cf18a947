import type { Envelope } from '../../contracts/topics/envelope';
import type { TradingDay } from '../../domain/assessment/trading-day';
import type { AccountId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Quote } from '../../domain/market/book';
import type { Judged } from '../../usecases/judge-account';
import type { AccountSnapshot, EquityPoint, OpenAccounts } from '../../usecases/ports/account-store';
import type { Trace } from '../../usecases/ports/edge';
import type { AccountMark, Marks } from '../../usecases/ports/marks';
import { AccountIndex } from './account-index';
import { JudgeQueue } from './judge-queue';
import { QuoteCache } from './quote-cache';
import type { RiskMetrics } from './risk-metrics';

type EngineParts = {
  readonly judge: (id: AccountId, trace: Trace) => Promise<Judged>;
  readonly mark: (snapshot: AccountSnapshot, quotes: readonly Quote[], at: Instant) => AccountMark | undefined;
  readonly dayAt: (at: Instant, rules: AccountSnapshot['rules']) => TradingDay;
  readonly openAccounts: OpenAccounts;
  readonly marks: Pick<Marks, 'publish' | 'watched'>;
  readonly now: () => Instant;
  readonly newTrace: () => Trace;
  readonly staleAfterMs: number;
  readonly metrics: RiskMetrics;
  readonly onFailure: (error: unknown, what: string, accountId?: AccountId) => void;
};

const WORKERS_MAX = 8;
const PAGE = 500;
const AGAIN_MS = 500;
/** Somebody who just began to look gets a mark even while prices stand still. */
const MARK_EVERY_MS = 5_000;

/** Watches every open account between its orders. It selects; `judge` decides and saves, guarded by the version. */
export class RiskEngine {
  private readonly index = new AccountIndex();
  private readonly quotes: QuoteCache;
  private readonly queue: JudgeQueue;
  private readonly touched = new Set<AccountId>();
  private readonly markedAt = new Map<AccountId, Instant>();
  private watched: ReadonlySet<AccountId> = new Set();

  constructor(private readonly parts: EngineParts) {
    this.quotes = new QuoteCache(parts.staleAfterMs);
    this.queue = new JudgeQueue({ judge: (id, trace) => this.judge(id, trace), workersMax: WORKERS_MAX });
  }

  /**
   * Takes every open account that it does not know in this state, and judges it. Run at start, after the events'
   * position was taken, and now and then: an event that could not be read is made up for here.
   */
  async reconcile(): Promise<void> {
    let after: AccountId | undefined;
    for (;;) {
      const page = await this.parts.openAccounts.page(after, PAGE);
      for (const snapshot of page) {
        if (this.index.put(snapshot)) this.queue.request(snapshot.accountId, this.parts.newTrace());
      }
      this.parts.metrics.accounts(this.index.size);
      after = page.at(-1)?.accountId;
      if (page.length < PAGE || after === undefined) return;
    }
  }

  onEvent(event: Envelope): void {
    if (event.type === 'market-data.quote') this.onQuote(event);
    else if (event.accountVersion !== null && 'accountId' in event.data) {
      this.onAccountEvent(event, event.data.accountId, event.accountVersion);
    }
  }

  /** Opens the trading day of every account that is still in an earlier one. */
  rollDays(): void {
    const now = this.parts.now();
    const days = new Map<string, string>();
    for (const { accountId, account, rules } of this.index.all()) {
      const cut = `${rules.dayZone} ${rules.dayResetAt}`;
      const day = days.get(cut) ?? this.parts.dayAt(now, rules).day;
      days.set(cut, day);
      if (day > account.day) this.queue.request(accountId, this.parts.newTrace());
    }
  }

  async refreshWatched(): Promise<void> {
    this.watched = await this.parts.marks.watched();
    for (const id of this.markedAt.keys()) if (!this.watched.has(id)) this.markedAt.delete(id);
    for (const id of this.touched) if (!this.watched.has(id)) this.touched.delete(id);
  }

  /** Publishes the marks of watched accounts whose prices or state changed since the last time. */
  async publishMarks(): Promise<void> {
    const now = this.parts.now();
    const due = [...this.watched].filter(
      (id) => this.touched.has(id) || now - (this.markedAt.get(id) ?? 0) >= MARK_EVERY_MS,
    );
    for (const id of due) {
      this.touched.delete(id);
      const mark = this.markOf(id, now);
      if (!mark) continue;
      this.markedAt.set(id, now);
      await this.parts.marks.publish(mark);
    }
  }

  /** A point on the equity curve of every account that has something at stake. */
  async recordEquity(): Promise<void> {
    const now = this.parts.now();
    const exposed = this.index.all().filter(({ account }) => account.positions.length > 0);
    const points: (EquityPoint & { readonly accountId: AccountId })[] = [];
    for (const { accountId } of exposed) {
      const mark = this.markOf(accountId, now);
      if (mark) points.push({ accountId, at: now, equityUsd: mark.equityUsd, balanceUsd: mark.balanceUsd });
    }
    for (let from = 0; from < points.length; from += PAGE) {
      await this.parts.openAccounts.recordEquity(points.slice(from, from + PAGE));
    }
  }

  /** Resolves when every requested judgement is done. */
  idle(): Promise<void> {
    return this.queue.idle();
  }

  close(): Promise<void> {
    return this.queue.close();
  }

  private onQuote(event: Envelope<'market-data.quote'>): void {
    const now = this.parts.now();
    const { instrument } = event.data;
    if (!this.quotes.take(event.data, now)) return;
    for (const id of this.index.candidates(instrument, (other) => this.quotes.exitPrices(other, now))) {
      this.parts.metrics.selected();
      this.queue.request(id, traceOf(event));
    }
    if (this.watched.size > 0) {
      for (const id of this.index.holdersOf(instrument)) if (this.watched.has(id)) this.touched.add(id);
    }
    this.parts.metrics.quoteSeen(now - event.data.receivedAt);
  }

  private onAccountEvent(event: Envelope, accountId: AccountId, version: number): void {
    if (event.type === 'assessment.abandoned' || event.type === 'assessment.completed') {
      this.forget(accountId);
      return;
    }
    const known = this.index.get(accountId);
    // What it knows as of this version it has judged as of this version.
    if (!known || known.version < version) this.queue.request(accountId, traceOf(event));
  }

  private async judge(id: AccountId, trace: Trace): Promise<number | undefined> {
    try {
      const judged = await this.parts.judge(id, trace);
      this.parts.metrics.judged(judged.outcome);
      return this.learn(id, judged);
    } catch (error) {
      this.parts.onFailure(error, 'an account could not be judged', id);
      return AGAIN_MS;
    }
  }

  private learn(id: AccountId, judged: Judged): number | undefined {
    switch (judged.outcome) {
      case 'open':
        this.index.put({ ...judged.snapshot, version: judged.version });
        if (this.watched.has(id)) this.touched.add(id);
        this.parts.metrics.accounts(this.index.size);
        return undefined;
      case 'unpriced':
        this.index.put(judged.snapshot);
        return undefined;
      case 'busy':
        return AGAIN_MS;
      case 'failed':
      case 'passed':
      case 'closed':
      case 'unknown':
        this.forget(id);
        return undefined;
    }
  }

  private forget(id: AccountId): void {
    this.index.remove(id);
    this.touched.delete(id);
    this.parts.metrics.accounts(this.index.size);
  }

  private markOf(id: AccountId, now: Instant): AccountMark | undefined {
    const snapshot = this.index.get(id);
    if (!snapshot) return undefined;
    const held = snapshot.account.positions.map((position) => position.instrument);
    return this.parts.mark(snapshot, this.quotes.fresh(held, now), now);
  }
}

const traceOf = ({ correlationId, traceparent }: Envelope): Trace => ({ correlationId, traceparent });
