import type { Account } from '../../account/account';
import { extended, heldSince, isRunning } from '../../account/standing/hold';
import { DAY_MS, type Instant, plusMs } from '../../kernel/instant';
import type { RuleSet } from '../rules/rule-set';
import type { Deadline } from './judgement';
import { stopDueAt, unprotected } from './stops';

/**
 * The instants at which time alone breaks a rule unless something happens before, the earliest first. While an account
 * is held, and may not trade, those that ask for trading stand still; a stop is due as ever.
 */
export function deadlinesOf(rules: RuleSet, account: Account): readonly Deadline[] {
  const { activity, riskPerTrade } = rules;
  const { activeAt, startedAt, holds } = account.standing;
  const deadlines: Deadline[] = [];
  if (typeof riskPerTrade?.stopWithinMs === 'number') {
    const due = firstStopDue(account, riskPerTrade.stopWithinMs);
    if (due) deadlines.push(due);
  }
  if (activity.inactivityDays !== null) {
    const dueAt = plusMs(heldSince(holds, activeAt), activity.inactivityDays * DAY_MS);
    if (isRunning(holds, dueAt)) deadlines.push({ rule: 'inactivity', dueAt });
  }
  if (activity.timeLimitDays !== null) {
    const dueAt = extended(holds, plusMs(startedAt, activity.timeLimitDays * DAY_MS));
    if (isRunning(holds, dueAt)) deadlines.push({ rule: 'time_limit', dueAt });
  }
  return deadlines.length < 2 ? deadlines : deadlines.sort((a, b) => a.dueAt - b.dueAt);
}

/** The first deadline that has come and fails the assessment. */
export const firstMissed = (
  { riskPerTrade }: RuleSet,
  deadlines: readonly Deadline[],
  at: Instant,
): Deadline | undefined =>
  deadlines.find(
    ({ rule, dueAt }) => dueAt <= at && (rule !== 'stop_missing' || riskPerTrade?.stopSeverity === 'fail'),
  );

function firstStopDue(account: Account, withinMs: number): Deadline | undefined {
  let first: Deadline | undefined;
  for (const position of unprotected(account)) {
    const dueAt = stopDueAt(withinMs, account, position);
    if (!first || dueAt < first.dueAt) first = { rule: 'stop_missing', dueAt, instrument: position.instrument };
  }
  return first;
}
