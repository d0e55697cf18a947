import type { TradedAccounts } from '../../../usecases/ports/simulation/traded-accounts';
import { ruleSetOf } from '../accounts/account-rows';
import type { Database } from '../connection/database';
import { tradedAccounts } from './traded-accounts.sql';

export const makeTradedAccounts = (database: Database): TradedAccounts => ({
  latest: async (limit) => {
    const rows = await database.query(tradedAccounts, [limit]);
    return rows.map((row) => ({ accountId: row.account_id, startingUsd: ruleSetOf(row.rules).startingUsd }));
  },
});
