import type { Account, Marks } from '../../account/account';
import { wasMissed } from '../../account/after-fill';
import { exitPrice, type Position } from '../../account/positions/position';
import { extended, heldSince, isRunning } from '../../account/standing/hold';
import { DAY_MS, type Instant, plusMs } from '../../kernel/instant';
import { kindOf } from '../../market/instrument';
import type { RuleSet } from '../rules/rule-set';
import type { Deadline } from './judgement';
import { stopDueAt, unprotected } from './stops';

/**
 * The instants at which time alone breaks a rule unless something happens before, the earliest first. While an account
 * is held, and may not trade, those that ask for trading stand still; a stop is due as ever. With `marks` a stop counts
 * from when its coin could be traded.
 */
export function deadlinesOf(rules: RuleSet, account: Account, marks?: Marks): readonly Deadline[] {
  const { activity, riskPerTrade } = rules;
  const { startedAt, holds } = account.standing;
  const deadlines: Deadline[] = [];
  if (typeof riskPerTrade?.stopWithinMs === 'number') {
    const due = firstStopDue(account, riskPerTrade.stopWithinMs, marks);
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

/**
 * The deadline that has come at these prices and fails the assessment. While a coin that is held has no price none
 * does: nobody could trade it, and what time has run out is looked at once it has one.
 */
export function missedAt(rules: RuleSet, account: Account, marks: Marks, at: Instant): Deadline | undefined {
  const isWaiting = account.positions.some(
    (held) => kindOf(held.instrument) === 'spot' && exitPrice(held, marks.get(held.instrument)) === null,
  );
  return isWaiting ? undefined : firstMissed(rules, account, at, marks);
}

/** The first deadline that has come and fails the assessment. */
export const firstMissed = (rules: RuleSet, account: Account, at: Instant, marks?: Marks): Deadline | undefined =>
  deadlinesOf(rules, account, marks).find(
    ({ rule, dueAt }) => dueAt <= at && (rule !== 'stop_missing' || failsByStops(rules, account, at, marks)),
  );

/**
 * Whether a missing stop fails the assessment: each does, or those that are late now bring their number up to the
 * one that does.
 */
function failsByStops({ riskPerTrade }: RuleSet, account: Account, at: Instant, marks?: Marks): boolean {
  if (riskPerTrade?.stopSeverity === 'fail') return true;
  const { stopWithinMs, stopMissesToFail } = riskPerTrade ?? NO_STOPS;
  if (stopWithinMs === null || stopMissesToFail === null) return false;
  const { trades } = account.standing;
  const isLate = (position: Position) =>
    stopDueAt(stopWithinMs, account, position, marks?.get(position.instrument)) <= at;
  const late = unprotected(account).filter((position) => !wasMissed(trades, position) && isLate(position));
  return late.length > 0 && trades.missedStops.length + late.length >= stopMissesToFail;
}

const NO_STOPS = { stopWithinMs: null, stopMissesToFail: null };

function firstStopDue(account: Account, withinMs: number, marks?: Marks): Deadline | undefined {
  let first: Deadline | undefined;
  for (const position of unprotected(account)) {
    const dueAt = stopDueAt(withinMs, account, position, marks?.get(position.instrument));
    if (!first || dueAt < first.dueAt) first = { rule: 'stop_missing', dueAt, instrument: position.instrument };
  }
  return first;
}
