import type { Instant } from '../../kernel/instant';
import { absolute, type Usd, usd } from '../../kernel/money';
import {
  CellReader,
  type Column,
  columnOf,
  type FileFault,
  type FileTrade,
  isFilled,
  missingColumn,
  namesOf,
  type Table,
  type TradeFormat,
} from './table';

/** Dollars, and the coins that are worth one. */
const CURRENCIES = ['usd', 'usdt', 'usdc'];
const inDollars = (...names: readonly string[]): readonly string[] =>
  names.flatMap((name) => CURRENCIES.map((currency) => `${name} ${currency}`));

/**
 * TradingView’s list of trades: two rows a trade, its entry and its exit, either first. Both tell the result of the
 * whole trade, net of commission. A trade whose exit is called open has not ended, and is left out.
 */
export const TRADINGVIEW: TradeFormat = {
  isHeader: (names) => names.includes('trade #') || names.includes('trade number'),
  rowsPerTrade: 2,
  tradesIn,
};

function tradesIn(table: Table): readonly FileTrade[] | FileFault {
  const { header } = table;
  const names = namesOf(header);
  const trade = columnOf(names, ['trade #', 'trade number']);
  const type = columnOf(names, ['type']);
  const time = columnOf(names, ['date/time', 'date and time']);
  const result = columnOf(names, inDollars('net p&l', 'p&l', 'profit'));
  if (!trade) return missingColumn(header, 'Trade #');
  if (!type) return missingColumn(header, 'Type');
  if (!time) return missingColumn(header, 'Date/Time');
  if (!result) return missingColumn(header, 'Net P&L USD');
  return pairedTrades(table, { trade, type, time, result, signal: columnOf(names, ['signal']), ...extremesOf(names) });
}

const extremesOf = (names: readonly string[]) => ({
  best: columnOf(names, inDollars('run-up', 'favorable excursion')),
  worst: columnOf(names, inDollars('drawdown', 'adverse excursion')),
});

type Columns = {
  readonly trade: Column;
  readonly type: Column;
  readonly time: Column;
  readonly result: Column;
  readonly signal: Column | undefined;
  readonly best: Column | undefined;
  readonly worst: Column | undefined;
};

function pairedTrades(table: Table, columns: Columns): readonly FileTrade[] | FileFault {
  const { trade, type, time, result, signal, best, worst } = columns;
  const reader = new CellReader(table, [result, best, worst]);
  const openedAt = new Map<string, Instant>();
  const exits: FileTrade[] = [];
  for (const row of table.rows.filter(isFilled)) {
    const cells = reader.at(row);
    const [id, kind] = [cells.text(trade), cells.text(type).toLowerCase()];
    if (!/^\d{1,9}$/.test(id)) cells.refuse(trade, 'must be the number of a trade');
    if (kind.startsWith('entry')) {
      if (openedAt.has(id)) cells.refuse(trade, `must be a trade of its own: ${id} was entered already`);
      openedAt.set(id, cells.instant(time));
    } else if (kind.startsWith('exit')) {
      if (cells.text(signal).toLowerCase() !== 'open') {
        exits.push({
          openedAt: null,
          closedAt: cells.instant(time),
          netUsd: cells.usd(result),
          worstUsd: negated(cells.usdOrNull(worst)),
          bestUsd: cells.usdOrNull(best),
          line: row.line,
          id,
        });
      }
    } else cells.refuse(type, 'must be an entry or an exit');
    if (cells.fault) return cells.fault;
  }
  return joinedTrades(exits, openedAt, columns);
}

function joinedTrades(
  exits: readonly FileTrade[],
  openedAt: ReadonlyMap<string, Instant>,
  { trade, time }: Columns,
): readonly FileTrade[] | FileFault {
  const trades: FileTrade[] = [];
  for (const exit of exits) {
    const opened = openedAt.get(exit.id);
    if (opened === undefined) return { line: exit.line, column: trade.name, rule: 'must have a row for its entry too' };
    if (opened > exit.closedAt) return { line: exit.line, column: time.name, rule: 'must not be before its entry' };
    trades.push({ ...exit, openedAt: opened });
  }
  return trades;
}

/** A drawdown is written with a minus by some editions, without by others. */
const negated = (amount: Usd | null): Usd | null => (amount === null ? null : usd(-absolute(amount)));
