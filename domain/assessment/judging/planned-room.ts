import type { Account, Marks } from '../../account/account';
import type { Bound } from '../../account/positions/valuation';
import { largerUsd, subUsd, type Usd, ZERO_USD } from '../../kernel/money';
import { kindOf } from '../../market/instrument';
import { roomsOf } from '../rules/limits';
import type { RuleRoom, RuleSet } from '../rules/rule-set';
import { rulesInForce } from '../rules/rules-in-force';
import { lossAtStops } from './planned-loss';

/** The rooms of all limits, that of the plan last: it breaks ties in no other order. */
export function roomsWithPlan(
  rules: RuleSet,
  account: Account,
  equityUsd: Usd,
  marks: Marks,
  bound: Bound = 'expectedUsd',
): readonly RuleRoom[] {
  const rooms = roomsOf(rules, account, equityUsd, marks, bound);
  const planned = plannedRoom(rules, account);
  return planned ? [...rooms, planned] : rooms;
}

/** What the stops of the worst position would lose, where the rules judge it; no price moves it. */
export function plannedRoom(rules: RuleSet, account: Account): RuleRoom | undefined {
  const { riskPerTrade } = rulesInForce(rules, account);
  if (riskPerTrade?.plan !== 'fail') return undefined;
  const { limitUsd } = riskPerTrade;
  const usedUsd = account.positions
    .filter(({ instrument }) => kindOf(instrument) === 'spot')
    .reduce((worst, position) => largerUsd(worst, lossAtStops(account, position) ?? ZERO_USD), ZERO_USD);
  return { rule: 'planned_risk', limitUsd, usedUsd, roomUsd: subUsd(limitUsd, usedUsd), floorUsd: null };
}
