import { orderOf, positionIn } from '../../account/account';
import { type Order, type OrderTicket, remaining } from '../../account/orders/order';
import type { Position } from '../../account/positions/position';
import { dollarsText } from '../../kernel/dollars-text';
import { addUsd, notional, qty, ZERO_USD } from '../../kernel/money';
import { type Refused, refuse } from '../../kernel/result';
import { feeOf, type Instrument } from '../../market/instrument';
import type { DecisionContext } from '../context/decision-context';
import { lossAtStops } from '../judging/planned-loss';
import { rulesInForce } from '../rules/rules-in-force';
import { outcomeCost, workingPrice } from './exposure';

export type RiskRefusal = 'risk_per_trade_exceeded';

/**
 * The largest loss that an order plans for its position. An outcome can lose all that it cost; crypto loses as much as
 * its stops let it, as far as they reach: without a stop there is no plan to measure, and another rule asks for one.
 */
export function riskExceeded(
  { rules, account }: DecisionContext,
  ticket: OrderTicket,
  instrument: Instrument,
): Refused<RiskRefusal> | undefined {
  const { riskPerTrade } = rulesInForce(rules, account);
  if (!riskPerTrade) return undefined;
  const limit = dollarsText(riskPerTrade.limitUsd, 'floor');
  if (instrument.kind === 'outcome') {
    const cost = outcomeCost(instrument, account);
    if (cost <= riskPerTrade.limitUsd) return undefined;
    const rule = `the position may cost at most ${limit}, not ${dollarsText(cost, 'ceil')}`;
    return refuse('risk_per_trade_exceeded', 'qty', rule);
  }
  if (riskPerTrade.severity !== 'block') return undefined;
  const order = orderOf(account, ticket.orderId);
  const position = enlarged(positionIn(account, instrument.id), order, instrument);
  if (!position) return undefined;
  const loss = lossAtStops(account, position, order);
  if (loss === undefined || loss <= riskPerTrade.limitUsd) return undefined;
  const rule = `the position may lose at most ${limit} at its stop, not ${dollarsText(loss, 'ceil')}`;
  return refuse('risk_per_trade_exceeded', 'stopLoss', rule);
}

/** The position once the rest of the order has filled too, at the price that it works at. */
function enlarged(held: Position | undefined, order: Order | undefined, instrument: Instrument): Position | undefined {
  if (!order) return held;
  const isBuy = order.side === 'buy';
  const amount = remaining(order);
  if (held && held.qty > 0n !== isBuy) return held;
  const at = workingPrice(order);
  if (at === null) return held;
  const signed = qty(isBuy ? amount : -amount);
  return {
    instrument: order.instrument,
    qty: qty((held?.qty ?? 0n) + signed),
    costUsd: addUsd(held?.costUsd ?? ZERO_USD, notional(at, signed, 'ceil')),
    realizedUsd: held?.realizedUsd ?? ZERO_USD,
    feesUsd: addUsd(held?.feesUsd ?? ZERO_USD, feeOf(instrument.takerFee, [{ price: at, qty: amount }])),
    openedAt: held?.openedAt ?? order.placedAt,
  };
}
