import { type Account, type Marks, positionIn } from '../../account/account';
import { remaining } from '../../account/orders/order';
import { dollarsText } from '../../kernel/dollars-text';
import type { InstrumentId } from '../../kernel/ids';
import { formatQty, qty } from '../../kernel/money';
import { type Refused, refuse } from '../../kernel/result';
import type { Instrument } from '../../market/instrument';
import type { DecisionContext } from '../context/decision-context';
import type { RuleSet } from '../rules/rule-set';
import { worstNotional } from './exposure';

type SizeStep = RuleSet['exposure']['sizeSteps'][number];

/**
 * The step that holds for a crypto position today: of those that name its instrument, or else of those that name none,
 * the one of the highest balance that the day began with or above; below all of them the lowest holds.
 */
export function sizeStepOf({ exposure }: RuleSet, { standing }: Account, id: InstrumentId): SizeStep | undefined {
  const own = exposure.sizeSteps.filter(({ instrument }) => instrument === id);
  const steps = own.length > 0 ? own : exposure.sizeSteps.filter(({ instrument }) => instrument === null);
  return steps.findLast(({ fromBalanceUsd }) => fromBalanceUsd <= standing.day.balanceUsd) ?? steps[0];
}

/** The position with every order filled the worst way, against the step of the day. Touching it is allowed. */
export function overSizeStep(
  { rules, account }: DecisionContext,
  { id, kind }: Instrument,
  marks: Marks,
): Refused<'position_cap_exceeded'> | undefined {
  const step = kind === 'spot' ? sizeStepOf(rules, account, id) : undefined;
  if (!step) return undefined;
  const from = `while a day begins with ${dollarsText(step.fromBalanceUsd, 'floor')} or more`;
  if (step.most.kind === 'usd') {
    const worth = worstNotional(account, marks, id);
    // Without a price the margin was refused before.
    if (worth === undefined || worth <= step.most.usd) return undefined;
    const rule = `${id} may be worth at most ${dollarsText(step.most.usd, 'floor')} ${from}, not ${dollarsText(worth, 'ceil')}`;
    return refuse('position_cap_exceeded', 'qty', rule);
  }
  const worst = worstUnits(account, id);
  if (worst <= step.most.units) return undefined;
  const rule = `at most ${formatQty(step.most.units)} of ${id} may be held ${from}, not ${formatQty(qty(worst))}`;
  return refuse('position_cap_exceeded', 'qty', rule);
}

/** With every buy or every sale filled, whichever leaves more. */
function worstUnits(account: Account, id: InstrumentId): bigint {
  const held = positionIn(account, id)?.qty ?? 0n;
  let [long, short]: [bigint, bigint] = [held, held];
  for (const order of account.orders) {
    if (order.instrument !== id || order.reduceOnly) continue;
    if (order.side === 'buy') long += remaining(order);
    else short -= remaining(order);
  }
  return long > -short ? long : -short;
}
