import type { Instant } from '../../kernel/instant';
import { addUsd, sumUsd, type Usd, ZERO_USD } from '../../kernel/money';
import {
  CellReader,
  type Column,
  columnOf,
  type FileFault,
  type FileTrade,
  missingColumn,
  namesOf,
  type Table,
  type TradeFormat,
} from './table';

/**
 * The history of MetaTrader 4 and 5: positions, one a row, or deals, which open (`in`) and close (`out`) them. A result
 * is the profit with commission, fee, swap and taxes. Money put in and orders that were never filled are no trades. The
 * report goes on with other tables after an empty row, which are not read.
 */
export const METATRADER: TradeFormat = {
  isHeader: (names) =>
    names.includes('profit') && names.some((name) => name === 'time' || name === 'close time' || name === 'open time'),
  // Its own, two for its orders, and two for its deals, which follow in other tables.
  rowsPerTrade: 5,
  tradesIn,
};

type Columns = {
  readonly id: Column | undefined;
  readonly type: Column;
  readonly symbol: Column | undefined;
  readonly direction: Column | undefined;
  readonly openedAt: Column | undefined;
  readonly closedAt: Column;
  readonly profit: Column;
  readonly costs: readonly Column[];
};

function tradesIn(table: Table): readonly FileTrade[] | FileFault {
  const { header } = table;
  const names = namesOf(header);
  const [type, profit] = [columnOf(names, ['type']), columnOf(names, ['profit'])];
  const [first, second] = [columnOf(names, ['open time', 'time']), columnOf(names, ['time'], 1)];
  const closedAt = columnOf(names, ['close time']) ?? second ?? first;
  if (!type) return missingColumn(header, 'Type');
  if (!profit) return missingColumn(header, 'Profit');
  if (!closedAt) return missingColumn(header, 'Close Time');
  const direction = columnOf(names, ['direction']);
  const symbol = columnOf(names, ['symbol', 'item']);
  if (direction && !symbol) return missingColumn(header, 'Symbol');
  const columns: Columns = {
    id: columnOf(names, ['position', 'deal', 'ticket']),
    type,
    symbol,
    direction,
    openedAt: first === closedAt ? undefined : first,
    closedAt,
    profit,
    costs: ['commission', 'fee', 'swap', 'taxes'].flatMap((name) => columnOf(names, [name]) ?? []),
  };
  return tradesOf(table, columns);
}

/** What the open positions of a symbol have cost so far, and since when they are open. */
type Opened = { readonly costUsd: Usd; readonly at: Instant };

function tradesOf(table: Table, columns: Columns): readonly FileTrade[] | FileFault {
  const { id, type, symbol, direction, openedAt, closedAt, profit, costs } = columns;
  const reader = new CellReader(table, [profit, ...costs]);
  const opened = new Map<string, Opened>();
  const trades: FileTrade[] = [];
  for (const row of table.rows) {
    const cells = reader.at(row);
    if (endsTable(row.cells, cells.text(closedAt), cells.text(type))) break;
    if (NO_TRADE.test(cells.text(type))) continue;
    if (!/^(buy|sell)$/i.test(cells.text(type))) cells.refuse(type, 'must be buy or sell, or a movement of money');
    const costUsd = sumUsd(costs.map((cost) => cells.usdOrNull(cost) ?? ZERO_USD));
    const at = cells.instant(closedAt);
    const name = cells.text(symbol);
    const before = opened.get(name);
    if (direction && cells.text(direction).toLowerCase() === 'in') {
      opened.set(name, { costUsd: addUsd(costUsd, before?.costUsd ?? ZERO_USD), at: before?.at ?? at });
    } else if (direction && !/^(out|in\/out|out by)$/i.test(cells.text(direction))) {
      cells.refuse(direction, 'must be in, out, in/out or out by');
    } else {
      const began = openedAt ? cells.instant(openedAt) : (before?.at ?? null);
      if (openedAt && began !== null && began > at) cells.refuse(openedAt, 'must not be after it was closed');
      const netUsd = sumUsd([cells.usd(profit), costUsd, before?.costUsd ?? ZERO_USD]);
      opened.delete(name);
      const known = cells.text(id) || row.cells.join(' ');
      trades.push({ openedAt: began, closedAt: at, netUsd, worstUsd: null, bestUsd: null, line: row.line, id: known });
    }
    if (cells.fault) return cells.fault;
  }
  return trades;
}

/** Movements of money, and orders that were not filled. */
const NO_TRADE =
  /^(balance|credit|charge|correction|bonus|interest|tax|agent|(commission|dividend)\b.*|(buy|sell) (limit|stop|stop limit))$/i;

/** A row of sums, or the title of the next table. */
const endsTable = (cells: readonly string[], time: string, type: string): boolean =>
  (time === '' && type === '') || cells.filter((cell) => cell !== '').length <= 1;
