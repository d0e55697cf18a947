import { sql } from '../connection/statement';

export type JournalRow = { readonly account_version: number; readonly body: string };

/**
 * $1 account as text, $2 the version before, $3 how many rows. What has been sent is found by the index of the journal,
 * what waits among the few that do.
 */
export const journalPage = sql<JournalRow>('journal_page')`
  SELECT account_version, body
  FROM (
    SELECT account_version, body FROM outbox
    WHERE sent_at IS NOT NULL AND account_version IS NOT NULL AND key = $1::TEXT AND account_version > $2::INT4
    UNION ALL
    SELECT account_version, body FROM outbox
    WHERE sent_at IS NULL AND key = $1::TEXT AND account_version > $2::INT4
  ) AS kept
  ORDER BY account_version
  LIMIT $3::INT8`;
