import { type Account, balanceOf, equityOf, type Marks } from '../../account/account';
import { dayResult } from '../../account/day-result';
import type { ClosingReason } from '../../account/orders/order';
import type { Position } from '../../account/positions/position';
import type { Instant } from '../../kernel/instant';
import { isDailyFlat } from '../rules/daily-flat';
import { fails, firstBroken, isBroken } from '../rules/limits';
import type { RuleRoom, RuleSet } from '../rules/rule-set';
import { rulesInForce } from '../rules/rules-in-force';
import { isWeekend } from '../rules/weekend';
import { countedProfit, tooLargeShare } from './consistency';
import { deadlinesOf, missedAt } from './deadlines';
import { gatesOf } from './gates';
import type { Broken, Judgement, Verdict } from './judgement';
import { layerPause } from './layer-pause';
import { roomsWithPlan } from './planned-room';
import { stopDueAt, unprotected } from './stops';
import { brokenForGood, touchesOf } from './touched-limits';

type Seen = Omit<Judgement, 'verdict'> & {
  /** The rooms at the best and at the worst that the account can be worth. */
  readonly bestRooms: readonly RuleRoom[];
  readonly worstRooms: readonly RuleRoom[];
  readonly marks: Marks;
};

/**
 * Decides an active account's fate at these prices and this moment. A breach beats a pass, and a pass everything that
 * is neither. Open profit counts as the target says. What has no price is bounded: a limit that is broken even at the
 * best of its values fails, a pass is one at the worst, and between the two the account is in doubt.
 */
export function judge(pinned: RuleSet, account: Account, marks: Marks, at: Instant): Judgement {
  const rules = rulesInForce(pinned, account);
  const { worstUsd, expectedUsd, bestUsd, unpriced } = equityOf(account, marks);
  const isExact = unpriced.length === 0;
  const rooms = roomsWithPlan(rules, account, expectedUsd, marks);
  const bestRooms = isExact ? rooms : roomsWithPlan(rules, account, bestUsd, marks, 'bestUsd');
  const worstRooms = isExact ? rooms : roomsWithPlan(rules, account, worstUsd, marks, 'worstUsd');
  const isFailed = isExact || firstBroken(rules, bestRooms) !== undefined;
  const judged = {
    equityUsd: expectedUsd,
    worstUsd,
    bestUsd,
    unpriced,
    inDoubt: isFailed ? null : (firstBroken(rules, rooms)?.rule ?? null),
    balanceUsd: balanceOf(account),
    rooms,
    deadlines: deadlinesOf(rules, account, marks),
    gates: gatesOf(rules, account, worstUsd),
    touches: touchesOf(rules, account, { rooms, bestRooms }, at),
  };
  return { ...judged, verdict: verdictOf(rules, account, at, { ...judged, bestRooms, worstRooms, marks }) };
}

function verdictOf(rules: RuleSet, account: Account, at: Instant, seen: Seen): Verdict {
  const broken = brokenBy(rules, account, at, seen);
  if (broken) return { kind: 'failed', broken };
  const { worstRooms, gates } = seen;
  const isSound = !worstRooms.some((room) => isBroken(rules, room));
  // A pass, and what fails in its place, waits for the payment.
  if (gates.length > 0 && isSound && account.standing.holds.now === null) {
    if (gates.every(({ isMet }) => isMet)) return { kind: 'passed' };
    const share = tooLargeShare(rules, account, seen.balanceUsd, gates);
    if (share) return { kind: 'failed', broken: share };
  }
  const paused = pauseOf(rules, account, seen) ?? layerPause(rules, account, seen.rooms);
  if (paused) return paused;
  return closingOf(rules, account, at, seen) ?? { kind: 'open' };
}

/** What came first: a deadline that lies before this moment, then the limits that are broken for long enough by now. */
function brokenBy(rules: RuleSet, account: Account, at: Instant, { bestRooms, marks }: Seen): Broken | undefined {
  const [missed, room] = [missedAt(rules, account, marks, at), brokenForGood(rules, account, bestRooms, at)];
  if (missed && (!room || missed.dueAt < at)) return { kind: 'deadline', ...missed };
  return room && { kind: 'limit', ...room };
}

/** A limit that fails nobody is met at what the account is expected to be worth. */
const acts = (rules: RuleSet, room: RuleRoom): boolean => !fails(rules, room.rule) && isBroken(rules, room);

/** A daily loss, or a capped daily gain, that stops trading without failing; told again while something is to close. */
function pauseOf(rules: RuleSet, account: Account, { rooms, balanceUsd }: Seen): Verdict | undefined {
  const { dailyLoss } = rules;
  if (!dailyLoss) return undefined;
  const closes = dailyLoss.severity === 'close';
  const { isPaused } = account.standing.day;
  if (isPaused && !(closes && account.positions.length > 0)) return undefined;
  const { gainCapUsd } = dailyLoss;
  const isHit =
    isPaused ||
    rooms.some((room) => room.rule === 'daily_loss' && acts(rules, room)) ||
    (gainCapUsd !== null && dayResult(account, balanceUsd) >= gainCapUsd);
  return isHit ? { kind: 'paused', rule: 'daily_loss', closes } : undefined;
}

/**
 * What the tier itself closes: in doubt all that has a price, so that nobody gains by it; all before a weekend, at the
 * target and with too large a loss that is open; otherwise what has been without its stop.
 */
function closingOf(rules: RuleSet, account: Account, at: Instant, seen: Seen): Verdict | undefined {
  const { conduct, riskPerTrade } = rules;
  if (account.positions.length === 0) return undefined;
  const closing = (reason: ClosingReason, positions: readonly Position[] = account.positions): Verdict => ({
    kind: 'close',
    reason,
    instruments: positions.map(({ instrument }) => instrument),
  });
  const priced = account.positions.filter(({ instrument }) => !seen.unpriced.includes(instrument));
  if (seen.inDoubt && priced.length > 0) return closing('limit_in_doubt', priced);
  if (conduct.weekend === 'flat' && isWeekend(at, rules)) return closing('weekend');
  if (isDailyFlat(at, rules)) return closing('daily_flat');
  if (closesAtTarget(rules, account, seen)) return closing('target');
  if (seen.rooms.some((room) => room.rule === 'open_loss' && acts(rules, room))) return closing('open_loss');
  if (riskPerTrade?.stopSeverity !== 'close' || riskPerTrade.stopWithinMs === null) return undefined;
  const { stopWithinMs } = riskPerTrade;
  const late = unprotected(account).filter(
    (position) => stopDueAt(stopWithinMs, account, position, seen.marks.get(position.instrument)) <= at,
  );
  return late.length > 0 ? closing('stop_missing', late) : undefined;
}

/**
 * Equity has reached the target, and closing either secures it or is all that is missing. With the target secured and
 * days still to come the account may go on trading.
 */
function closesAtTarget(rules: RuleSet, account: Account, { worstUsd, balanceUsd, gates }: Seen): boolean {
  const { target } = rules;
  if (!target?.closesAll || countedProfit(rules, account, worstUsd) < target.profitUsd) return false;
  if (countedProfit(rules, account, balanceUsd) < target.profitUsd) return true;
  return gates.every(({ gate, isMet }) => isMet || gate === 'flat_positions');
}
