import { type Account, balanceOf } from '../../../domain/account/account';
import type { RuleName } from '../../../domain/account/rule-name';
import { countedProfit, tooLargeShare } from '../../../domain/assessment/judging/consistency';
import { gatesOf } from '../../../domain/assessment/judging/gates';
import { plannedRoom } from '../../../domain/assessment/judging/planned-room';
import { WARNED_AT_PERCENT } from '../../../domain/assessment/judging/warnings';
import { dailyLossFloor, maxLossFloor, openLossLimit, widthOf } from '../../../domain/assessment/rules/limits';
import { dailyAnchor, LAYER_NAMES, layerAnchor } from '../../../domain/assessment/rules/loss-layers';
import type { RuleSet, Width } from '../../../domain/assessment/rules/rule-set';
import { rulesInForce } from '../../../domain/assessment/rules/rules-in-force';
import type { InstrumentId } from '../../../domain/kernel/ids';
import { addUsd, subUsd, type Usd, usd } from '../../../domain/kernel/money';
import { dollarsOf, shareOf, unitsOf } from './as-float';
import type { Trail } from './trails';
import type { Watched } from './watched';

const NONE = Number.NEGATIVE_INFINITY;
const NO_END = Number.POSITIVE_INFINITY;
/** The parts of a limit that an account is warned at, and the whole of it, which ends something. */
const STEPS = [...WARNED_AT_PERCENT.toReversed(), 100];

/**
 * An account in floating point: the equity below and above which exact numbers may decide something, and for each
 * position the price at which its own loss may. Only what a price can change is in it; what a fill or the time changes
 * is judged when they come.
 */
export function watchedOf(pinned: RuleSet, account: Account, numberOf: (instrument: InstrumentId) => number): Watched {
  const rules = rulesInForce(pinned, account);
  const lossMax = nextLoss(rules, account);
  return {
    cashUsd: dollarsOf(account.cashUsd),
    // Prices break a limit of it: each further one may take that back.
    floorUsd: isTouched(account)
      ? NO_END
      : Math.max(
          maxLossEdge(rules, account),
          dailyLossEdge(rules, account),
          openLossEdge(rules, account),
          plannedEdge(rules, account),
          layersEdge(rules, account),
        ),
    ceilingUsd: targetEdge(rules, account),
    peakUsd: Math.min(highWaterEdge(rules, account), dayPeakEdge(rules, account)),
    trails: [
      together(highWaterTrail(rules, account), layerTrail(rules, account, 'total', highWaterEdge(rules, account))),
      together(dayPeakTrail(rules, account), layerTrail(rules, account, 'day', dayPeakEdge(rules, account))),
    ].filter((trail) => trail !== undefined),
    holdings: account.positions.map(({ instrument, qty, costUsd, feesUsd, realizedUsd }) => {
      const amount = unitsOf(qty);
      // Cost and fees less what was realized is lost when the position brings nothing.
      const sunk = dollarsOf(usd(costUsd + feesUsd - realizedUsd));
      return { instrument: numberOf(instrument), qty: amount, stopPrice: (sunk - lossMax) / amount };
    }),
  };
}

const isTouched = ({ standing }: Account): boolean => {
  for (const _ in standing.touched) return true;
  return false;
};

const stepAfter = (rule: RuleName, { standing }: Account): number =>
  (STEPS.find((step) => step > (standing.warned[rule] ?? 0)) ?? 100) / 100;

/** The equity at which the next step of a limit is reached. */
const edgeOf = (rule: RuleName, account: Account, floorUsd: Usd, limitUsd: Usd): number =>
  dollarsOf(floorUsd) + dollarsOf(limitUsd) * (1 - stepAfter(rule, account));

function maxLossEdge(rules: RuleSet, account: Account): number {
  const { maxLoss } = rules;
  if (maxLoss.testedOn !== 'equity') return NONE;
  const limitUsd = widthOf(maxLoss.width, account.standing.peaks.highWaterUsd);
  return edgeOf('max_drawdown', account, maxLossFloor(rules, account), limitUsd);
}

function dailyLossEdge(rules: RuleSet, account: Account): number {
  const floorUsd = dailyLossFloor(rules, account);
  if (floorUsd === undefined) return NONE;
  const edge = edgeOf('daily_loss', account, floorUsd, subUsd(dailyAnchor(rules, account), floorUsd));
  if (!account.standing.day.isPaused || rules.dailyLoss?.severity === 'fail') return edge;
  // Paused: what could not be closed is tried again; otherwise only its warnings are left to be told.
  if (rules.dailyLoss?.severity === 'close' && account.positions.length > 0) return NO_END;
  return stepAfter('daily_loss', account) === 1 ? NONE : edge;
}

function openLossEdge(rules: RuleSet, account: Account): number {
  const limitUsd = openLossLimit(rules, account);
  return limitUsd === undefined ? NONE : edgeOf('open_loss', account, subUsd(balanceOf(account), limitUsd), limitUsd);
}

