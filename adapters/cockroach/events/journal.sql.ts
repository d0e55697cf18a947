import { sql } from '../connection/statement';

export type JournalRow = { readonly account_version: number; readonly body: string };

/** $1 account as text, $2 the version before, $3 how many rows. */
export const journalPage = sql<JournalRow>('journal_page')`
  SELECT account_version, body FROM outbox
  WHERE key = $1::TEXT AND account_version > $2::INT4 AND account_version IS NOT NULL
  ORDER BY account_version
  LIMIT $3::INT8`;
