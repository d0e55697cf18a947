import type { AccountId } from '../../../domain/kernel/ids';
import { isoText } from '../../../domain/kernel/instant';
import { invariant } from '../../../domain/kernel/invariant';
import type { AccountSnapshot, AccountStore, OpenAccounts } from '../../../usecases/ports/accounts/account-store';
import type { Database } from '../connection/database';
import { isOutOfRange, isRetryable, isUniqueViolation } from '../connection/database-errors';
import { FIRST_ID } from '../connection/first-id';
import { statementBatcher } from '../connection/statement-batcher';
import { loadAccount, loadKnownAccount, type PriorRow, pageOpenAccounts, recordEquity } from './account.sql';
import { type PinnedColumns, snapshotOf, snapshotsOf } from './account-rows';
import { fillOf } from './fill-rows';
import { priorOrder } from './order-rows';
import { advanced, rememberAccounts } from './remembered-accounts';
import { saveCall } from './save-account';
import { marketFillOf } from './save-market-fill';
import { MARKET_FILL_COLUMNS, type MarketFill, SAVE_MARKET_FILLS } from './save-market-fills.sql';

/** How many accounts' snapshots, and how many accounts' pinned columns, are remembered. */
const ACCOUNTS_MAX = 10_000;

export function makeAccountStore(database: Database): AccountStore {
  const accounts = rememberAccounts(ACCOUNTS_MAX);
  const load = loadWith(database, new Map());
  const saveMarketFill = statementBatcher<MarketFill>({
    sizes: [...SAVE_MARKET_FILLS.keys()],
    keyOf: ({ account_id }) => account_id,
    run: async (fills) => {
      const statement = SAVE_MARKET_FILLS.get(fills.length);
      invariant(statement !== undefined, 'a group has a size that was named');
      const values = fills.flatMap((fill) => MARKET_FILL_COLUMNS.map((column) => fill[column]));
      const saved = await database.query(statement, values);
      return new Set(saved.map(({ key }) => key));
    },
  });
  const write = async (...[snapshot, change, fence]: Parameters<AccountStore['save']>): Promise<boolean> => {
    const marketFill = fence ? undefined : marketFillOf(snapshot, change);
    if (marketFill) return saveMarketFill(marketFill);
    const { statement, values } = saveCall(snapshot, change, fence);
    return (await database.write(statement, values)) > 0;
  };
  return {
    load: async (id, orderId) => {
      const snapshot = await load(id, orderId);
      if (snapshot) accounts.remember(snapshot);
      return snapshot;
    },
    recall: accounts.recall,
    save: async (snapshot, change, fence) => {
      try {
        if (await write(snapshot, change, fence)) {
          accounts.remember(advanced(snapshot, change));
          return 'saved';
        }
      } catch (error) {
        accounts.forget(snapshot.accountId);
        if (isOutOfRange(error)) return 'out_of_range';
        // An order, or a payout, of this id won elsewhere, or others kept winning: reading again shows what they wrote.
        if (
          !isRetryable(error) &&
          !isUniqueViolation(error, 'fills_order') &&
          !isUniqueViolation(error, 'payouts_pkey')
        )
          throw error;
      }
      accounts.forget(snapshot.accountId);
      return 'stale';
    },
  };
}

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
      if (pinned.size >= ACCOUNTS_MAX) pinned.clear();
      const { assessment_id, user_id, rules, rule_set_version, rule_set_hash } = first;
      pinned.set(id, { assessment_id, user_id, rules, rule_set_version, rule_set_hash });
    }
    return { ...snapshotOf([first, ...others]), prior: priorOf(first, rows) };
  };

/** Each fill comes once for each open position. */
function priorOf(first: PriorRow, rows: readonly PriorRow[]): AccountSnapshot['prior'] {
  const fills = new Map(rows.flatMap((row) => (row.fill_id === null ? [] : [[row.part, fillOf(row)]])));
  return priorOrder(first.ticket === null ? undefined : first, [...fills.values()]);
}

export const makeOpenAccounts = (database: Database): OpenAccounts => ({
  page: async (after, limit) => snapshotsOf(await database.query(pageOpenAccounts, [after ?? FIRST_ID, limit])),
  recordEquity: async (points) => {
    await database.write(recordEquity, [
      points.map(({ accountId }) => accountId),
      points.map(({ at }) => isoText(at)),
      points.map(({ equityUsd }) => equityUsd),
      points.map(({ balanceUsd }) => balanceUsd),
    ]);
  },
});
