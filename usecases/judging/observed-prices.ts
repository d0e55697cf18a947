import { equityOf } from '../../domain/account/account';
import type { AccountEvent } from '../../domain/account/account-event';
import { presentSince } from '../../domain/account/standing/standing';
import { marksOf } from '../../domain/assessment/context/marks';
import { raiseHighWater } from '../../domain/assessment/judging/high-water-mark';
import { tradingDayAt } from '../../domain/assessment/rules/trading-day';
import type { Instant } from '../../domain/kernel/instant';
import type { Usd } from '../../domain/kernel/money';
import type { Quote } from '../../domain/market/book';
import type { AccountSnapshot, Fence } from '../ports/accounts/account-store';
import type { SeenPrices } from '../trading/load-context';

/**
 * What an engine saw, and the right by which it judges: without quotes at the prices of now. `peak`: the best prices
 * since the last judgement; what the account was worth at them is computed again.
 */
export type ObservedPrices = (SeenPrices | { readonly quotes?: never; readonly at?: never }) & {
  readonly fence?: Fence;
  readonly peak?: { readonly equityUsd: Usd; readonly quotes: readonly Quote[] };
  /** What to look at instead, where the account as it was loaded is news to the engine. */
  readonly lookBack?: (loaded: AccountSnapshot) => Promise<ObservedPrices | undefined>;
};

/** Prices seen at `at` say nothing about what the account did, or which day it began, after them. */
export const isOfPresent = ({ account, rules }: AccountSnapshot, at: Instant): boolean =>
  at >= presentSince(account.standing) && tradingDayAt(at, rules).day >= account.day;

/** The marks that the account reached between two judgements, as far as the prices are of its present state. */
export function peakReached(
  { account, rules }: AccountSnapshot,
  quotes: readonly Quote[],
  until: Instant,
): readonly AccountEvent[] {
  const at = quotes.reduce<Instant | undefined>(
    (latest, { receivedAt }) => (latest === undefined || receivedAt > latest ? receivedAt : latest),
    undefined,
  );
  const isOfToday = at !== undefined && at <= until && tradingDayAt(at, rules).day === account.day;
  if (!isOfToday || at < presentSince(account.standing)) return [];
  return raiseHighWater(rules, account, equityOf(account, marksOf(quotes)).worstUsd, at);
}
