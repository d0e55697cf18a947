import { type Account, equityOf, type Marks } from '../../../domain/account/account';
import type { AccountEvent } from '../../../domain/account/account-event';
import { fold } from '../../../domain/account/evolve';
import { presentSince } from '../../../domain/account/standing/standing';
import { raiseHighWater } from '../../../domain/assessment/judging/high-water-mark';
import { judge } from '../../../domain/assessment/judging/judge';
import type { Judgement } from '../../../domain/assessment/judging/judgement';
import { touchDueAt } from '../../../domain/assessment/judging/touched-limits';
import { warnOf } from '../../../domain/assessment/judging/warnings';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { tradingDayAt } from '../../../domain/assessment/rules/trading-day';
import type { AccountId, InstrumentId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Price, Usd } from '../../../domain/kernel/money';
import { pastOf, type Quote } from '../../../domain/market/book';
import type { AccountSnapshot } from '../../../usecases/ports/accounts/account-store';
import { priceOf } from './as-float';
import { EquityPath, type RecordedPoint } from './equity-path';
import { OpenAccountTable } from './open-accounts';
import { Selection } from './selection';
import { QuoteTape } from './tape';
import { watchedOf } from './watched-account';

/** What exact numbers said of an account that a price selected. */
export type Examined =
  /** Nothing to save, or prices that are older than the account's state. */
  | { readonly kind: 'nothing' }
  /** A verdict or a warning. */
  | { readonly kind: 'decided'; readonly judgement: Judgement }
  /** It holds something of which nothing was heard here: whoever knows more has to be asked. */
  | { readonly kind: 'unknown' }
  /** The account is in an earlier trading day than the prices: that has to be opened first. */
  | { readonly kind: 'day_over' };

/** A new peak that only memory knows, with the quotes that made it. */
export type Peak = { readonly equityUsd: Usd; readonly quotes: readonly Quote[]; readonly at: Instant };

const NOTHING: Examined = { kind: 'nothing' };
const UNKNOWN: Examined = { kind: 'unknown' };

/** Open accounts, which of them a quote may decide something about, and what exact numbers say of those. */
export class Watchlist {
  readonly table = new OpenAccountTable();
  readonly selection: Selection;
  readonly tape: QuoteTape;
  private readonly path: EquityPath;
  private readonly numbers = new Map<InstrumentId, number>();
  /** Peaks by row that the table's standing has and the database has not. */
  private readonly peaks = new Map<number, Peak>();
  private readonly waiting = new Set<number>();
  /** By row: when an account whose pause has something left to close was first known so. */
  private readonly pausedAt = new Map<number, Instant>();

  constructor(staleAfterMs: number) {
    this.selection = new Selection(staleAfterMs);
    this.tape = new QuoteTape(staleAfterMs);
    this.path = new EquityPath(this.tape, staleAfterMs);
  }

  /** Takes the account in a state that is saved and was judged; one that `waits` is named by any price. Answers its row. */
  put(snapshot: AccountSnapshot, now: Instant, waits = false): number {
    const before = this.table.rowOf(snapshot.accountId);
    const isNews = before !== undefined && this.table.versionAt(before) !== snapshot.version;
    if (isNews) this.endPath(before, snapshot.account);
    const row = this.table.put(snapshot);
    this.peaks.delete(row);
    const { positions, standing } = snapshot.account;
    if (!standing.day.isPaused || positions.length === 0) this.pausedAt.delete(row);
    else if (!this.pausedAt.has(row)) this.pausedAt.set(row, now);
    if (waits) this.waiting.add(row);
    else this.waiting.delete(row);
    this.watch(row, snapshot.rules, snapshot.account, now);
    return row;
  }

  /** `left`: the account after its verdict, where there is one. */
  remove(id: AccountId, left?: Account): void {
    const known = this.table.rowOf(id);
    if (known !== undefined) this.endPath(known, left, true);
    const row = this.table.remove(id);
    if (row === undefined) return;
    this.peaks.delete(row);
    this.waiting.delete(row);
    this.pausedAt.delete(row);
    this.selection.remove(row);
  }

