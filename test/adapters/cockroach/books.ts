import type { Database } from '../../../adapters/cockroach/connection/database';
import { sql } from '../../../adapters/cockroach/connection/statement';
import type { AccountId } from '../../../domain/kernel/ids';

type BooksRow = {
  readonly cash_usd: bigint;
  readonly posted_cash_usd: bigint;
  readonly unbalanced: number;
  readonly fills: number;
  readonly held_qty: bigint;
  readonly filled_qty: bigint;
  readonly held_cost_usd: bigint;
  readonly posted_inventory_usd: bigint;
};

const booksOfAccount = sql<BooksRow>('test_books_of_account')`
  SELECT accounts.cash_usd,
    (SELECT sum(cash_usd)::INT8 FROM ledger_postings WHERE account_id = $1::UUID) AS posted_cash_usd,
    (SELECT count(*)::INT4 FROM ledger_postings WHERE account_id = $1::UUID
      AND cash_usd + inventory_usd + realized_pnl_usd + fees_usd + funding_usd <> 0) AS unbalanced,
    (SELECT count(*)::INT4 FROM fills WHERE account_id = $1::UUID) AS fills,
    (SELECT coalesce(sum(qty), 0)::INT8 FROM positions WHERE account_id = $1::UUID) AS held_qty,
    (SELECT coalesce(sum(CASE WHEN side = 'buy' THEN qty ELSE -qty END), 0)::INT8
      FROM fills WHERE account_id = $1::UUID) AS filled_qty,
    (SELECT coalesce(sum(cost_usd), 0)::INT8 FROM positions WHERE account_id = $1::UUID) AS held_cost_usd,
    (SELECT sum(inventory_usd)::INT8 FROM ledger_postings WHERE account_id = $1::UUID) AS posted_inventory_usd
  FROM accounts WHERE account_id = $1::UUID`;

/** Goal: what an account shows is what its rows add up to. Fails the test that calls it where it is not. */
export async function expectSoundBooks(database: Database, id: AccountId, fills: number): Promise<void> {
  const [books] = await database.query(booksOfAccount, [id]);
  if (!books) throw new Error(`account ${id} is not there`);
  expect({
    fills: books.fills,
    unbalanced: books.unbalanced,
    cashUsd: books.cash_usd,
    heldQty: books.held_qty,
    heldCostUsd: books.held_cost_usd,
  }).toEqual({
    fills,
    unbalanced: 0,
    cashUsd: books.posted_cash_usd,
    heldQty: books.filled_qty,
    heldCostUsd: books.posted_inventory_usd,
  });
}
