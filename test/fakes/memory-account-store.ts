import type { AccountEvent } from '../../domain/account/account-event';
import { type Order, ticketOf } from '../../domain/account/order';
import type { AccountId, OrderId } from '../../domain/kernel/ids';
import type { AccountSnapshot, AccountStore, OpenAccounts } from '../../usecases/ports/accounts/account-store';
import type { SettlementStore } from '../../usecases/ports/accounts/settlement-store';
import { enqueueIn, type KeptAccount, type MemoryWorld } from './memory-world';

export function memoryAccountStore(world: MemoryWorld): AccountStore {
  const remembered = new Map<AccountId, AccountSnapshot>();
  return {
    load: async (id, orderId) => {
      const kept = world.accounts.get(id);
      if (!kept) return undefined;
      remembered.set(id, kept.snapshot);
      return { ...kept.snapshot, prior: orderId && priorIn(kept, orderId) };
    },
    recall: (id) => remembered.get(id),
    save: async (snapshot, change, fence) => {
      const { accountId } = snapshot;
      remembered.delete(accountId);
      const kept = world.accounts.get(accountId);
      const isFenced = fence !== undefined && world.epochs.get(fence.shard) !== fence.epoch;
      if (!kept || kept.snapshot.version !== snapshot.version || isFenced) return 'stale';
      if (change.events.some((one) => one.kind === 'order_placed' && kept.orders.has(one.order.orderId))) {
        return 'stale';
      }
      const { account, status, events, versions, verdict, equityPoint, messages } = change;
      const version = snapshot.version + messages.length;
      kept.snapshot = { ...kept.snapshot, version, status, account };
      events.forEach((event, index) => {
        keep(kept, event);
        keepMove(kept, event, versions[index] ?? version);
      });
      for (const order of account.orders) keepOrder(kept, order);
      if (verdict) kept.verdict = verdict;
      if (equityPoint) kept.equity.set(equityPoint.at, equityPoint);
      enqueueIn(world, messages);
      remembered.set(accountId, kept.snapshot);
      return 'saved';
    },
  };
}

function priorIn({ orders, fills }: KeptAccount, orderId: OrderId): AccountSnapshot['prior'] {
  const known = orders.get(orderId);
  return known && { ...known, fills: fills.filter((fill) => fill.orderId === orderId) };
}

function keep(kept: KeptAccount, event: AccountEvent): void {
  switch (event.kind) {
    case 'order_placed':
      keepPlaced(kept, event.order);
      return;
    case 'order_amended':
    case 'order_advanced':
    case 'order_triggered':
    case 'order_cancelled':
      keepOrder(kept, event.order);
      return;
    case 'order_filled':
      kept.fills.push(event.fill);
      fillOrder(kept, event.fill.orderId);
      return;
    case 'position_settled':
      kept.settlements.push(event.settlement);
      return;
    default:
      return;
  }
}

/** A market order never rests: it is kept as it was asked for, with its fills. */
const keepPlaced = ({ orders }: KeptAccount, order: Order): unknown =>
  orders.set(order.orderId, {
    ticket: ticketOf(order),
    order: order.terms.type === 'market' ? undefined : order,
  });

function keepMove({ moves }: KeptAccount, event: AccountEvent, version: number): void {
  if (event.kind === 'position_settled') {
    moves.push({ kind: 'settlement', version, settlement: event.settlement });
  }
  if (event.kind !== 'order_filled') return;
  const { instrument, side, qty, cashUsd, feeUsd, realizedUsd, filledAt, closedFor } = event.fill;
  const fill = { instrument, side, qty, cashUsd, feeUsd, realizedUsd, filledAt, ...(closedFor && { closedFor }) };
  moves.push({ kind: 'fill', version, fill });
}

function keepOrder({ orders }: KeptAccount, order: Order): void {
  const known = orders.get(order.orderId);
  if (known) known.order = order;
}

/** An order that rested has as much filled as its fills say, and has ended when that is all of it. */
function fillOrder({ orders, fills }: KeptAccount, orderId: OrderId): void {
  const known = orders.get(orderId);
  if (!known?.order) return;
  const parts = fills.filter((fill) => fill.orderId === orderId);
  const filled = parts.reduce((sum, { qty }) => sum + qty, 0n);
  const filledQty = filled as Order['filledQty'];
  const status = filled >= known.order.qty ? 'filled' : known.order.status;
  known.order = { ...known.order, filledQty, parts: parts.length, status };
}

export const memoryOpenAccounts = (world: MemoryWorld): OpenAccounts => ({
  page: async (after, limit) =>
    [...world.accounts.values()]
      .map(({ snapshot }) => snapshot)
      .filter(({ status, accountId }) => status === 'active' && (after === undefined || accountId > after))
      .sort((a, b) => (a.accountId < b.accountId ? -1 : 1))
      .slice(0, limit),
  recordEquity: async (points) => {
    for (const { accountId, ...point } of points) world.accounts.get(accountId)?.equity.set(point.at, point);
  },
});

export const memorySettlementStore = (world: MemoryWorld): SettlementStore => ({
  of: async (id, instrument) =>
    (world.accounts.get(id)?.settlements ?? []).filter((settlement) => settlement.instrument === instrument),
  moves: async (id) => world.accounts.get(id)?.moves ?? [],
  accountsIn: async (instrument, after, limit) =>
    [...world.accounts.values()]
      .filter(({ snapshot, settlements }) =>
        [...snapshot.account.positions, ...settlements].some((one) => one.instrument === instrument),
      )
      .map(({ snapshot }) => snapshot.accountId)
      .filter((id) => after === undefined || id > after)
      .sort()
      .slice(0, limit),
});
