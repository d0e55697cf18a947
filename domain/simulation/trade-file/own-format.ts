import { largerUsd, smallerUsd, type Usd, ZERO_USD } from '../../kernel/money';
import {
  CellReader,
  columnOf,
  type FileFault,
  type FileTrade,
  isFilled,
  missingColumn,
  namesOf,
  type Table,
  type TradeFormat,
} from './table';

const COLUMNS = ['closed_at', 'result_usd', 'opened_at', 'worst_usd', 'best_usd', 'trade'] as const;

/** The platform’s own: a trade a line, oldest or newest first. `docs/monte-carlo.md` says what stands in its columns. */
export const OWN_FORMAT: TradeFormat = {
  isHeader: (names) => names.includes('closed_at') || names.includes('result_usd'),
  rowsPerTrade: 1,
  tradesIn,
};

function tradesIn(table: Table): readonly FileTrade[] | FileFault {
  const { header } = table;
  const names = namesOf(header);
  const wrong = names.findIndex((name, at) => !isColumn(name) || names.indexOf(name) !== at);
  if (wrong >= 0) {
    return {
      line: header.line,
      column: `${wrong + 1}`,
      rule: `must be one of ${COLUMNS.join(', ')}, and each of them once`,
    };
  }
  const [closedAt, result] = [columnOf(names, ['closed_at']), columnOf(names, ['result_usd'])];
  if (!closedAt) return missingColumn(header, 'closed_at');
  if (!result) return missingColumn(header, 'result_usd');
  const [openedAt, worst, best, trade] = ['opened_at', 'worst_usd', 'best_usd', 'trade'].map((name) =>
    columnOf(names, [name]),
  );
  const reader = new CellReader(table);
  const trades: FileTrade[] = [];
  for (const row of table.rows.filter(isFilled)) {
    const cells = reader.at(row);
    const netUsd = cells.usd(result);
    const opened = openedAt && cells.text(openedAt) !== '' ? cells.instant(openedAt) : null;
    const found = { closedAt: cells.instant(closedAt), netUsd, openedAt: opened };
    const [worstUsd, bestUsd] = [cells.usdOrNull(worst), cells.usdOrNull(best)];
    if (openedAt && opened !== null && opened > found.closedAt)
      cells.refuse(openedAt, 'must not be after it was closed');
    if (worst && worstUsd !== null && worstUsd > lower(netUsd)) {
      cells.refuse(worst, 'must be at most the result, and at most 0');
    }
    if (best && bestUsd !== null && bestUsd < upper(netUsd)) {
      cells.refuse(best, 'must be at least the result, and at least 0');
    }
    if (cells.fault) return cells.fault;
    // Two trades may well be alike: whoever has such says which is which.
    const id = cells.text(trade) || row.cells.join(' ');
    trades.push({ ...found, worstUsd, bestUsd, line: row.line, id });
  }
  return trades;
}

const isColumn = (name: string): boolean => COLUMNS.some((column) => column === name);
const lower = (netUsd: Usd): Usd => smallerUsd(netUsd, ZERO_USD);
const upper = (netUsd: Usd): Usd => largerUsd(netUsd, ZERO_USD);
