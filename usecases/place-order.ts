import { positionIn } from '../domain/account/account';
import type { Executed, Fill, OrderTicket } from '../domain/account/order';
import { decideOrder, type OrderRefusal, STALE_AFTER_MS } from '../domain/assessment/decide-order';
import { marksOf } from '../domain/assessment/evidence';
import type { AccountId, EventId, FillId, InstrumentId, UserId } from '../domain/kernel/ids';
import { invariant } from '../domain/kernel/invariant';
import { accept, type Refused, type Result, refuse } from '../domain/kernel/result';
import { dayAnnouncement, holderOf, numbered } from './announce';
import { freshQuotes } from './fresh-quotes';
import type { AccountChange, AccountSnapshot, AccountStore } from './ports/account-store';
import type { Clock, Ids, Trace } from './ports/edge';
import type { BookSource, InstrumentSource } from './ports/market-data';

export type PlaceOrder = {
  readonly accountId: AccountId;
  readonly userId: UserId;
  readonly ticket: OrderTicket;
  readonly trace: Trace;
};

export type PlaceOrderRefusal =
  | OrderRefusal
  | 'account_unknown'
  | 'account_busy'
  | 'instrument_unknown'
  | 'order_id_reused';

/** `isReplay`: the order was placed before and this is its answer again. */
export type OrderPlaced = { readonly fill: Fill; readonly isReplay: boolean };

export type PlaceOrderParts = {
  readonly accounts: AccountStore;
  readonly books: BookSource;
  readonly instruments: InstrumentSource;
  readonly clock: Clock;
  readonly ids: Ids;
};

/** Each conflict means that another command of the same account went first; more than this many is a storm. */
const ATTEMPTS_MAX = 20;

/** Load, decide, save once. A conflict loads and decides again; the same order id finds its first answer. */
export const placeOrder =
  (parts: PlaceOrderParts) =>
  async (command: PlaceOrder): Promise<Result<OrderPlaced, PlaceOrderRefusal>> => {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const snapshot = await parts.accounts.load(command.accountId, command.ticket.orderId);
      if (!snapshot || snapshot.userId !== command.userId)
        return refuse('account_unknown', 'accountId', 'must be yours');
      if (snapshot.priorFill) return earlierAnswer(snapshot.priorFill, command.ticket);
      const decided = await decide(parts, snapshot, command);
      if (!decided.ok) return decided;
      const change = changeOf(parts, snapshot, command, decided.value);
      if ((await parts.accounts.save(snapshot, change)) === 'saved') {
        return accept({ fill: decided.value.fill, isReplay: false });
      }
    }
    return refuse('account_busy');
  };

function earlierAnswer(fill: Fill, ticket: OrderTicket): Result<OrderPlaced, PlaceOrderRefusal> {
  const isSame = fill.instrument === ticket.instrument && fill.side === ticket.side && fill.qty === ticket.qty;
  if (isSame) return accept({ fill, isReplay: true });
  return refuse('order_id_reused', 'orderId', 'was used for an order with another instrument, side or quantity');
}

async function decide(
  { books, instruments, clock, ids }: PlaceOrderParts,
  snapshot: AccountSnapshot,
  { ticket }: PlaceOrder,
): Promise<Result<Executed, PlaceOrderRefusal>> {
  const wanted = [...new Set([ticket.instrument, ...snapshot.account.positions.map(({ instrument }) => instrument)])];
  const [catalogue, current] = await Promise.all([instruments.find(wanted), books.current(wanted)]);
  const instrument = catalogue.get(ticket.instrument);
  if (!instrument) return unknownInstrument(ticket.instrument);
  const at = clock.now();
  return decideOrder({
    status: snapshot.status,
    rules: snapshot.rules,
    account: snapshot.account,
    ticket,
    instrument,
    instruments: catalogue,
    book: current.get(ticket.instrument),
    marks: marksOf(freshQuotes(current, at, STALE_AFTER_MS)),
    made: { fillId: ids.next<FillId>(), at },
  });
}

const unknownInstrument = (instrument: InstrumentId): Refused<'instrument_unknown'> =>
  refuse('instrument_unknown', 'instrument', `${instrument} is not an instrument that can be traded`);

/** The fill and everything that follows from it: order-placed, order-filled, and a new day before both if one began. */
function changeOf(
  { ids }: PlaceOrderParts,
  snapshot: AccountSnapshot,
  { trace }: PlaceOrder,
  executed: Executed,
): AccountChange {
  const { fill, account, balanceUsd } = executed;
  invariant(snapshot.status === 'active', 'only an active assessment fills orders');
  const holder = holderOf(snapshot);
  const { orderId, fillId, instrument, side, qty, price, feeUsd, realizedUsd, bookSequence, venueProof } = fill;
  const filled = {
    ...{ orderId, fillId, instrument, side, qty, price, feeUsd, realizedUsd },
    ...{ cashUsd: account.cashUsd, balanceUsd, tradesClosed: account.tradesClosed },
    ...{ position: positionIn(account, instrument) ?? null, bookSequence, venueProof },
  };
  return {
    account,
    status: snapshot.status,
    fill,
    ledger: executed.ledger,
    announcements: numbered(snapshot, trace, fill.placedAt, () => ids.next<EventId>(), [
      ...dayAnnouncement(snapshot, account),
      { type: 'trading.order-placed', data: { ...holder, orderId, instrument, side, type: 'market', qty } },
      { type: 'trading.order-filled', data: { ...holder, ...filled } },
    ]),
  };
}
