import { orderOf } from '../../domain/account/account';
import type { OrderTicket } from '../../domain/account/orders/order';
import type { Amendment, AmendRefusal } from '../../domain/assessment/commands/amend-order';
import type { OrderRefusal } from '../../domain/assessment/commands/decide-order';
import {
  type Preview,
  previewAmendment,
  previewOf,
  previewOrder as previewPlaced,
} from '../../domain/assessment/commands/preview-order';
import type { AccountId, OrderId, UserId } from '../../domain/kernel/ids';
import { type Result, refuse } from '../../domain/kernel/result';
import type { AccountStore } from '../ports/accounts/account-store';
import { isAsAsked } from './amend-order';
import { type ContextParts, loadContext } from './load-context';
import { unknownInstrument, unknownOrder } from './refusals';

type Asked = { readonly accountId: AccountId; readonly userId: UserId };

export type PreviewOrder = Asked & { readonly ticket: OrderTicket };

export type PreviewAmendment = Asked & { readonly orderId: OrderId; readonly change: Amendment };

type Parts = ContextParts & { readonly accounts: Pick<AccountStore, 'load'> };

/** What an order would do now. Nothing is written or reserved. */
export const previewOrder =
  (parts: Parts) =>
  async ({
    accountId,
    userId,
    ticket,
  }: PreviewOrder): Promise<Result<Preview, OrderRefusal | 'account_unknown' | 'instrument_unknown'>> => {
    const snapshot = await parts.accounts.load(accountId);
    if (snapshot?.userId !== userId) return notYours();
    const context = await loadContext(parts, snapshot, [ticket.instrument]);
    if (!context.instruments.has(ticket.instrument)) return unknownInstrument(ticket.instrument);
    return previewPlaced(context, ticket);
  };

/** What a change to an order that works would do now; of a change to what it is already, how things stand. */
export const previewAmend =
  (parts: Parts) =>
  async ({
    accountId,
    userId,
    orderId,
    change,
  }: PreviewAmendment): Promise<Result<Preview, AmendRefusal | 'account_unknown' | 'order_unknown'>> => {
    const snapshot = await parts.accounts.load(accountId, orderId);
    if (snapshot?.userId !== userId) return notYours();
    if (!snapshot.prior) return unknownOrder();
    const context = await loadContext(parts, snapshot, []);
    const order = orderOf(context.account, orderId);
    if (order && isAsAsked(order, change)) return previewOf(context, [], order);
    return previewAmendment(context, snapshot.prior.ticket, change);
  };

const notYours = () => refuse('account_unknown', 'accountId', 'must be yours');
