import type { AccountId } from '../../../domain/kernel/ids';
import { sql } from '../connection/statement';

/** $1 how many. The rules are those that each was sold with. */
export const tradedAccounts = sql<{ account_id: AccountId; rules: string }>('traded_accounts')`
  SELECT accounts.account_id, assessments.rules::TEXT AS rules
  FROM accounts
  JOIN assessments ON assessments.assessment_id = accounts.assessment_id
  WHERE accounts.trades_closed > 0
  ORDER BY accounts.changed_at DESC, accounts.account_id
  LIMIT $1::INT8`;
