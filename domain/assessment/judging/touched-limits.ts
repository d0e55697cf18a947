import type { Account } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import { type Instant, plusMs } from '../../kernel/instant';
import { subUsd } from '../../kernel/money';
import { firstBroken, isBroken } from '../rules/limits';
import type { RuleRoom, RuleSet } from '../rules/rule-set';

/**
 * The limit that fails the account now: broken by what has happened for good, or broken at every price that counted for
 * as long as the rules ask. One that was only just touched fails nothing yet.
 */
export const brokenForGood = (
  rules: RuleSet,
  account: Account,
  rooms: readonly RuleRoom[],
  at: Instant,
): RuleRoom | undefined =>
  firstBroken(
    rules,
    rooms.filter((room) => isFact(rules, account, room) || hasStood(rules, account, room, at)),
  );

/** The rooms at what the account is expected to be worth, and at the best that it can be. */
type Rooms = { readonly rooms: readonly RuleRoom[]; readonly bestRooms: readonly RuleRoom[] };

/**
 * What a judgement remembers of limits that fail: one is touched where it is broken even at the best, and recovers
 * where it is kept at what the account is expected to be worth. Between the two nothing is known, and nothing changes.
 */
export function touchesOf(
  rules: RuleSet,
  account: Account,
  { rooms, bestRooms }: Rooms,
  at: Instant,
): readonly AccountEvent[] {
  if (rules.touchMs === 0) return NONE;
  return rooms.flatMap((room, index): readonly AccountEvent[] => {
    const { rule } = room;
    const isKnown = account.standing.touched[rule] !== undefined;
    const isTouched = firstBroken(rules, bestRooms.slice(index, index + 1)) !== undefined;
    if (isTouched && !isKnown) return [{ kind: 'limit_touched', rule, at }];
    return isKnown && firstBroken(rules, [room]) === undefined ? [{ kind: 'limit_recovered', rule }] : NONE;
  });
}

const NONE: readonly AccountEvent[] = [];

/** When the first of the touched limits will have stood for as long as the rules ask; undefined: none is touched. */
export function touchDueAt({ touchMs }: Pick<RuleSet, 'touchMs'>, { standing }: Account): Instant | undefined {
  let first: Instant | undefined;
  for (const rule in standing.touched) {
    const since = standing.touched[rule] as Instant;
    if (first === undefined || since < first) first = since;
  }
  return first && plusMs(first, touchMs);
}

/** The rules as they would judge if every touch counted at once: what a preview warns of. */
export const atOnce = (rules: RuleSet): RuleSet => (rules.touchMs === 0 ? rules : { ...rules, touchMs: 0 });

/** No price takes part in it, or none that could mend it: nothing is held, money alone is tested, a trade is closed. */
function isFact(rules: RuleSet, { positions, standing }: Account, room: RuleRoom): boolean {
  if (positions.length === 0) return true;
  if (room.rule === 'max_drawdown') return rules.maxLoss.testedOn === 'balance';
  if (room.rule === 'planned_risk') return true;
  if (room.rule !== 'risk_per_trade') return false;
  return isBroken(rules, { ...room, roomUsd: subUsd(room.limitUsd, standing.trades.worstUsd) });
}

function hasStood({ touchMs }: RuleSet, { standing }: Account, { rule }: RuleRoom, at: Instant): boolean {
  const since = standing.touched[rule];
  return touchMs === 0 || (since !== undefined && at - since >= touchMs);
}
