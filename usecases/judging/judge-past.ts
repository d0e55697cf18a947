import type { Marks } from '../../domain/account/account';
import type { AccountEvent } from '../../domain/account/account-event';
import { fold } from '../../domain/account/evolve';
import { presentSince } from '../../domain/account/standing/standing';
import { advanceAccount } from '../../domain/assessment/commands/advance-account';
import { STALE_AFTER_MS } from '../../domain/assessment/context/decision-context';
import { marksAt } from '../../domain/assessment/context/marks';
import { raiseHighWater } from '../../domain/assessment/judging/high-water-mark';
import { judge } from '../../domain/assessment/judging/judge';
import { touchDueAt } from '../../domain/assessment/judging/touched-limits';
import { mayWork } from '../../domain/assessment/pre-trade/may-work';
import { tradingDayAt } from '../../domain/assessment/rules/trading-day';
import type { InstrumentId } from '../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../domain/kernel/instant';
import { type Book, pastQuoteOf, type Quote, quoteOf } from '../../domain/market/book';
import { bookOf } from '../../domain/market/mark';
import type { AccountSnapshot } from '../ports/accounts/account-store';
import type { Trace } from '../ports/clock-and-ids';
import { SPAN_MS, TOLD_KEPT_MS, type ToldPrices } from '../ports/market-data/told-prices';
import { HEARD_WITHIN_MS, type JudgedUntil } from '../ports/operations/judged-until';
import { type ContextParts, loadContext } from '../trading/load-context';
import type { Judged } from './judge-account';
import type { ObservedPrices } from './observed-prices';
import { mayDecide, spansBetween, widest } from './told-extremes';

export type JudgePastParts = ContextParts & {
  readonly told: ToldPrices;
  readonly judgedUntil: Pick<JudgedUntil, 'of'>;
  readonly judge: (id: AccountSnapshot['accountId'], trace: Trace, seen: ObservedPrices) => Promise<Judged>;
};

/**
 * `present`: no price that was told before decides anything that has not been decided. `judged`: one did, and the
 * account is another now. `behind`: what was told since it was last judged is not all kept, so nobody can say.
 */
export type PastJudged = 'present' | 'judged' | 'behind';

/**
 * Judges an account at what was told since it was last judged, each price at its own time and the earliest that
 * decides something first, as the engine does: a command must not carry an account past a price that nobody has judged
 * it at. Where the engine has come late, or is away, this is who judges.
 */
export const judgePast =
  (parts: JudgePastParts) =>
  async (snapshot: AccountSnapshot, trace: Trace, until: Instant): Promise<PastJudged> => {
    const ids = concerning(snapshot);
    if (ids.length === 0 || snapshot.status !== 'active') return 'present';
    const present = presentSince(snapshot.account.standing);
    const kept = plusMs(until, -TOLD_KEPT_MS);
    const [{ reach = until, spans }, judged] = await Promise.all([
      parts.told.lately(ids, latest(present, kept)),
      parts.judgedUntil.of(snapshot.accountId),
    ]);
    const from = latest(reach, kept);
    // An engine may have heard of the account as it is now a little later than of prices that it had judged by then.
    const since = latest(from, present, judged === undefined ? present : plusMs(judged, -HEARD_WITHIN_MS));
    const walk = new Walk(parts, snapshot, trace);
    const all = [...spansBetween(spans, since, until)];
    // Nearly always the extremes of all of them together say that nothing was decided.
    const isWhole = all.every(({ extremes }) => extremes.size === ids.length);
    const together = { extremes: widest(all), past: NOTHING, until };
    const isQuiet = isWhole && !mayDecide(snapshot, together);
    for (const { startsAt, extremes } of isQuiet ? [] : all) {
      if (walk.isOver) break;
      const end = endOf(startsAt, until);
      const past = await walk.pastOf(
        ids.filter((id) => !extremes.has(id)),
        startsAt,
      );
      if (!mayDecide(walk.known, { extremes, past, until: end })) continue;
      const before = plusMs(latest(startsAt, since), -STALE_AFTER_MS);
      const tops = await parts.told.tops(ids, before, end);
      await walk.through(tops, latest(startsAt, since), end);
    }
    await walk.end();
    if (walk.hasJudged) return 'judged';
    const isBehind = latest(present, judged ?? present) < from && snapshot.account.positions.length > 0;
    return isBehind ? 'behind' : 'present';
  };

/** One account on its way through the prices that were told. */
class Walk {
  /** Something was decided: the account that was asked about is another. */
  hasJudged = false;
  /** The assessment has ended, or others keep going first. */
  isOver = false;
  private peak: (NonNullable<ObservedPrices['peak']> & { readonly at: Instant }) | undefined;
  private context: ReturnType<typeof loadContext> | undefined;

  /** `known`: the account, with the peaks that nobody has saved yet. */
  constructor(
    private readonly parts: JudgePastParts,
    public known: AccountSnapshot,
    private readonly trace: Trace,
  ) {}

  /** What was good last of these instruments, where that was before `at`: of a market that has closed it is all there is. */
  async pastOf(ids: readonly InstrumentId[], at: Instant): Promise<ReadonlyMap<InstrumentId, Quote>> {
    if (ids.length === 0) return NOTHING;
    this.context ??= loadContext(this.parts, this.known, []);
    const { books } = await this.context;
    const quotes = ids.flatMap((id) => {
      const book = books.get(id);
      const past = book && pastQuoteOf(book);
      return past && past.receivedAt < at ? [[id, past] as const] : [];
    });
    return new Map(quotes);
  }

