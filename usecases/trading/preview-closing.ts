import type { OrderRefusal } from '../../domain/assessment/commands/decide-order';
import {
  type ClosingPreview,
  previewClosing,
  previewClosingAll,
} from '../../domain/assessment/commands/preview-closing';
import type { AccountId, InstrumentId, OrderId, UserId } from '../../domain/kernel/ids';
import { type Result, refuse } from '../../domain/kernel/result';
import type { AccountStore } from '../ports/accounts/account-store';
import { type ContextParts, loadContext } from './load-context';
import { unknownInstrument } from './refusals';

type Asked = { readonly accountId: AccountId; readonly userId: UserId };

type Parts = ContextParts & { readonly accounts: Pick<AccountStore, 'load'> };

type Previewed<Refusal extends string> = Promise<Result<ClosingPreview, OrderRefusal | 'account_unknown' | Refusal>>;

/** What closing a position would do now. Nothing is written or reserved. */
export const previewClose =
  (parts: Parts) =>
  async ({
    accountId,
    userId,
    instrument,
  }: Asked & { readonly instrument: InstrumentId }): Previewed<'instrument_unknown'> => {
    const snapshot = await parts.accounts.load(accountId);
    if (snapshot?.userId !== userId) return notYours();
    const context = await loadContext(parts, snapshot, [instrument]);
    if (!context.instruments.has(instrument)) return unknownInstrument(instrument);
    return previewClosing(context, instrument, parts.ids.next<OrderId>());
  };

/** Previews the closing of everything that is held, after every order has been cancelled. */
export const previewCloseAll =
  (parts: Parts) =>
  async ({ accountId, userId }: Asked): Previewed<never> => {
    const snapshot = await parts.accounts.load(accountId);
    if (snapshot?.userId !== userId) return notYours();
    return previewClosingAll(await loadContext(parts, snapshot, []));
  };

const notYours = () => refuse('account_unknown', 'accountId', 'must be yours');
