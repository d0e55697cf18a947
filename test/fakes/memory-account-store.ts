import { type Account, orderOf } from '../../domain/account/account';
import type { AccountEvent } from '../../domain/account/account-event';
import { evolve, filledOrder } from '../../domain/account/evolve';
import { type Order, ticketOf } from '../../domain/account/orders/order';
import { isStorable } from '../../domain/account/storable';
import type { AccountId, OrderId } from '../../domain/kernel/ids';
import { keptPayout } from '../../usecases/assessment/take-payout';
import type { AccountSnapshot, AccountStore, OpenAccounts } from '../../usecases/ports/accounts/account-store';
import type { PayoutStore } from '../../usecases/ports/accounts/payout-store';
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
      const paid = new Set(kept.payouts.map(({ payoutId }) => payoutId));
      if (change.events.some((one) => one.kind === 'payout_taken' && paid.has(one.payoutId))) return 'stale';
      if (!isStorable(change.account, change.events)) return 'out_of_range';
      const { status, events, versions, verdict, equityPoint, messages } = change;
      const version = snapshot.version + messages.length;
      let { account } = snapshot;
      events.forEach((event, index) => {
        keep(kept, event, account);
        keepMove(kept, event, versions[index] ?? version);
        account = evolve(snapshot.rules, account, event);
      });
      for (const order of account.orders) keepOrder(kept, order);
      kept.snapshot = { ...kept.snapshot, version, status, account };
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

/** `before` is the account to which the event happens. */
function keep(kept: KeptAccount, event: AccountEvent, before: Account): void {
  switch (event.kind) {
    case 'order_placed':
      kept.orders.set(event.order.orderId, { ticket: ticketOf(event.order), order: event.order });
      return;
    case 'order_amended':
    case 'order_advanced':
    case 'order_triggered':
    case 'order_cancelled':
      keepOrder(kept, event.order);
      return;
    case 'order_filled': {
      const order = orderOf(before, event.fill.orderId);
      kept.fills.push(event.fill);
      if (order) keepOrder(kept, filledOrder(order, event));
      return;
    }
    case 'position_settled':
      kept.settlements.push(event.settlement);
      return;
    case 'payout_taken':
      kept.payouts.unshift(keptPayout(event));
      return;
    default:
      return;
  }
}

/** A market order that filled is kept as it was asked for, with its fills: it never rested. */
function keepOrder({ orders }: KeptAccount, order: Order): void {
  const known = orders.get(order.orderId);
  const isTold = order.terms.type === 'market' && order.status === 'filled';
  if (known) known.order = isTold ? undefined : order;
}

function keepMove({ moves }: KeptAccount, event: AccountEvent, version: number): void {
  if (event.kind === 'position_settled') {
    moves.push({ kind: 'settlement', version, settlement: event.settlement });
  }
  if (event.kind !== 'order_filled') return;
  const { instrument, side, qty, cashUsd, feeUsd, realizedUsd, filledAt, closedFor } = event.fill;
  const fill = { instrument, side, qty, cashUsd, feeUsd, realizedUsd, filledAt, ...(closedFor && { closedFor }) };
  moves.push({ kind: 'fill', version, fill });
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

export const memoryPayoutStore = (world: MemoryWorld): PayoutStore => ({
  find: async (id, payoutId) => world.accounts.get(id)?.payouts.find((one) => one.payoutId === payoutId),
  of: async (id) => world.accounts.get(id)?.payouts ?? [],
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
