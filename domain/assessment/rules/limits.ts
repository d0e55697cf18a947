import { type Account, balanceOf, type Marks } from '../../account/account';
import type { Position } from '../../account/positions/position';
import { type Bound, boundsOf } from '../../account/positions/valuation';
import type { LimitName } from '../../account/rule-name';
import { addUsd, largerUsd, portion, subUsd, type Usd, ZERO_USD } from '../../kernel/money';
import { dailyAnchor, LAYER_NAMES, layerAnchor, layerOf } from './loss-layers';
import type { RuleRoom, RuleSet, Width } from './rule-set';
import { rulesInForce } from './rules-in-force';

/** In dollars. A share is rounded up: the last millionth is the trader's. */
export const widthOf = (width: Width, of: Usd): Usd =>
  width.kind === 'usd' ? width.usd : portion(of, width.share, 'ceil');

/** High-water mark less the width, and no higher than its lock. */
export function maxLossFloor(rules: RuleSet, account: Account): Usd {
  const { maxLoss } = rulesInForce(rules, account);
  const { standing } = account;
  const floor = subUsd(standing.peaks.highWaterUsd, widthOf(maxLoss.width, standing.peaks.highWaterUsd));
  return maxLoss.lockUsd !== null && floor > maxLoss.lockUsd ? maxLoss.lockUsd : floor;
}

/** The anchor less the width; undefined without a daily loss. */
export function dailyLossFloor(rules: RuleSet, account: Account): Usd | undefined {
  const { dailyLoss } = rulesInForce(rules, account);
  if (!dailyLoss) return undefined;
  const anchor = dailyAnchor(rules, account);
  return subUsd(anchor, widthOf(dailyLoss.width, anchor));
}

/**
 * What the open loss is a share of: the profit with which the day began or, where there was none, the width of the
 * maximum loss with which the account did. Neither moves within a day.
 */
export function openLossBasis(rules: RuleSet, account: Account): Usd {
  const { maxLoss, startingUsd } = rulesInForce(rules, account);
  const profitUsd = subUsd(account.standing.day.balanceUsd, startingUsd);
  return profitUsd > 0n ? profitUsd : widthOf(maxLoss.width, startingUsd);
}

/** What may be open as a loss; undefined where nothing limits it. */
export const openLossLimit = (rules: RuleSet, account: Account): Usd | undefined =>
  rules.openLoss ? portion(openLossBasis(rules, account), rules.openLoss.share, 'ceil') : undefined;

/** The value that the maximum loss is tested on. */
export const testedOn = ({ maxLoss }: RuleSet, account: Account, equityUsd: Usd): Usd =>
  maxLoss.testedOn === 'equity' ? equityUsd : balanceOf(account);

/**
 * The room of every limit that judges, always in this order: it breaks ties. What is lost is shown as used, a profit
 * as nothing used. `bound` says which value of what has no price `equityUsd` is.
 */
export function roomsOf(
  pinned: RuleSet,
  account: Account,
  equityUsd: Usd,
  marks: Marks,
  bound: Bound = 'expectedUsd',
): readonly RuleRoom[] {
  const rules = rulesInForce(pinned, account);
  const rooms: RuleRoom[] = [];
  const dailyFloor = dailyLossFloor(rules, account);
  if (dailyFloor !== undefined) {
    const limitUsd = subUsd(dailyAnchor(rules, account), dailyFloor);
    rooms.push(roomAbove('daily_loss', limitUsd, dailyFloor, equityUsd));
  }
  const limitUsd = widthOf(rules.maxLoss.width, account.standing.peaks.highWaterUsd);
  const tested = testedOn(rules, account, equityUsd);
  rooms.push(roomAbove('max_drawdown', limitUsd, maxLossFloor(rules, account), tested));
  if (rules.riskPerTrade?.severity === 'fail') {
    rooms.push(riskRoom(rules.riskPerTrade.limitUsd, account, marks, bound));
  }
  const openUsd = openLossLimit(rules, account);
  if (openUsd !== undefined) {
    rooms.push(roomAbove('open_loss', openUsd, subUsd(balanceOf(account), openUsd), equityUsd));
  }
  for (const layer of rules.lossLayers) {
    const anchor = layerAnchor(rules, account, layer);
    const layerUsd = widthOf(layer.width, anchor);
    rooms.push(roomAbove(LAYER_NAMES[layer.span], layerUsd, subUsd(anchor, layerUsd), equityUsd));
  }
  return rooms;
}

function roomAbove(rule: LimitName, limitUsd: Usd, floorUsd: Usd, valueUsd: Usd): RuleRoom {
  const roomUsd = subUsd(valueUsd, floorUsd);
  return { rule, limitUsd, usedUsd: largerUsd(subUsd(limitUsd, roomUsd), ZERO_USD), roomUsd, floorUsd };
}

/** The worst open position; a closed trade counts once its loss has reached the limit, and then for good. */
function riskRoom(limitUsd: Usd, { positions, standing }: Account, marks: Marks, bound: Bound): RuleRoom {
  let worst = standing.trades.worstUsd >= limitUsd ? standing.trades.worstUsd : ZERO_USD;
  for (const position of positions) worst = largerUsd(worst, lossOf(position, marks, bound));
  return {
    rule: 'risk_per_trade',
    limitUsd,
    usedUsd: worst,
    roomUsd: subUsd(limitUsd, worst),
    floorUsd: null,
  };
}

/** What a position has lost since it was last flat, its fees included; negative when it has gained. */
export function lossOf(position: Position, marks: Marks, bound: Bound = 'expectedUsd'): Usd {
  const value = boundsOf(position, marks.get(position.instrument))[bound];
  return subUsd(position.feesUsd, addUsd(position.realizedUsd, subUsd(value, position.costUsd)));
}

export const isBroken = ({ touch }: Pick<RuleSet, 'touch'>, { roomUsd }: RuleRoom): boolean =>
  touch === 'breach' ? roomUsd <= 0n : roomUsd < 0n;

/**
 * The broken limit that fails an assessment and was met first on the way down: it is overshot the furthest, for its
 * floor is the highest. Among equals it is the first of the rooms.
 */
export function firstBroken(rules: RuleSet, rooms: readonly RuleRoom[]): RuleRoom | undefined {
  let first: RuleRoom | undefined;
  for (const room of rooms) {
    if (!isBroken(rules, room) || !fails(rules, room.rule)) continue;
    if (!first || room.roomUsd < first.roomUsd) first = room;
  }
  return first;
}

export function fails(rules: RuleSet, rule: LimitName): boolean {
  const { dailyLoss, openLoss } = rules;
  switch (rule) {
    case 'second_daily_loss':
    case 'weekly_loss':
    case 'monthly_loss':
    case 'static_loss':
      return layerOf(rules, rule)?.severity === 'fail';
    case 'daily_loss':
      return dailyLoss?.severity === 'fail';
    case 'open_loss':
      return openLoss?.severity === 'fail';
    case 'max_drawdown':
    case 'risk_per_trade':
    case 'planned_risk':
      return true;
  }
}