/** The highest of the further layers; of one that has paused the day nothing but its warnings is left to be told. */
function layersEdge(rules: RuleSet, account: Account): number {
  let highest = NONE;
  for (const layer of rules.lossLayers) {
    const rule = LAYER_NAMES[layer.span];
    const anchor = layerAnchor(rules, account, layer);
    const limitUsd = widthOf(layer.width, anchor);
    const isTold = account.standing.day.isPaused && layer.severity === 'pause' && stepAfter(rule, account) === 1;
    if (!isTold) highest = Math.max(highest, edgeOf(rule, account, subUsd(anchor, limitUsd), limitUsd));
  }
  return highest;
}

/** No price moves a plan: one that is too wide, or to be warned of, is judged at the next price, whatever it is. */
function plannedEdge(rules: RuleSet, account: Account): number {
  const room = plannedRoom(rules, account);
  if (!room) return NONE;
  return dollarsOf(room.usedUsd) >= dollarsOf(room.limitUsd) * stepAfter('planned_risk', account) ? NO_END : NONE;
}

function nextLoss({ riskPerTrade }: RuleSet, account: Account): number {
  if (riskPerTrade?.severity !== 'fail') return Number.NaN;
  return dollarsOf(riskPerTrade.limitUsd) * stepAfter('risk_per_trade', account);
}

/** Equity above the high-water mark becomes the new mark. */
const highWaterEdge = ({ maxLoss }: RuleSet, { standing }: Account): number =>
  maxLoss.mode === 'trailing_intraday' && maxLoss.trails !== 'balance'
    ? dollarsOf(standing.peaks.highWaterUsd)
    : NO_END;

const dayPeakEdge = ({ dailyLoss }: RuleSet, { standing }: Account): number =>
  dailyLoss?.anchor === 'peak' ? dollarsOf(standing.peaks.dayPeakUsd) : NO_END;

function highWaterTrail(rules: RuleSet, account: Account): Trail | undefined {
  if (highWaterEdge(rules, account) === NO_END || rules.maxLoss.testedOn !== 'equity') return undefined;
  const { width, lockUsd } = rules.maxLoss;
  return trailOf(width, lockUsd, stepAfter('max_drawdown', account));
}

function dayPeakTrail(rules: RuleSet, account: Account): Trail | undefined {
  if (dayPeakEdge(rules, account) === NO_END || !rules.dailyLoss) return undefined;
  return trailOf(rules.dailyLoss.width, null, stepAfter('daily_loss', account));
}

/** A further layer that counts from the same peak. */
function layerTrail({ lossLayers }: RuleSet, account: Account, span: 'day' | 'total', peak: number): Trail | undefined {
  const layer = lossLayers.find((each) => each.span === span && each.anchor === 'same');
  if (!layer || peak === NO_END) return undefined;
  return trailOf(layer.width, null, stepAfter(LAYER_NAMES[span], account));
}

/** A floor that is at least as high as either: what it selects too often is judged to be as it was. */
const together = (one: Trail | undefined, other: Trail | undefined): Trail | undefined =>
  one && other
    ? {
        cap: Math.max(one.cap, other.cap),
        capRate: Math.max(one.capRate, other.capRate),
        rate: Math.max(one.rate, other.rate),
        width: Math.min(one.width, other.width),
      }
    : (one ?? other);

/** `edgeOf` as it moves with the peak: the floor itself, no higher than its lock, and above it what is left of the limit. */
function trailOf(width: Width, lockUsd: Usd | null, step: number): Trail {
  const lock = lockUsd === null ? NO_END : dollarsOf(lockUsd);
  if (width.kind === 'usd') {
    const limit = dollarsOf(width.usd);
    return { cap: lock + limit * (1 - step), capRate: 0, rate: 1, width: limit * step };
  }
  const share = shareOf(width.share);
  return { cap: lock, capRate: share * (1 - step), rate: 1 - share * step, width: 0 };
}

/** Where equity alone decides about the target: the other gates move with fills and days, and those are judged. */
function targetEdge(rules: RuleSet, account: Account): number {
  const { target, startingUsd } = rules;
  if (!target) return NO_END;
  const { excludedUsd } = account.standing.trades;
  const balanceUsd = balanceOf(account);
  const edge = dollarsOf(addUsd(addUsd(startingUsd, target.profitUsd), excludedUsd));
  const others = gatesOf(rules, account, balanceUsd).filter(({ gate }) => gate !== 'target_usd');
  const isSecured = countedProfit(rules, account, balanceUsd) >= target.profitUsd;
  if (target.closesAll && (!isSecured || others.every(({ gate, isMet }) => isMet || gate === 'flat_positions'))) {
    return edge;
  }
  // A day or trade with too large a share of the profit, where that fails the account, is judged at the same equity.
  const isAllThatIsMissing =
    others.every(({ isMet }) => isMet) || tooLargeShare(rules, account, balanceUsd, others) !== undefined;
  return target.counts === 'equity' && isAllThatIsMissing ? edge : NO_END;
}
