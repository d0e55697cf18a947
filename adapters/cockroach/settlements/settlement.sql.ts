import type { AccountId } from '../../../domain/kernel/ids';
import { sql } from '../connection/statement';
import type { FillMoveRow, SettlementRow } from './settlement-rows';

/** $1 account, $2 instrument or null for all. Oldest first. */
export const settlementsOf = sql<SettlementRow & { readonly version: number }>('settlements_of')`
  SELECT version, instrument, payout_price, corrects, cash_usd, realized_usd, qty, cost_usd, position_realized_usd,
    fees_usd, opened_at, settled_at, before
  FROM settlements WHERE account_id = $1::UUID AND ($2::TEXT IS NULL OR instrument = $2::TEXT) ORDER BY version`;

/** $1 account. What its fills did to its money and positions, oldest first. */
export const fillMovesOf = sql<FillMoveRow>('fill_moves_of')`
  SELECT version, instrument, side, qty, cash_usd, fee_usd, realized_usd, filled_at, closed_for, in_news
  FROM fills WHERE account_id = $1::UUID ORDER BY version`;

/** $1 instrument, $2 the last account of the page before, $3 how many. A position that went flat keeps its row. */
export const accountsInInstrument = sql<{ account_id: AccountId }>('accounts_in_instrument')`
  SELECT positions.account_id
  FROM positions
  WHERE positions.instrument = $1::TEXT AND positions.account_id > $2::UUID
    AND (positions.qty <> 0 OR EXISTS (
      SELECT 1 FROM settlements
      WHERE settlements.account_id = positions.account_id AND settlements.instrument = positions.instrument))
  ORDER BY positions.account_id
  LIMIT $3::INT8`;