  /**
   * Judges at each of them that decides something, of those received at `from` or later, and between them, and until
   * `end`, when a limit had been touched for as long as the rules ask.
   */
  async through(tops: readonly Book[], from: Instant, end: Instant): Promise<void> {
    const books = new Map<InstrumentId, Book>();
    const told = new Set(tops.map(({ instrument }) => instrument));
    const past = await this.pastOf(
      concerning(this.known).filter((id) => !told.has(id)),
      from,
    );
    const since = presentSince(this.known.account.standing);
    let isBegun = from > since;
    const begin = async (): Promise<void> => {
      if (!isBegun) await this.begin(past, books, since);
      isBegun = true;
    };
    for (const top of tops) {
      if (top.receivedAt > since) await begin();
      if (this.isOver) return;
      // A book that grew old is told once more, as of its own time: until then it was good.
      if (top.quality !== 'good' && books.get(top.instrument)?.receivedAt === top.receivedAt) continue;
      await this.stand(past, books, top.receivedAt);
      if (this.isOver) return;
      books.set(top.instrument, top);
      const at = top.receivedAt;
      const quote = quoteOf(top);
      // What was told in the very millisecond of a fill may stand beside prices of before it.
      if (!quote || at < from || at <= presentSince(this.known.account.standing)) continue;
      const marks = new Map([...past, ...marksAt(books, at)]);
      if (!this.meets(quote, marks, at) || !(await this.decides(marks, at))) continue;
      await this.judgeAt({ quotes: [...marks.values()], at });
      if (this.isOver) return;
    }
    await begin();
    if (!this.isOver) await this.stand(past, books, end);
  }

  /** At the prices that it changed at it may break a limit already, and they may be lost before another comes. */
  private async begin(past: Marks, books: ReadonlyMap<InstrumentId, Book>, at: Instant): Promise<void> {
    const { rules, account } = this.known;
    const marks = new Map([...past, ...marksAt(books, at)]);
    if (account.positions.some(({ instrument }) => !marks.has(instrument))) return;
    if (tradingDayAt(at, rules).day !== account.day) return;
    const { verdict, touches } = judge(rules, account, marks, at);
    if (verdict.kind === 'failed' || touches.length > 0) await this.judgeAt({ quotes: [...marks.values()], at });
  }

  /** What was touched for long enough by then is judged at the prices of that instant. */
  private async stand(past: Marks, books: ReadonlyMap<InstrumentId, Book>, until: Instant): Promise<void> {
    const { rules, account } = this.known;
    const at = touchDueAt(rules, account);
    if (at === undefined || at > until || at < presentSince(account.standing)) return;
    await this.judgeAt({ quotes: [...new Map([...past, ...marksAt(books, at)]).values()], at });
  }

  /** A peak that decided nothing is saved all the same: a fill after it would have it forgotten. */
  async end(): Promise<void> {
    if (this.peak && !this.isOver) await this.judgeAt(this.peak);
  }

  /** Whether the prices of this moment may decide something; a new peak is remembered. */
  private meets(quote: Quote, marks: Marks, at: Instant): boolean {
    const { rules, account } = this.known;
    const { day } = tradingDayAt(at, rules);
    if (day !== account.day) return day > account.day;
    const those = account.orders.filter(({ instrument }) => instrument === quote.instrument);
    const isMet = those.some((order) => mayWork(order, quote, rules.execution.primary));
    // What was told of it before is not known: nothing can be said of this moment.
    if (account.positions.some(({ instrument }) => !marks.has(instrument))) return isMet;
    const { worstUsd, verdict, touches } = judge(rules, account, marks, at);
    if (isMet || verdict.kind !== 'open' || touches.length > 0) return true;
    const raised = raiseHighWater(rules, account, worstUsd, at);
    if (raised.length > 0) {
      this.known = { ...this.known, account: fold(rules, account, raised) };
      this.peak = { equityUsd: worstUsd, quotes: [...marks.values()], at };
    }
    return false;
  }

  /** Whether anything would happen to the account at that moment: most orders that are met go on as they were. */
  private async decides(marks: Marks, at: Instant): Promise<boolean> {
    const { status, account } = this.known;
    this.context ??= loadContext(this.parts, this.known, []);
    const { primary } = this.known.rules.execution;
    const books = new Map([...marks].map(([id, quote]) => [id, bookOf(quote, primary)] as const));
    const advanced = advanceAccount({ ...(await this.context), account, at, books });
    if (advanced.status !== status || advanced.after.length > 0) return true;
    // A pause that is remembered began after these prices: what it closes is closed at the prices of now.
    const isOfPause = account.standing.day.isPaused && advanced.before.every(isClosing);
    return advanced.before.length > 0 && !isOfPause;
  }

  private async judgeAt({ quotes, at }: { readonly quotes: readonly Quote[]; readonly at: Instant }): Promise<void> {
    const { known, peak, trace } = this;
    const judged = await this.parts.judge(known.accountId, trace, { quotes, at, ...(peak && { peak }) });
    this.peak = undefined;
    this.context = undefined;
    this.hasJudged = true;
    if ('snapshot' in judged) this.known = judged.snapshot;
    this.isOver = !('snapshot' in judged) || judged.snapshot.status !== 'active';
  }
}

const isClosing = (event: AccountEvent): boolean =>
  (event.kind === 'order_placed' && event.order.origin === 'desk') ||
  (event.kind === 'order_filled' && event.fill.closedFor !== undefined);

const NOTHING: ReadonlyMap<InstrumentId, Quote> = new Map();

const concerning = ({ account: { positions, orders } }: AccountSnapshot): readonly InstrumentId[] => [
  ...new Set([...positions, ...orders].map(({ instrument }) => instrument)),
];

const endOf = (startsAt: Instant, until: Instant): Instant => instant(Math.min(plusMs(startsAt, SPAN_MS - 1), until));

const latest = (...instants: readonly Instant[]): Instant => instant(Math.max(...instants));
