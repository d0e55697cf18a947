import type { Account } from '../../domain/account/account';
import type { AccountEvent } from '../../domain/account/account-event';
import { afterFill } from '../../domain/account/after-fill';
import { fold } from '../../domain/account/evolve';
import { type FilledAt, type FillMade, fillOf } from '../../domain/account/fill';
import { fillEntries } from '../../domain/account/positions/ledger';
import { openDay } from '../../domain/assessment/judging/day';
import { raiseHighWater } from '../../domain/assessment/judging/high-water-mark';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import type { Instant } from '../../domain/kernel/instant';
import type { Usd } from '../../domain/kernel/money';

/** What a decision made happen, and the account that it leaves. */
export type Decided = { readonly account: Account; readonly events: readonly AccountEvent[] };

type FilledTicket = Parameters<typeof fillOf>[1];

type Decider = { readonly rules: RuleSet; readonly account: Account };

export const decidedOn = ({ rules, account }: Decider, events: readonly AccountEvent[]): Decided => ({
  account: fold(rules, account, events),
  events,
});

/** The account in the trading day of `at`. */
export const inDayOf = (account: Account, rules: RuleSet, at: Instant, equityUsd?: Usd): Account =>
  fold(rules, account, openDay(rules, account, at, equityUsd));

/** The account once it was judged at this equity. */
export const raisedBy = (
  rules: RuleSet,
  account: Account,
  equityUsd: Usd,
  at: Instant = account.standing.peaks.at,
): Account => fold(rules, account, raiseHighWater(rules, account, equityUsd, at));

/** One fill, with the account and the posting that it leaves. */
export function filledOn({ rules, account }: Decider, ticket: FilledTicket, where: FilledAt, made: FillMade) {
  const fill = fillOf(account, ticket, where, made);
  return { fill, account: afterFill(rules, account, fill), ledger: fillEntries(fill) };
}
