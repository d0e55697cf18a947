import type { AccountId } from '../../../domain/kernel/ids';
import { type Fragment, type Statement, sql } from '../connection/statement';
import { replacePosition, stamp } from './save-account.sql';

/** What one market order that filled whole changes, each with its type: account, fill, posting, position, events. */
const COLUMNS = [
  'account_id UUID',
  'version_before INT4',
  'version INT4',
  'account_cash_usd INT8',
  'trades_closed INT4',
  'standing TEXT',
  'order_id UUID',
  'fill_id UUID',
  'instrument TEXT',
  'side TEXT',
  'qty INT8',
  'price INT8',
  'cash_usd INT8',
  'fee_usd INT8',
  'realized_usd INT8',
  'levels TEXT',
  'filled_at TIMESTAMPTZ',
  'book_sequence INT8',
  'venue_proof TEXT',
  'venue_at TIMESTAMPTZ',
  'posted_cash_usd INT8',
  'posted_inventory_usd INT8',
  'held_qty INT8',
  'held_cost_usd INT8',
  'held_realized_usd INT8',
  'held_fees_usd INT8',
  'opened_at TIMESTAMPTZ',
  'shard INT2',
  'event_id UUID',
  'body TEXT',
] as const;

type NameOf<Column> = Column extends `${infer Name} ${string}` ? Name : never;

/** The columns in the order of a statement's parameters, and one record of them. */
export const MARKET_FILL_COLUMNS = COLUMNS.map((column) => column.split(' ')[0]) as NameOf<(typeof COLUMNS)[number]>[];
export type MarketFill = Readonly<Record<NameOf<(typeof COLUMNS)[number]>, unknown>> & {
  readonly account_id: AccountId;
};

const listOf = (parts: readonly string[]): Fragment => ({ fragment: parts.join(', ') });

const names = listOf(MARKET_FILL_COLUMNS);
const kept = listOf(MARKET_FILL_COLUMNS.map((name) => `change.${name}`));

/** `count` rows of parameters: plain ones cost the server a third of what records in JSON do. */
const rows = (count: number): Fragment =>
  listOf(
    Array.from({ length: count }, (_, row) => {
      const cells = COLUMNS.map((column, at) => `$${row * COLUMNS.length + at + 1}::${column.split(' ')[1]}`);
      return `(${cells.join(', ')})`;
    }),
  );

/**
 * The order path: market orders that filled whole, each on an account of its own. It returns the accounts that were at
 * the version that their order was decided on; the others are left untouched. An earlier fill of the same order id
 * violates `fills_order`.
 */
const saving = (count: number): Statement<{ readonly key: string }> =>
  sql<{ readonly key: string }>(`save_market_fills_${count}`)`
    WITH guard AS (
      UPDATE accounts
      SET version = change.version, cash_usd = change.account_cash_usd, trades_closed = change.trades_closed,
        standing = change.standing, ${stamp}
      FROM (VALUES ${rows(count)}) AS change (${names})
      WHERE accounts.account_id = change.account_id AND accounts.version = change.version_before
        AND NOT EXISTS (
          SELECT 1 FROM orders WHERE orders.account_id = change.account_id AND orders.order_id = change.order_id)
      RETURNING accounts.changed_at, ${kept}
    ), posted AS (
      INSERT INTO ledger_postings (account_id, version, instrument, cash_usd, inventory_usd, realized_pnl_usd, fees_usd,
        funding_usd)
      SELECT account_id, version, instrument, posted_cash_usd, posted_inventory_usd, -realized_usd, fee_usd, 0
      FROM guard
    ), filled AS (
      INSERT INTO fills (account_id, version, order_id, part, fill_id, instrument, side, qty, liquidity, price,
        cash_usd, fee_usd, realized_usd, levels, filled_at, book_sequence, venue_proof, venue_at)
      SELECT account_id, version, order_id, 1, fill_id, instrument, side, qty, 'taker', price, cash_usd, fee_usd,
        realized_usd, levels, filled_at, book_sequence, venue_proof, venue_at
      FROM guard
    ), positioned AS (
      INSERT INTO positions (account_id, instrument, qty, cost_usd, realized_usd, fees_usd, opened_at)
      SELECT account_id, instrument, held_qty, held_cost_usd, held_realized_usd, held_fees_usd, opened_at FROM guard
      ${replacePosition}
    )
    INSERT INTO outbox (shard, event_id, topic, key, created_at, ordinal, body, account_version)
    SELECT shard, event_id, 'trading', account_id::TEXT, changed_at, 1, body, version FROM guard
    RETURNING key`;

export const saveMarketFill = saving(1);
export const saveMarketFills2 = saving(2);
export const saveMarketFills4 = saving(4);
export const saveMarketFills8 = saving(8);
export const saveMarketFills16 = saving(16);
export const saveMarketFills32 = saving(32);

/** By how many orders they save. */
export const SAVE_MARKET_FILLS: ReadonlyMap<number, Statement<{ readonly key: string }>> = new Map([
  [1, saveMarketFill],
  [2, saveMarketFills2],
  [4, saveMarketFills4],
  [8, saveMarketFills8],
  [16, saveMarketFills16],
  [32, saveMarketFills32],
]);
