import type { AccountEvent } from '../../account/account-event';
import type { ClosingReason } from '../../account/orders/order';
import type { DeadlineName, LimitName } from '../../account/rule-name';
import type { InstrumentId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import type { Usd } from '../../kernel/money';
import type { Consistency, RuleRoom } from '../rules/rule-set';

/** A rule that time alone breaks: at `dueAt` or after it. A missing stop is that of a position. */
export type Deadline = {
  readonly rule: DeadlineName;
  readonly dueAt: Instant;
  readonly instrument?: InstrumentId;
};

/** What an assessment still has to show before it passes; `have` of `need`, in the unit that its name says. */
export type Gate = {
  readonly gate: 'target_usd' | 'flat_positions' | 'trades' | 'days' | 'best_day_ppm' | 'best_trade_ppm';
  readonly have: bigint;
  readonly need: bigint;
  readonly isMet: boolean;
};

/** The best day, or trade, made `usedUsd` of `totalUsd` where `limitUsd` was the most: it fails in place of a pass. */
export type TooLargeShare = {
  readonly kind: 'share';
  readonly rule: 'consistency';
  readonly per: Consistency['per'];
  readonly limitUsd: Usd;
  readonly usedUsd: Usd;
  readonly totalUsd: Usd;
};

export type Broken =
  | ({ readonly kind: 'limit' } & RuleRoom)
  | ({ readonly kind: 'deadline' } & Deadline)
  | TooLargeShare;

export type Verdict =
  | { readonly kind: 'open' }
  | { readonly kind: 'failed'; readonly broken: Broken }
  | { readonly kind: 'passed' }
  /** Not a violation: trading stops until the next day; `closes` closes every position as well. */
  | { readonly kind: 'paused'; readonly rule: LimitName; readonly closes: boolean }
  /** The tier closes positions, and the assessment goes on. */
  | { readonly kind: 'close'; readonly reason: ClosingReason; readonly instruments: readonly InstrumentId[] };

export type Judgement = {
  /** What the account is worth, as far as is known: exactly, unless something of it has no price. */
  readonly equityUsd: Usd;
  /** At least, and at most: what fails is broken even at most, what passes is met even at least. */
  readonly worstUsd: Usd;
  readonly bestUsd: Usd;
  readonly unpriced: readonly InstrumentId[];
  /** The limit that is broken at what the account is expected to be worth, and not at the most that it can be. */
  readonly inDoubt: LimitName | null;
  readonly balanceUsd: Usd;
  /** At `equityUsd`. */
  readonly rooms: readonly RuleRoom[];
  readonly deadlines: readonly Deadline[];
  /** At `worstUsd`. */
  readonly gates: readonly Gate[];
  /** What the account has to remember of limits that prices break, or no longer do. */
  readonly touches: readonly AccountEvent[];
  readonly verdict: Verdict;
};
