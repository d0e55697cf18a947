import { type Account, positionIn } from '../../account/account';
import { remaining } from '../../account/orders/order';
import type { InstrumentId } from '../../kernel/ids';
import { absolute } from '../../kernel/money';
import { type Refused, refuse } from '../../kernel/result';
import type { DecisionContext } from '../context/decision-context';

/** Positions that were opened from flat today, and that working orders may open yet: one an instrument. */
export function overTradesPerDay({
  rules,
  account,
}: Pick<DecisionContext, 'rules' | 'account'>): Refused<'trades_per_day_max'> | undefined {
  const { tradesPerDayMax } = rules.exposure;
  if (tradesPerDayMax === null) return undefined;
  const { opened } = account.standing.day;
  const waiting = mayOpen(account).size;
  if (opened + waiting <= tradesPerDayMax) return undefined;
  const used = `with this order ${opened + waiting} would be used`;
  const rule = `at most ${tradesPerDayMax} positions may be opened in a trading day, waiting orders counted; ${used}`;
  return refuse('trades_per_day_max', 'instrument', rule);
}

/** Instruments in which an order that works would open a position: from flat, or through it. */
function mayOpen(account: Account): ReadonlySet<InstrumentId> {
  const opening = account.orders.filter((order) => {
    if (order.reduceOnly) return false;
    const held = positionIn(account, order.instrument);
    if (!held) return true;
    return order.side === (held.qty > 0n ? 'sell' : 'buy') && remaining(order) > absolute(held.qty);
  });
  return new Set(opening.map(({ instrument }) => instrument));
}
