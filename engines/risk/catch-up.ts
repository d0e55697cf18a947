import type { Account } from '../../domain/account/account';
import type { Order } from '../../domain/account/orders/order';
import { presentSince } from '../../domain/account/standing/standing';
import { STALE_AFTER_MS } from '../../domain/assessment/context/decision-context';
import type { AccountId, InstrumentId } from '../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../domain/kernel/instant';
import type { Quote } from '../../domain/market/book';
import type { AccountSnapshot } from '../../usecases/ports/accounts/account-store';
import { HEARD_WITHIN_MS } from '../../usecases/ports/operations/judged-until';
import type { OrderWatch } from './order-watch';
import type { Watchlist } from './selection/watchlist';

/**
 * From where on a new owner of a shard reads the quotes when all until `seenUntil` were judged. The overlap decides
 * nothing twice and is needed: partitions of the topic lag behind one another, and an engine hears of a fill or an
 * order a little later than of the quotes and trades that came after it.
 */
export const rereadFrom = (seenUntil: Instant): Instant => plusMs(seenUntil, -HEARD_WITHIN_MS);

/** Every book, quiet or not, is told again within this time. */
const TOLD_WITHIN_MS = 3_000;

/** A quote that an account is to be judged at, by its number on the tape. */
export type Moment = { readonly tick: number; readonly at: Instant };

/**
 * Looks at quotes that have gone by, in the order of their time: those that came while an account was judged, and those
 * since a fill or an order that the engine hears of only now. The first that decides something is the one that counts.
 */
export class CatchUp {
  /**
   * As of which instant the touched limit of an account was judged when it had stood. If it failed nothing then, for
   * want of a price, it waits for one, and time goes on meanwhile.
   */
  private readonly judgedAt = new Map<AccountId, Instant>();

  constructor(
    private readonly watchlist: Watchlist,
    private readonly orders: OrderWatch,
  ) {}

  /** Since when the account differs from what this engine knows of it; undefined: it does not. */
  newsSince({ accountId, version, account }: AccountSnapshot): Instant | undefined {
    const { table } = this.watchlist;
    const row = table.rowOf(accountId);
    if (row === undefined) return account.standing.activeAt;
    if (table.versionAt(row) >= version) return undefined;
    const known = table.get(row)?.account;
    const orders = new Set(known?.orders.map(stateOf));
    const since = account.orders.filter((order) => !orders.has(stateOf(order))).map(({ tapeSeenAt }) => tapeSeenAt);
    if (known === undefined || heldIn(known) !== heldIn(account)) since.push(account.standing.activeAt);
    return since.length > 0 ? instant(Math.min(...since)) : undefined;
  }

  /** Whether the tape still has every quote since then of what the account holds and orders. */
  reaches(snapshot: AccountSnapshot, since: Instant): boolean {
    return this.watchlist.tape.reaches(concerning(snapshot), since);
  }

  /**
   * The first moment since then that decides something about the account: itself included once the tape has come so far
   * with everything, for until then what it has last is not what the account traded at.
   */
  first(snapshot: AccountSnapshot, since: Instant): Moment | undefined {
    const { table, tape } = this.watchlist;
    const row = table.rowOf(snapshot.accountId);
    const instruments = concerning(snapshot);
    const isThere = instruments.every((instrument) => (tape.latest(instrument)?.at ?? 0) >= since);
    // What came in the same millisecond was there: the account traded at it.
    const tick = tape.tickBefore(instruments, plusMs(since, 1));
    if (isThere && row !== undefined && this.watchlist.examine(row, tick, since).kind !== 'nothing') {
      return { tick, at: since };
    }
    return this.next(snapshot, tape.tickBefore(instruments, since));
  }

  /** The moment of the account's last change, where the prices of then are all known here and decide something. */
  atChange(id: AccountId): Moment | undefined {
    const { table, tape } = this.watchlist;
    const row = table.rowOf(id);
    const snapshot = row === undefined ? undefined : table.get(row);
    if (row === undefined || !snapshot) return undefined;
    const at = presentSince(snapshot.account.standing);
    const tick = tape.tickBefore(concerning(snapshot), plusMs(at, 1));
    return this.watchlist.examine(row, tick, at).kind === 'decided' ? { tick, at } : undefined;
  }