  /** The rows of the accounts to examine because of this good quote, ascending; good until the next call. */
  select(quote: Quote): Uint32Array {
    const { instrument, bid, ask, receivedAt } = quote;
    const tick = this.tape.push(instrument, receivedAt, quote);
    const touch = { bid: floatOf(bid), ask: floatOf(ask) };
    return this.selection.tick(this.numberOf(instrument), touch, tick, receivedAt);
  }

  /** The instrument's book is not good: it has no price until it is. */
  lose(instrument: InstrumentId, at: Instant): void {
    this.tape.push(instrument, at, undefined);
    this.selection.lose(this.numberOf(instrument));
  }

  /** Takes what a judgement knew of the prices of all that an account holds, where nothing was heard of them here. */
  tell({ positions }: Account, quotes: readonly Quote[]): void {
    for (const { instrument } of positions) {
      const quote = quotes.find((each) => each.instrument === instrument);
      if (this.tape.latest(instrument)) continue;
      this.tape.tell(instrument, quote);
      const last = quote && pastOf(quote).last;
      if (last) this.selection.tell(this.numberOf(instrument), { bid: floatOf(last.bid), ask: floatOf(last.ask) });
    }
  }

  /** What is known of the prices of these instruments now: good and fresh ones, or what was last good. */
  marksNow(instruments: Iterable<InstrumentId>, now: Instant): readonly Quote[] {
    return [...this.tape.marksAt(instruments, this.tape.latestTick, now).values()];
  }

  isHeld(instrument: InstrumentId): boolean {
    return this.selection.holdersOf(this.numberOf(instrument)).next().done !== true;
  }

  /** Judges the account in exact numbers at the quotes of `tick`, after the peak that it made on the way there. */
  examine(row: number, tick: number, at: Instant): Examined {
    this.notePeak(row);
    const snapshot = this.table.get(row);
    if (!snapshot || at < presentSince(snapshot.account.standing)) return NOTHING;
    const { rules, account } = snapshot;
    const { day } = tradingDayAt(at, rules);
    if (day !== account.day) return day > account.day ? { kind: 'day_over' } : NOTHING;
    for (const instrument of heldBy(account)) if (!this.tape.knows(instrument, tick)) return UNKNOWN;
    const marks = this.tape.marksAt(heldBy(account), tick, at);
    const judgement = judge(rules, account, marks, at);
    const { worstUsd, rooms, verdict, touches } = judgement;
    const raised = raiseHighWater(rules, account, worstUsd, at);
    const isNews = warnOf(account, rooms).length > 0 || touches.length > 0;
    // A pause that is remembered may have begun after these prices: what it closes is closed at later ones.
    const isBeforePause = verdict.kind === 'paused' && at < (this.pausedAt.get(row) ?? at);
    if ((verdict.kind !== 'open' && !isBeforePause) || isNews) return { kind: 'decided', judgement };
    this.raise(row, snapshot, raised, { equityUsd: worstUsd, marks, at });
    return NOTHING;
  }

  /** When a limit that prices have touched has stood for long enough; until then, and without one, nothing. */
  dueBy(row: number, at: Instant): Instant | undefined {
    if (!this.table.isTouched(row)) return undefined;
    const snapshot = this.table.get(row);
    const dueAt = snapshot && touchDueAt(snapshot.rules, snapshot.account);
    return dueAt !== undefined && dueAt <= at ? dueAt : undefined;
  }

  /** Examining the account decided nothing: it stays under watch as it is. */
  keep(row: number): void {
    this.selection.keep(row);
  }

  /** The unsaved peak of the account, if it has one. */
  peakOf(row: number): Peak | undefined {
    this.notePeak(row);
    return this.peaks.get(row);
  }

  /** When the account's unsaved peak was, if it has one. */
  unsavedSince(id: AccountId): Instant | undefined {
    const row = this.table.rowOf(id);
    return row === undefined ? undefined : this.peakOf(row)?.at;
  }

  get hasUnsaved(): boolean {
    return this.unsaved().next().done !== true;
  }

