import type { AccountStore } from '../../usecases/ports/account-store';
import type { Outbox } from '../../usecases/ports/outbox';
import type { MemoryWorld } from '../fakes/memory-world';

/**
 * A guarantee that is switched off, to see that the oracles notice: the guard by version, the memory of order ids, rows
 * that are marked as sent only afterwards, the inbox, the engine's eyes, and what its
 * successor reads again.
 */
export type Sabotage = 'none' | 'version_guard' | 'order_ids' | 'outbox' | 'inbox' | 'engine' | 'progress';

/** The account store without one of its guarantees. */
export function sabotagedStore(store: AccountStore, world: MemoryWorld, sabotage: Sabotage): AccountStore {
  if (sabotage === 'version_guard') {
    const save: AccountStore['save'] = (snapshot, change, fence) => {
      const version = world.accounts.get(snapshot.accountId)?.snapshot.version ?? snapshot.version;
      return store.save({ ...snapshot, version }, change, fence);
    };
    return { ...store, save };
  }
  if (sabotage !== 'order_ids') return store;
  const forget = (accountId: Parameters<AccountStore['load']>[0]) => world.accounts.get(accountId)?.orders.clear();
  return {
    ...store,
    load: (id, orderId) => {
      forget(id);
      return store.load(id, orderId);
    },
    save: (snapshot, change, fence) => {
      forget(snapshot.accountId);
      return store.save(snapshot, change, fence);
    },
  };
}

export const sabotagedOutbox = (outbox: Outbox, sabotage: Sabotage): Outbox =>
  sabotage !== 'outbox'
    ? outbox
    : {
        ...outbox,
        unsent: async (limit) => {
          const rows = await outbox.unsent(limit);
          await outbox.markSent(rows.map(({ eventId }) => eventId));
          return rows;
        },
      };