  /**
   * The first quote after this tick, and after the account's last change, that decides something about it. `judged`: the
   * moment that it was judged at just now, if it was one that had gone by.
   */
  next(snapshot: AccountSnapshot, tick: number, judged?: Moment): Moment | undefined {
    const { table, tape } = this.watchlist;
    const { accountId, account } = snapshot;
    const row = table.rowOf(accountId);
    const instruments = concerning(snapshot);
    if (row !== undefined && judged && this.watchlist.dueBy(row, judged.at) === judged.at) {
      this.judgedAt.set(accountId, judged.at);
    }
    if (row === undefined || instruments.length === 0) return undefined;
    const from = Math.max(tick, tape.tickBefore(instruments, presentSince(account.standing)));
    for (const { tick: number, at, quote } of tape.after(instruments, from)) {
      const moment = this.decides(row, { tick: number, at });
      if (moment) return moment;
      if (quote && this.orders.isReached(accountId, quote)) return { tick: number, at };
    }
    return undefined;
  }

  /**
   * The moment that decides something once this tick has come: when a touched limit had stood for long enough, at the
   * prices before it, or the tick itself.
   */
  decides(row: number, { tick, at }: Moment): Moment | undefined {
    const dueAt = this.dueBy(row, at);
    if (dueAt !== undefined) {
      const due = { tick: dueAt < at ? tick - 1 : tick, at: dueAt };
      if (this.watchlist.examine(row, due.tick, due.at).kind !== 'nothing') return due;
    }
    return this.watchlist.examine(row, tick, at).kind === 'nothing' ? undefined : { tick, at };
  }

  /** The moment at which a touched limit of this account has stood for long enough by now. */
  touchDue(id: AccountId, now: Instant): Moment | undefined {
    const { table, tape } = this.watchlist;
    const row = table.rowOf(id);
    const at = row === undefined ? undefined : this.dueBy(row, now);
    const snapshot = row === undefined || at === undefined ? undefined : table.get(row);
    return snapshot && at !== undefined
      ? { tick: tape.tickBefore(concerning(snapshot), plusMs(at, 1)), at }
      : undefined;
  }

  /**
   * Whether all was heard that was told before a touched limit had stood for long enough: an unread price may have
   * saved the account. What says nothing for as long as a price is fresh is not waited for.
   */
  readonly isHeardUntilDue = (id: AccountId, now: Instant): boolean => {
    const { table, tape } = this.watchlist;
    const row = table.rowOf(id);
    const dueAt = row === undefined ? undefined : this.dueBy(row, now);
    const snapshot = row === undefined ? undefined : table.get(row);
    if (!snapshot || dueAt === undefined || now >= plusMs(dueAt, STALE_AFTER_MS)) return true;
    return snapshot.account.positions.every(({ instrument }) => (tape.latest(instrument)?.at ?? 0) >= dueAt);
  };

  /**
   * Whether the tape has come to the present with all that the account holds, or it is judged at a moment that has gone
   * by since it changed: what is not told again by then is late, or has no price.
   */
  isHeard({ account }: AccountSnapshot, now: Instant, moment: Moment | undefined): boolean {
    const { tape } = this.watchlist;
    if (moment && moment.at >= presentSince(account.standing)) return true;
    return account.positions.every(({ instrument }) => (tape.latest(instrument)?.at ?? 0) >= now - TOLD_WITHIN_MS);
  }

  forget(id: AccountId): void {
    this.judgedAt.delete(id);
  }

  /** When a touched limit had stood for long enough, if that was not judged yet. */
  private dueBy(row: number, at: Instant): Instant | undefined {
    const dueAt = this.watchlist.dueBy(row, at);
    const id = dueAt === undefined ? undefined : this.watchlist.table.idAt(row);
    return id !== undefined && this.judgedAt.get(id) === dueAt ? undefined : dueAt;
  }

  /** The quotes of the moment, of everything that the account holds or orders. */
  quotesAt(id: AccountId, { tick, at }: Moment): readonly Quote[] {
    const { table, tape } = this.watchlist;
    const row = table.rowOf(id);
    const known = row === undefined ? undefined : table.get(row);
    return [...tape.marksAt(known ? concerning(known) : [], tick, at).values()];
  }
}

/** What the account holds or orders. */
const concerning = ({ account: { positions, orders } }: AccountSnapshot): readonly InstrumentId[] => [
  ...new Set([...positions, ...orders].map(({ instrument }) => instrument)),
];

/** This text differs when the account has traded, even in the same millisecond as before. */
const heldIn = ({ positions, standing }: Account): string =>
  [standing.activeAt, ...positions.map(({ instrument, qty, costUsd }) => `${instrument} ${qty} ${costUsd}`)].join(';');

/** This text differs when the order was placed, amended or triggered, from when on every price counts for it. */
const stateOf = ({ orderId, bookSequence, tapeSeenAt }: Order): string => `${orderId} ${bookSequence} ${tapeSeenAt}`;
