import { type Account, balanceOf, equityOf, type Marks } from '../account/account';
import type { InstrumentId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import { addUsd, type Usd } from '../kernel/money';
import { firstBroken, type RuleRoom, type RuleSet, roomsOf } from './rules';
import { tradingDayAt } from './trading-day';

export type AssessmentStatus = 'active' | 'passed' | 'failed';

export type Judgement = {
  readonly equityUsd: Usd;
  readonly balanceUsd: Usd;
  readonly rooms: readonly RuleRoom[];
  readonly verdict:
    | { readonly kind: 'open' }
    | { readonly kind: 'failed'; readonly broken: RuleRoom }
    | { readonly kind: 'passed' };
};

/** Without a good, fresh price for every position there is nothing to judge by. */
export type Unjudged = { readonly unpriced: readonly InstrumentId[] };

/** Moves the account into the trading day of `at`: its balance becomes the day's anchor. The same account otherwise. */
export function openDay(account: Account, rules: RuleSet, at: Instant): Account {
  const { day } = tradingDayAt(at, rules);
  return day > account.day ? { ...account, day, dayAnchorUsd: balanceOf(account) } : account;
}

/**
 * Decides an active account's fate at these prices. A breach beats a pass. The target counts closed profit only:
 * the balance has to reach it with every position closed and the minimum of trades complete.
 */
export function judge(rules: RuleSet, account: Account, marks: Marks): Judgement | Unjudged {
  const equityUsd = equityOf(account, marks);
  if (equityUsd === undefined) {
    const instruments = account.positions.map((position) => position.instrument);
    return { unpriced: instruments.filter((instrument) => !marks.has(instrument)) };
  }
  const balanceUsd = balanceOf(account);
  const rooms = roomsOf(rules, { account, equityUsd, marks });
  const broken = firstBroken(rooms);
  if (broken) return { equityUsd, balanceUsd, rooms, verdict: { kind: 'failed', broken } };
  const isPassed =
    account.positions.length === 0 &&
    account.tradesClosed >= rules.tradesMin &&
    balanceUsd >= addUsd(rules.startingUsd, rules.profitTargetUsd);
  return { equityUsd, balanceUsd, rooms, verdict: { kind: isPassed ? 'passed' : 'open' } };
}
