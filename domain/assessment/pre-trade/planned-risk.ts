import { type Account, orderOf, positionIn } from '../../account/account';
import { type Order, type OrderTicket, remaining } from '../../account/orders/order';
import type { Position } from '../../account/positions/position';
import { dollarsText } from '../../kernel/dollars-text';
import { absolute, addUsd, divide, notional, type Price, type Qty, qty, usd, ZERO_USD } from '../../kernel/money';
import { type Refused, refuse } from '../../kernel/result';
import { feeOf, type Instrument } from '../../market/instrument';
import type { DecisionContext } from '../context/decision-context';
import { stopLevel } from '../context/trigger-price';
import { plannedLoss } from '../judging/stops';
import { outcomeCost, workingPrice } from './exposure';

export type RiskRefusal = 'risk_per_trade_exceeded';

/**
 * The largest loss that an order plans for its position. An outcome can lose all that it cost; crypto loses as much as
 * its stops let it, as far as they reach: without a stop there is no plan to measure, and another rule asks for one.
 */
export function riskExceeded(
  { rules: { riskPerTrade }, account }: DecisionContext,
  ticket: OrderTicket,
  instrument: Instrument,
): Refused<RiskRefusal> | undefined {
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
  const stops = stopsOf(account, position, order);
  const covered = qty(stops.reduce((sum, stop) => sum + stop.qty, 0n));
  if (covered === 0n) return undefined;
  const loss = plannedLoss(coveredPart(position, covered), stops);
  if (loss <= riskPerTrade.limitUsd) return undefined;
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

type Stop = { readonly price: Price; readonly qty: Qty };

/** The stops that a position leaves at, the worst first, together no more than the position. */
function stopsOf({ orders }: Account, position: Position, entry: Order | undefined): readonly Stop[] {
  const isLong = position.qty > 0n;
  const stops = orders.flatMap((order) => {
    const level = stopLevel(order);
    const protects = order.instrument === position.instrument && (order.side === 'sell') === isLong;
    return protects && level !== null ? [{ price: level, qty: remaining(order) }] : [];
  });
  const attached = entry?.attached?.stopLoss ?? null;
  if (entry && attached !== null) stops.push({ price: attached, qty: remaining(entry) });
  stops.sort((a, b) => (a.price === b.price ? 0 : a.price < b.price === isLong ? -1 : 1));
  let left: bigint = absolute(position.qty);
  return stops.flatMap((stop) => {
    const part = stop.qty < left ? stop.qty : qty(left);
    left -= part;
    return part > 0n ? [{ price: stop.price, qty: part }] : [];
  });
}

const coveredPart = (position: Position, covered: Qty): Position => {
  const whole = absolute(position.qty);
  if (covered === whole) return position;
  const costUsd = usd(divide(position.costUsd * covered, whole, 'ceil'));
  return { ...position, qty: qty(position.qty > 0n ? covered : -covered), costUsd };
};
