import type { AccountEvent } from '../../domain/account/account-event';
import type { Order } from '../../domain/account/orders/order';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import type { AccountId } from '../../domain/kernel/ids';
import { qty, ZERO_USD } from '../../domain/kernel/money';
import type { AccountSnapshot, AccountStore } from '../../usecases/ports/accounts/account-store';
import type { MemoryWorld } from '../fakes/memory-world';
import type { Sabotage } from './sabotage';

/** The account store without one of its guarantees. */
export function sabotagedStore(store: AccountStore, world: MemoryWorld, sabotage: Sabotage): AccountStore {
  if (sabotage === 'version_guard') {
    const save: AccountStore['save'] = (snapshot, change, fence) => {
      const version = world.accounts.get(snapshot.accountId)?.snapshot.version ?? snapshot.version;
      return store.save({ ...snapshot, version }, change, fence);
    };
    return { ...store, save };
  }
  if (sabotage === 'bounds') {
    const save: AccountStore['save'] = async (...given) => {
      const saved = await store.save(...given);
      return saved === 'out_of_range' ? 'stale' : saved;
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

/** The account store to which an event of each account is lost; the account it is saved with has it all the same. */
export function losingEvents(store: AccountStore, sabotage: Sabotage): AccountStore {
  if (sabotage !== 'events') return store;
  // An engine would save for ever what is lost for ever.
  const losers = new Set<AccountId>();
  return {
    ...store,
    save: (snapshot, { events, versions, ...change }, fence) => {
      const isLost = ({ kind }: AccountEvent) => kind === 'high_water_raised' || kind === 'limit_warned';
      const lost = losers.has(snapshot.accountId) ? -1 : events.findIndex(isLost);
      if (lost >= 0) losers.add(snapshot.accountId);
      const isKept = (_: unknown, index: number) => index !== lost;
      return store.save(
        snapshot,
        { ...change, events: events.filter(isKept), versions: versions.filter(isKept) },
        fence,
      );
    },
  };
}

/** Which process it is that looks at accounts: not all of them lack the same. */
export type Seer = 'api' | 'engine' | 'other';

type Blinding = (snapshot: AccountSnapshot, seer: Seer) => AccountSnapshot;

const withRules = (snapshot: AccountSnapshot, change: Partial<RuleSet>): AccountSnapshot => ({
  ...snapshot,
  rules: { ...snapshot.rules, ...change },
});

const withOrders = (snapshot: AccountSnapshot, change: (order: Order) => Order): AccountSnapshot => ({
  ...snapshot,
  account: { ...snapshot.account, orders: snapshot.account.orders.map(change) },
});

/** What a process does not see of an account. An edition of the time zones that is older has Paraguay's winter. */
const BLINDINGS: Partial<Record<Sabotage, Blinding>> = {
  caps: (snapshot) =>
    withRules(snapshot, { exposure: { ...snapshot.rules.exposure, eventUsdMax: null, categoryUsdMax: null } }),
  door: (snapshot, seer) => (seer === 'api' ? withRules(snapshot, { riskPerTrade: null }) : snapshot),
  payout_rules: (snapshot) => {
    const { payout } = snapshot.rules;
    const always = { firstAfterDays: 0, consistencyMax: null, shareOfProfitMax: null, maxUsd: null };
    return withRules(snapshot, {
      payout: payout && { ...payout, ...always, requiresFlat: false, bufferUsd: ZERO_USD },
    });
  },
  duration: (snapshot) => withRules(snapshot, { touchMs: 0 }),
  zones: (snapshot, seer) =>
    seer === 'engine' && snapshot.rules.dayZone === 'America/Asuncion'
      ? withRules(snapshot, { dayZone: 'America/La_Paz' })
      : snapshot,
  queues: (snapshot) => withOrders(snapshot, (order) => ({ ...order, queueAhead: order.queueAhead && qty(0n) })),
  fees: (snapshot) => withOrders(snapshot, ({ exactFee: _, ...order }) => order),
};

/** The account store as somebody sees it who lacks something. */
export function blindedStore(store: AccountStore, sabotage: Sabotage, seer: Seer): AccountStore {
  const blinding = BLINDINGS[sabotage];
  if (!blinding) return store;
  const seen = <T extends AccountSnapshot | undefined>(snapshot: T): T =>
    snapshot && ({ ...snapshot, ...blinding(snapshot, seer) } as T);
  return {
    ...store,
    load: async (accountId, orderId) => seen(await store.load(accountId, orderId)),
    recall: (accountId) => seen(store.recall(accountId)),
  };
}
