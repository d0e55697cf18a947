import { deadlinesOf } from '../../domain/assessment/judging/deadlines';
import { touchDueAt } from '../../domain/assessment/judging/touched-limits';
import { dailyFlatOf } from '../../domain/assessment/rules/daily-flat';
import { tradingDayAt } from '../../domain/assessment/rules/trading-day';
import type { AccountId } from '../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../domain/kernel/instant';
import type { AccountSnapshot } from '../../usecases/ports/accounts/account-store';
import type { Known } from './engine-parts';

const SECOND_MS = 1_000;
/** An account that was due, and could not be decided or closed for want of a price, is due again after this long. */
const AGAIN_MS = 5_000;
/** Whoever may hold nothing over news is looked at this often: news may be scheduled at any time. */
const NEWS_MS = 60_000;

/**
 * The next instant at which time does something to the account: a day ends, a deadline comes, an order expires. With
 * something left to close it is due already.
 */
export function nextDue({ account, rules }: AccountSnapshot, now: Instant, isToClose = false): Instant {
  const expiries = account.orders.flatMap(({ terms }) =>
    terms.type === 'limit' && terms.timeInForce.kind === 'gtd' ? [terms.timeInForce.expiresAt] : [],
  );
  const deadlines = deadlinesOf(rules, account).map(({ dueAt }) => dueAt);
  const { day, endsAt } = tradingDayAt(now, rules);
  const touched = touchDueAt(rules, account) ?? endsAt;
  const flat = dailyFlatOf(rules, now);
  const windows = flat && now < flat.from ? [flat.from] : [];
  if (rules.conduct.news?.bars === 'positions' && account.positions.length > 0) windows.push(plusMs(now, NEWS_MS));
  const coming = [day > account.day || isToClose ? now : endsAt, touched, ...deadlines, ...expiries, ...windows];
  const first = Math.min(...coming);
  return instant(first > now ? first : now + AGAIN_MS);
}

/** What is to be closed, and has no price, is closed at the first price that it has. */
export const waitsForPrice = ({ outcome, judgement }: Known): boolean =>
  (outcome === 'close' || outcome === 'paused') && (judgement?.unpriced.length ?? 0) > 0;

/** Accounts by the second in which something is due for them. */
export class DueAccounts {
  private readonly bySecond = new Map<number, Set<AccountId>>();
  private readonly secondOf = new Map<AccountId, number>();
  private until: number;

  constructor(now: Instant) {
    this.until = Math.floor(now / SECOND_MS);
  }

  put(id: AccountId, at: Instant): void {
    this.remove(id);
    // A second that has gone by is looked at no more: what is late goes into the next one.
    const second = Math.max(secondOf(at), this.until + 1);
    const known = this.bySecond.get(second) ?? new Set();
    known.add(id);
    this.bySecond.set(second, known);
    this.secondOf.set(id, second);
  }

  remove(id: AccountId): void {
    const second = this.secondOf.get(id);
    if (second === undefined) return;
    this.secondOf.delete(id);
    const those = this.bySecond.get(second);
    those?.delete(id);
    if (those?.size === 0) this.bySecond.delete(second);
  }

  /** Takes out whatever is due by now; what is not ready to be looked at is due again in a second. */
  take(now: Instant, isReady: (id: AccountId, now: Instant) => boolean): readonly AccountId[] {
    const last = Math.floor(now / SECOND_MS);
    const due: AccountId[] = [];
    const seconds = [...this.bySecond.keys()].filter((second) => second <= last);
    for (const second of seconds.sort((a, b) => a - b)) {
      for (const id of this.bySecond.get(second) ?? []) {
        due.push(id);
        this.secondOf.delete(id);
      }
      this.bySecond.delete(second);
    }
    if (last > this.until) this.until = last;
    return due.filter((id) => {
      const isTaken = isReady(id, now);
      if (!isTaken) this.put(id, now);
      return isTaken;
    });
  }
}

/** An instant inside a second is due when that second is over: never early. */
const secondOf = (at: Instant): number => Math.ceil(at / SECOND_MS);
