import { type Account, balanceOf, equityOf, type Marks } from '../../account/account';
import { dayResult } from '../../account/day-result';
import type { ClosingReason } from '../../account/orders/order';
import type { Position } from '../../account/positions/position';
import type { Instant } from '../../kernel/instant';
import { isDailyFlat } from '../rules/daily-flat';
import { firstBroken, isBroken } from '../rules/limits';
import type { RuleSet } from '../rules/rule-set';
import { isWeekend } from '../rules/weekend';
import { countedProfit, tooLargeShare } from './consistency';
import { deadlinesOf, firstMissed } from './deadlines';
import { gatesOf } from './gates';
import type { Broken, Judgement, Unjudged, Verdict } from './judgement';
import { layerPause } from './layer-pause';
import { roomsWithPlan } from './planned-room';
import { stopDueAt, unprotected } from './stops';

type Seen = Omit<Judgement, 'verdict'>;

/**
 * Decides an active account's fate at these prices and this moment. A breach beats a pass, and a pass everything that
 * is neither. Open profit counts as the target says.
 */
export function judge(rules: RuleSet, account: Account, marks: Marks, at: Instant): Judgement | Unjudged {
  const equityUsd = equityOf(account, marks);
  if (equityUsd === undefined) {
    const instruments = account.positions.map((position) => position.instrument);
    return { unpriced: instruments.filter((instrument) => !marks.has(instrument)) };
  }
  const seen: Seen = {
    equityUsd,
    balanceUsd: balanceOf(account),
    rooms: roomsWithPlan(rules, account, equityUsd, marks),
    deadlines: deadlinesOf(rules, account),
    gates: gatesOf(rules, account, equityUsd),
  };
  return { ...seen, verdict: verdictOf(rules, account, at, seen) };
}

function verdictOf(rules: RuleSet, account: Account, at: Instant, seen: Seen): Verdict {
  const broken = brokenBy(rules, account, at, seen);
  if (broken) return { kind: 'failed', broken };
  const { rooms, gates } = seen;
  const isSound = !rooms.some((room) => isBroken(rules, room));
  // A pass, and what fails in its place, waits for the payment.
  if (gates.length > 0 && isSound && account.standing.holds.now === null) {
    if (gates.every(({ isMet }) => isMet)) return { kind: 'passed' };
    const share = tooLargeShare(rules, account, seen.balanceUsd, gates);
    if (share) return { kind: 'failed', broken: share };
  }
  const paused = pauseOf(rules, account, seen) ?? layerPause(rules, account, rooms);
  if (paused) return paused;
  return closingOf(rules, account, at, seen) ?? { kind: 'open' };
}

/** What came first: a deadline that lies before this moment, then the limits that this moment's prices break. */
function brokenBy(rules: RuleSet, account: Account, at: Instant, { rooms, deadlines }: Seen): Broken | undefined {
  const [missed, room] = [firstMissed(rules, account, deadlines, at), firstBroken(rules, rooms)];
  if (missed && (!room || missed.dueAt < at)) return { kind: 'deadline', ...missed };
  return room && { kind: 'limit', ...room };
}

/** A daily loss, or a capped daily gain, that stops trading without failing; told again while something is to close. */
function pauseOf({ dailyLoss, touch }: RuleSet, account: Account, { rooms, balanceUsd }: Seen): Verdict | undefined {
  if (!dailyLoss) return undefined;
  const closes = dailyLoss.severity === 'close';
  const { isPaused } = account.standing.day;
  if (isPaused && !(closes && account.positions.length > 0)) return undefined;
  const { gainCapUsd } = dailyLoss;
  const isHit =
    isPaused ||
    rooms.some((room) => room.rule === 'daily_loss' && isBroken({ touch }, room)) ||
    (gainCapUsd !== null && dayResult(account, balanceUsd) >= gainCapUsd);
  return isHit ? { kind: 'paused', rule: 'daily_loss', closes } : undefined;
}

/**
 * What the tier itself closes: all before a weekend, at the target and with too large a loss that is open; otherwise
 * what has been without its stop.
 */
function closingOf(rules: RuleSet, account: Account, at: Instant, seen: Seen): Verdict | undefined {
  const { conduct, riskPerTrade } = rules;
  if (account.positions.length === 0) return undefined;
  const closing = (reason: ClosingReason, positions: readonly Position[] = account.positions): Verdict => ({
    kind: 'close',
    reason,
    instruments: positions.map(({ instrument }) => instrument),
  });
  if (conduct.weekend === 'flat' && isWeekend(at, rules)) return closing('weekend');
  if (isDailyFlat(at, rules)) return closing('daily_flat');
  if (closesAtTarget(rules, account, seen)) return closing('target');
  // One that fails the assessment has done so by now.
  if (seen.rooms.some((room) => room.rule === 'open_loss' && isBroken(rules, room))) return closing('open_loss');
  if (riskPerTrade?.stopSeverity !== 'close' || riskPerTrade.stopWithinMs === null) return undefined;
  const { stopWithinMs } = riskPerTrade;
  const late = unprotected(account).filter((position) => stopDueAt(stopWithinMs, account, position) <= at);
  return late.length > 0 ? closing('stop_missing', late) : undefined;
}

/**
 * Equity has reached the target, and closing either secures it or is all that is missing. With the target secured and
 * days still to come the account may go on trading.
 */
function closesAtTarget(rules: RuleSet, account: Account, { equityUsd, balanceUsd, gates }: Seen): boolean {
  const { target } = rules;
  if (!target?.closesAll || countedProfit(rules, account, equityUsd) < target.profitUsd) return false;
  if (countedProfit(rules, account, balanceUsd) < target.profitUsd) return true;
  return gates.every(({ gate, isMet }) => isMet || gate === 'flat_positions');
}
