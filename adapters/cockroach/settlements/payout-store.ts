import type { PayoutStore } from '../../../usecases/ports/accounts/payout-store';
import type { Database } from '../connection/database';
import { sql } from '../connection/statement';
import { type PayoutRow, payoutOf } from './payout-rows';

/** $1 account, $2 payout or null for all. The newest first. */
const payoutsOf = sql<PayoutRow>('payouts_of')`
  SELECT payout_id, amount_usd, trader_usd, taken_at
  FROM payouts WHERE account_id = $1::UUID AND ($2::UUID IS NULL OR payout_id = $2::UUID) ORDER BY version DESC`;

export const makePayoutStore = (database: Database): PayoutStore => ({
  find: async (accountId, payoutId) => (await database.query(payoutsOf, [accountId, payoutId])).map(payoutOf)[0],
  of: async (accountId) => (await database.query(payoutsOf, [accountId, null])).map(payoutOf),
});
