import type { Answer } from './answer';
import type { Api } from './api-client';
import type { ClosingPreview, OrderChange, PlacedOrder, Preview } from './contract';
import { type Outlook, outlookOfClosing, outlooksOf } from './outlook';
import type { Ticket } from './ticket-draft';

/** What a trader does at the desk. */
export type Command =
  | { readonly kind: 'place'; readonly ticket: Ticket }
  | {
      readonly kind: 'amend';
      readonly orderId: string;
      readonly instrument: string;
      readonly change: OrderChange;
    }
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

/** What a command would lead to, and what it would leave. */
export type Outcomes = {
  readonly outlooks: readonly Outlook[];
  readonly rooms: Preview['rooms'];
  /** Known of a closing; null otherwise. */
  readonly balanceUsd: string | null;
  readonly left: readonly string[];
};

type Foreseeable = Exclude<Command, { readonly kind: 'cancel' | 'cancel-all' }>;

/** Whether the platform can say beforehand what a command would lead to; to cancel an order leads to nothing. */
export const isForeseeable = (command: Command): command is Foreseeable =>
  command.kind !== 'cancel' && command.kind !== 'cancel-all';

/** What a command would lead to if it were given now. `tickOf` an instrument its prices are written with. */
export async function foreseen(
  api: Api,
  accountId: string,
  command: Foreseeable,
  { newOrderId, tickOf }: { readonly newOrderId: string; readonly tickOf: (instrument: string) => string },
): Promise<Answer<Outcomes>> {
  if (command.kind === 'place' || command.kind === 'amend') {
    const answer = await previewCommand(api, accountId, command, newOrderId);
    if (!answer.ok) return answer;
    const tick = tickOf(command.kind === 'place' ? command.ticket.instrument : command.instrument);
    const { rooms } = answer.value;
    return { ok: true, value: { outlooks: outlooksOf(answer.value, tick), rooms, balanceUsd: null, left: [] } };
  }
  const answer = await previewClosing(api, accountId, command);
  if (!answer.ok) return answer;
  const { rooms, balanceUsd, left } = answer.value;
  return { ok: true, value: { outlooks: [outlookOfClosing(answer.value)], rooms, balanceUsd, left } };
}

const previewClosing = (
  api: Api,
  accountId: string,
  command: Extract<Command, { readonly kind: 'close' | 'close-all' }>,
): Promise<Answer<ClosingPreview>> =>
  command.kind === 'close'
    ? api.call('POST /accounts/{accountId}/positions/{instrument}/close/preview', {
        params: { accountId, instrument: command.instrument },
      })
    : api.call('POST /accounts/{accountId}/positions/close/preview', { params: { accountId } });

const one = (answer: Answer<PlacedOrder>): Answer<Done> =>
  answer.ok ? { ok: true, value: { orders: [answer.value], unpriced: [] } } : answer;