  /** The accounts that have something at stake. */
  *exposed(): Generator<AccountId> {
    for (const id of this.table.ids()) {
      const row = this.table.rowOf(id);
      if (row !== undefined && this.table.hasPositions(row)) yield id;
    }
  }

  /** The curve of equity since the last call, of all accounts that have or had positions, one account at a time. */
  equityPoints(now: Instant): Iterable<readonly RecordedPoint[]> {
    return this.path.unrecorded(this.exposedAccounts(), now);
  }

  private *exposedAccounts(): Generator<AccountSnapshot> {
    // The ids are copied, because accounts come and go while the points are saved.
    for (const id of [...this.exposed()]) {
      const row = this.table.rowOf(id);
      const snapshot = row === undefined ? undefined : this.table.get(row);
      if (snapshot) yield snapshot;
    }
  }

  /** The account's positions change, or it is forgotten: its path up to here has to be taken now. */
  private endPath(row: number, next: Account | undefined, isGone = false): void {
    const known = this.table.hasPositions(row) ? this.table.get(row) : undefined;
    if (!known || (!isGone && next && isHeldAlike(known.account, next))) return;
    // A settlement is no fill and leaves `activeAt` alone, so the path goes to the tape's end.
    const hasTraded = next && next.standing.activeAt > known.account.standing.activeAt;
    this.path.ends(known, hasTraded ? next.standing.activeAt : undefined);
  }

  /** Rows with peaks that nothing but memory knows. */
  *unsaved(): Generator<number> {
    for (const id of this.table.ids()) {
      const row = this.table.rowOf(id);
      if (row !== undefined && (this.peaks.has(row) || this.selection.peakOf(row) > 0)) yield row;
    }
  }

  /** Turns the peak that the selection noted by its tick into exact numbers. */
  private notePeak(row: number): void {
    const tick = this.selection.peakOf(row);
    const snapshot = tick > 0 ? this.table.get(row) : undefined;
    if (!snapshot) return;
    const { rules, account } = snapshot;
    const quotes = this.tape.knownAt(heldBy(account), tick);
    const marks: Marks = new Map(quotes.map((quote) => [quote.instrument, quote]));
    const equityUsd = equityOf(account, marks).worstUsd;
    const at = quotes.reduce((latest, { receivedAt }) => (receivedAt > latest ? receivedAt : latest), NEVER_AT);
    if (at < presentSince(account.standing)) return;
    this.raise(row, snapshot, raiseHighWater(rules, account, equityUsd, at), { equityUsd, marks, at });
  }

  private raise(
    row: number,
    { rules, account }: AccountSnapshot,
    raised: readonly AccountEvent[],
    { equityUsd, marks, at }: { readonly equityUsd: Usd; readonly marks: Marks; readonly at: Instant },
  ): void {
    if (raised.length === 0) return;
    const remembered = fold(rules, account, raised);
    this.table.setStanding(row, remembered.standing);
    this.peaks.set(row, { equityUsd, quotes: [...marks.values()], at });
    this.watch(row, rules, remembered, at);
  }

  private watch(row: number, rules: RuleSet, account: Account, at: Instant): void {
    const watched = watchedOf(rules, account, this.numberOf);
    this.selection.put(row, this.waiting.has(row) ? { ...watched, floorUsd: Number.POSITIVE_INFINITY } : watched, at);
  }

  private readonly numberOf = (instrument: InstrumentId): number => {
    const known = this.numbers.get(instrument);
    if (known !== undefined) return known;
    this.numbers.set(instrument, this.numbers.size);
    return this.numbers.size - 1;
  };
}

const floatOf = (level: { readonly price: Price } | null): number | null => level && priceOf(level.price);

const NEVER_AT = 0 as Instant;

const isHeldAlike = ({ positions }: Account, next: Account): boolean =>
  positions.length === next.positions.length &&
  positions.every(({ instrument, qty, openedAt }, nth) => {
    const other = next.positions[nth];
    return other?.instrument === instrument && other.qty === qty && other.openedAt === openedAt;
  });

function* heldBy({ positions }: Account): Generator<InstrumentId> {
  for (const { instrument } of positions) yield instrument;
}
