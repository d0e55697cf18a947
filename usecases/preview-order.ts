import type { OrderTicket } from '../domain/account/order';
import type { OrderRefusal } from '../domain/assessment/decide-order';
import { type Preview, previewOrder as previewOf } from '../domain/assessment/preview-order';
import type { AccountId, UserId } from '../domain/kernel/ids';
import { type Result, refuse } from '../domain/kernel/result';
import { type DeskParts, openDesk } from './open-desk';
import { unknownInstrument } from './place-order';
import type { AccountStore } from './ports/account-store';

export type PreviewOrder = {
  readonly accountId: AccountId;
  readonly userId: UserId;
  readonly ticket: OrderTicket;
};

type Parts = DeskParts & { readonly accounts: Pick<AccountStore, 'load'> };

/** What an order would do now. Nothing is written or reserved. */
export const previewOrder =
  (parts: Parts) =>
  async ({
    accountId,
    userId,
    ticket,
  }: PreviewOrder): Promise<Result<Preview, OrderRefusal | 'account_unknown' | 'instrument_unknown'>> => {
    const snapshot = await parts.accounts.load(accountId);
    if (snapshot?.userId !== userId) return refuse('account_unknown', 'accountId', 'must be yours');
    const desk = await openDesk(parts, snapshot, [ticket.instrument]);
    if (!desk.instruments.has(ticket.instrument)) return unknownInstrument(ticket.instrument);
    return previewOf(desk, ticket);
  };
