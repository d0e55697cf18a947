import type { KeptEvent } from '../../domain/assessment/settlement/account-moves';
import { instant } from '../../domain/kernel/instant';
import type { SettleParts } from '../../usecases/judging/settle-outcome';
import type { AccountSnapshot, AccountStore } from '../../usecases/ports/accounts/account-store';
import type { SettlementStore } from '../../usecases/ports/accounts/settlement-store';
import type { Outbox } from '../../usecases/ports/events/outbox';

import type { TakenLiquidity } from '../../usecases/ports/market-data/taken-liquidity';

import type { ToldPrices } from '../../usecases/ports/market-data/told-prices';

import type { MemoryWorld } from '../fakes/memory-world';

/**
 * A guarantee that is switched off, to see that the oracles notice: the guard by version, the memory of order ids, rows
 * that are marked as sent only afterwards, events that are kept, the inbox, the engine's eyes, what its successor reads again, what outcomes
 * paid before, what was remembered when they paid it, the risk desk's letter box, that a hold goes by what is true, that
 * whoever fills an order knows the caps of its rules, remembers what was taken of a level, waits for a book that is
 * known to hold, and knows what was told before the order, and that an account is judged that holds something without a
 * price.
 */
export type Sabotage =
  | 'none'
  | 'version_guard'
  | 'order_ids'
  | 'events'
  | 'outbox'
  | 'inbox'
  | 'engine'
  | 'progress'
  | 'payouts'
  | 'remembered'
  | 'signals'
  | 'holds'
  | 'caps'
  | 'taken'
  | 'confirmation'
  | 'unjudged'
  | 'shield';

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

/** The account store to which an event is lost now and then: the account that it is saved with has it all the same. */
export function losingEvents(store: AccountStore, sabotage: Sabotage): AccountStore {
  if (sabotage !== 'events') return store;
  return {
    ...store,
    save: (snapshot, { events, versions, ...change }, fence) => {
      const lost = events.findIndex(({ kind }) => kind === 'high_water_raised' || kind === 'limit_warned');
      const isKept = (_: unknown, index: number) => index !== lost;
      return store.save(
        snapshot,
        { ...change, events: events.filter(isKept), versions: versions.filter(isKept) },
        fence,
      );
    },
  };
}

/** The account store whose snapshots lack the caps of an event and of a category. */
export function withoutCaps(store: AccountStore, sabotage: Sabotage): AccountStore {
  if (sabotage !== 'caps') return store;
  const uncapped = <T extends AccountSnapshot | undefined>(snapshot: T): T => {
    if (!snapshot) return snapshot;
    const { rules } = snapshot;
    const exposure = { ...rules.exposure, eventUsdMax: null, categoryUsdMax: null };
    return { ...snapshot, rules: { ...rules, exposure } };
  };
  return {
    ...store,
    load: async (accountId, orderId) => uncapped(await store.load(accountId, orderId)),
    recall: (accountId) => uncapped(store.recall(accountId)),
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

/** Nothing is kept of what was told: whoever decides by it finds that nothing happened. */
export const sabotagedPrices = (told: ToldPrices, sabotage: Sabotage): ToldPrices =>
  sabotage !== 'unjudged'
    ? told
    : { lately: async () => ({ reach: instant(0), spans: new Map() }), tops: async () => [] };

type Settling = Pick<SettleParts, 'settlements' | 'signals'> & { readonly settlements: SettlementStore };

/** What was paid is forgotten, or what was remembered at the time; or nobody is told of a verdict on a wrong payout. */
export function sabotagedSettling<T extends Settling>(settling: T, sabotage: Sabotage): T {
  const { settlements, signals } = settling;
  if (sabotage === 'payouts') return { ...settling, settlements: { ...settlements, of: async () => [] } };
  if (sabotage === 'signals') return { ...settling, signals: { ...signals, keep: async () => 0 } };
  if (sabotage !== 'remembered') return settling;
  const moves: SettlementStore['moves'] = async (id) => (await settlements.moves(id)).map(forgetful);
  return { ...settling, settlements: { ...settlements, moves } };
}

const forgetful = (move: KeptEvent): KeptEvent =>
  move.kind === 'fill'
    ? move
    : {
        ...move,
        settlement: { ...move.settlement, before: { ...move.settlement.before, day: '2026-01-01', warned: {} } },
      };

/** What is taken without its memory: every level is whole, for whoever comes, as often as they come. */
export const sabotagedTaken = (taken: TakenLiquidity, sabotage: Sabotage): TakenLiquidity =>
  sabotage !== 'taken'
    ? taken
    : {
        of: async () => new Map(),
        reserve: async () => 'reserved',
        giveBack: async () => undefined,
      };
