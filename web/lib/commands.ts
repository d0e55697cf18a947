import type { Answer } from './answer';
import type { Api } from './api-client';
import type { OrderChange, PlacedOrder, Preview } from './contract';
import type { Ticket } from './ticket-draft';

/** What a trader does at the desk. */
export type Command =
  | { readonly kind: 'place'; readonly ticket: Ticket }
  | { readonly kind: 'amend'; readonly orderId: string; readonly change: OrderChange }
  | { readonly kind: 'cancel'; readonly orderId: string }
  | { readonly kind: 'cancel-all' }
  | { readonly kind: 'close'; readonly instrument: string }
  | { readonly kind: 'close-all' };

/** What became of the orders that a command was about; `unpriced` positions could not be closed. */
export type Done = { readonly orders: readonly PlacedOrder[]; readonly unpriced: readonly string[] };

/** Sends a command once. `newOrderId` is the id of the order that it makes, if it makes one: it makes retries safe. */
export async function sendCommand(
  api: Api,
  accountId: string,
  command: Command,
  newOrderId: string,
): Promise<Answer<Done>> {
  const params = { accountId };
  switch (command.kind) {
    case 'place': {
      const body = { ...command.ticket, orderId: newOrderId };
      return one(await api.call('POST /accounts/{accountId}/orders', { params, body }));
    }
    case 'amend': {
      const given = { params: { accountId, orderId: command.orderId }, body: command.change };
      return one(await api.call('PUT /accounts/{accountId}/orders/{orderId}', given));
    }
    case 'cancel': {
      const given = { params: { accountId, orderId: command.orderId } };
      return one(await api.call('DELETE /accounts/{accountId}/orders/{orderId}', given));
    }
    case 'cancel-all': {
      const answer = await api.call('DELETE /accounts/{accountId}/orders', { params });
      return answer.ok ? { ok: true, value: { orders: answer.value.orders, unpriced: [] } } : answer;
    }
    case 'close': {
      const given = { params: { accountId, instrument: command.instrument }, body: { orderId: newOrderId } };
      return one(await api.call('POST /accounts/{accountId}/positions/{instrument}/close', given));
    }
    case 'close-all':
      return api.call('POST /accounts/{accountId}/positions/close', { params });
  }
}

/** What can be asked for beforehand. */
export type Intent = Extract<Command, { readonly kind: 'place' | 'amend' }>;

/** What an order, or a change of one, would do. */
export async function previewCommand(
  api: Api,
  accountId: string,
  intent: Intent,
  newOrderId: string,
): Promise<Answer<Preview>> {
  if (intent.kind === 'amend') {
    const given = { params: { accountId, orderId: intent.orderId }, body: intent.change };
    return api.call('POST /accounts/{accountId}/orders/{orderId}/preview', given);
  }
  const body = { ...intent.ticket, orderId: newOrderId };
  return api.call('POST /accounts/{accountId}/orders/preview', { params: { accountId }, body });
}

const one = (answer: Answer<PlacedOrder>): Answer<Done> =>
  answer.ok ? { ok: true, value: { orders: [answer.value], unpriced: [] } } : answer;
