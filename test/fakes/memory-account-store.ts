import type { AccountStore, OpenAccounts } from '../../usecases/ports/account-store';
import { announceIn, type MemoryWorld } from './memory-world';

export const memoryAccountStore = (world: MemoryWorld): AccountStore => ({
  load: async (id, orderId) => {
    const kept = world.accounts.get(id);
    return kept && { ...kept.snapshot, priorFill: kept.fills.find((fill) => fill.orderId === orderId) };
  },
  save: async (snapshot, change) => {
    const kept = world.accounts.get(snapshot.accountId);
    const { account, status, fill, verdict, equityPoint, announcements } = change;
    const isKnown = fill && kept?.fills.some(({ orderId }) => orderId === fill.orderId);
    if (!kept || kept.snapshot.version !== snapshot.version || isKnown) return 'stale';
    const version = snapshot.version + announcements.length;
    kept.snapshot = { ...kept.snapshot, version, status, account };
    if (fill) kept.fills.push(fill);
    if (verdict) kept.verdict = verdict;
    if (equityPoint) kept.equity.set(equityPoint.at, equityPoint);
    announceIn(world, announcements);
    return 'saved';
  },
});

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
