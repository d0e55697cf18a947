import type { AccountId } from '../../domain/kernel/ids';
import { isoText } from '../../domain/kernel/instant';
import type { AccountStore, OpenAccounts } from '../../usecases/ports/account-store';
import { fillAtVersion, loadAccount, loadKnownAccount, pageOpenAccounts, recordEquity } from './account.sql';
import { fillOf, type PinnedColumns, snapshotOf, snapshotsOf } from './account-rows';
import type { Database } from './database';
import { isRetryable, isUniqueViolation } from './database-errors';
import { saveCall } from './save-account';

/** How many accounts' pinned columns are remembered before all are forgotten. */
const PINNED_MAX = 10_000;

export const makeAccountStore = (database: Database): AccountStore => ({
  load: loadWith(database, new Map()),
  save: async (snapshot, change) => {
    const { statement, values } = saveCall(snapshot, change);
    try {
      return (await database.write(statement, values)) > 0 ? 'saved' : 'stale';
    } catch (error) {
      // The same order id won elsewhere, or others kept winning: reading again shows what they wrote.
      if (isRetryable(error) || isUniqueViolation(error, 'fills_order')) return 'stale';
      throw error;
    }
  },
});

/** A known account's assessment is not asked for again: it was fixed on the day of purchase. */
const loadWith =
  (database: Database, pinned: Map<AccountId, PinnedColumns>): AccountStore['load'] =>
  async (id, orderId) => {
    const known = pinned.get(id);
    const values = [id, orderId ?? null];
    const rows = known
      ? (await database.query(loadKnownAccount, values)).map((row) => ({ ...row, ...known }))
      : await database.query(loadAccount, values);
    const [first, ...others] = rows;
    if (!first) return undefined;
    if (!known) {
      if (pinned.size >= PINNED_MAX) pinned.clear();
      const { assessment_id, user_id, rules, rule_set_version, rule_set_hash } = first;
      pinned.set(id, { assessment_id, user_id, rules, rule_set_version, rule_set_hash });
    }
    const snapshot = snapshotOf([first, ...others]);
    if (first.fill_version === null) return snapshot;
    const [fill] = await database.query(fillAtVersion, [id, first.fill_version]);
    return { ...snapshot, priorFill: fill && fillOf(fill) };
  };

/** Sorts before every UUID that anyone makes. */
const NIL = '00000000-0000-0000-0000-000000000000';

export const makeOpenAccounts = (database: Database): OpenAccounts => ({
  page: async (after, limit) => snapshotsOf(await database.query(pageOpenAccounts, [after ?? NIL, limit])),
  recordEquity: async (points) => {
    await database.write(recordEquity, [
      points.map(({ accountId }) => accountId),
      points.map(({ at }) => isoText(at)),
      points.map(({ equityUsd }) => equityUsd),
      points.map(({ balanceUsd }) => balanceUsd),
    ]);
  },
});
