import type { Account } from '../../account/account';
import { wasMissed } from '../../account/after-fill';
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
  const { startedAt, holds } = account.standing;
  const deadlines: Deadline[] = [];
  if (typeof riskPerTrade?.stopWithinMs === 'number') {
    const due = firstStopDue(account, riskPerTrade.stopWithinMs);
    if (due) deadlines.push(due);
  }
  if (activity.inactivityDays !== null) {
    const dueAt = plusMs(heldSince(holds, lastActivity(rules, account)), activity.inactivityDays * DAY_MS);
    if (isRunning(holds, dueAt)) deadlines.push({ rule: 'inactivity', dueAt });
  }
  if (activity.timeLimitDays !== null) {
    const dueAt = extended(holds, plusMs(startedAt, activity.timeLimitDays * DAY_MS));
    if (isRunning(holds, dueAt)) deadlines.push({ rule: 'time_limit', dueAt });
  }
  return deadlines.length < 2 ? deadlines : deadlines.sort((a, b) => a.dueAt - b.dueAt);
}

/** When the account last did what counts as activity; its beginning while it never did. */
export function lastActivity({ activity }: Pick<RuleSet, 'activity'>, { standing }: Account): Instant {
  const { activeAt, startedAt, trades } = standing;
  switch (activity.inactivityBy) {
    case 'fill':
      return activeAt;
    case 'opened':
    case 'closed':
      return trades.activityAt ?? startedAt;
  }
}

/** The first deadline that has come and fails the assessment. */
export const firstMissed = (
  rules: RuleSet,
  account: Account,
  deadlines: readonly Deadline[],
  at: Instant,
): Deadline | undefined =>
  deadlines.find(({ rule, dueAt }) => dueAt <= at && (rule !== 'stop_missing' || failsByStops(rules, account, at)));

/**
 * Whether a missing stop fails the assessment: each does, or those that are late now bring their number up to the
 * one that does.
 */
function failsByStops({ riskPerTrade }: RuleSet, account: Account, at: Instant): boolean {
  if (riskPerTrade?.stopSeverity === 'fail') return true;
  const { stopWithinMs, stopMissesToFail } = riskPerTrade ?? NO_STOPS;
  if (stopWithinMs === null || stopMissesToFail === null) return false;
  const { trades } = account.standing;
  const late = unprotected(account).filter(
    (position) => !wasMissed(trades, position) && stopDueAt(stopWithinMs, account, position) <= at,
  );
  return late.length > 0 && trades.missedStops.length + late.length >= stopMissesToFail;
}

const NO_STOPS = { stopWithinMs: null, stopMissesToFail: null };

function firstStopDue(account: Account, withinMs: number): Deadline | undefined {
  let first: Deadline | undefined;
  for (const position of unprotected(account)) {
    const dueAt = stopDueAt(withinMs, account, position);
    if (!first || dueAt < first.dueAt) first = { rule: 'stop_missing', dueAt, instrument: position.instrument };
  }
  return first;
}
