import type * as z from 'zod';
import type { orderBody, orderChange } from '../../contracts/http/trading';
import type { OrderTicket, Terms } from '../../domain/account/orders/order';
import type { Amendment } from '../../domain/assessment/commands/amend-order';
import type { ClosingPreview } from '../../domain/assessment/commands/preview-closing';
import type { Preview } from '../../domain/assessment/commands/preview-order';
import type { Result } from '../../domain/kernel/result';
import { ok } from '../../runtime/answers';
import type { OrderAnswer } from '../../usecases/trading/place-order';
import type { PlacedOrder } from '../../usecases/trading/placed-order';

type OrderBody = z.output<typeof orderBody>;

/** The order ticket that a request's body describes. */
export function ticketOf(body: OrderBody): OrderTicket {
  const { orderId, instrument, side, qty, reduceOnly, takeProfit, stopLoss } = body;
  const attached = takeProfit === null && stopLoss === null ? null : { takeProfit, stopLoss };
  return { orderId, instrument, side, qty, terms: termsOf(body), reduceOnly, attached };
}

function termsOf(body: OrderBody): Terms {
  switch (body.type) {
    case 'market':
      return { type: 'market' };
    case 'limit':
      return { type: 'limit', limitPrice: body.limitPrice, timeInForce: body.timeInForce };
    case 'stop':
      return { type: 'stop', stopPrice: body.stopPrice };
    case 'stop_limit':
      return { type: 'stop_limit', stopPrice: body.stopPrice, limitPrice: body.limitPrice };
    case 'trailing_stop':
      return { type: 'trailing_stop', trail: body.trail };
  }
}

export function changeOf({ timeInForce, ...others }: z.output<typeof orderChange>): Amendment {
  return { ...others, ...(timeInForce && { timeInForce }) };
}

export const previewForm = ({ fill, rooms, exits, ...preview }: Preview) => ({
  ...preview,
  fill: fill && { ...fill, levels: [...fill.levels] },
  rooms: [...rooms],
  exits: [...exits],
});

export const closingForm = ({ closings, rooms, left, ...preview }: ClosingPreview) => ({
  ...preview,
  closings: [...closings],
  rooms: [...rooms],
  left: [...left],
});

export const placedForm = (placed: PlacedOrder) => ({
  ...placed,
  fills: placed.fills.map((fill) => ({ ...fill, levels: [...fill.levels] })),
});

/** The first answer to an order id was 201; the same answer again is 200. */
export const orderAnswer = <Refusal extends string>(answered: Result<OrderAnswer, Refusal>) =>
  answered.ok ? ok(placedForm(answered.value.placed), answered.value.isReplay ? { status: 200 } : {}) : answered;
