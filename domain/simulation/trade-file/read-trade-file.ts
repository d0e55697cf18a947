import { accept, type Refused, type Result, refuse } from '../../kernel/result';
import type { ClosedTrade } from '../closed-trades/closed-trade';
import { PAST_TRADES_MAX, PAST_TRADES_MIN } from '../strategy-fault';
import { METATRADER } from './metatrader';
import { OWN_FORMAT } from './own-format';
import { type BrokenRow, type Row, rowsOf } from './rows';
import { type FileFault, type FileTrade, isFault, isFilled, namesOf, type Table, type TradeFormat } from './table';
import { TRADINGVIEW } from './tradingview';

export type TradeFileRefusal = 'trade_file_invalid' | 'trades_too_few';

const FORMATS: readonly TradeFormat[] = [OWN_FORMAT, TRADINGVIEW, METATRADER];
const SEPARATORS = [',', ';', '\t'];
/** A report may begin with whose it is, and for which time. */
const HEADER_LINES_MAX = 30;

/**
 * The closed trades of a file, oldest first: the platform’s own columns, an export of MetaTrader or one of TradingView.
 * Refused by line and column. Nothing is read after the first row that is one too many.
 */
export function readTradeFile(csv: string): Result<readonly ClosedTrade[], TradeFileRefusal> {
  const found = tableIn(csv);
  if (isFault(found)) return refused(found);
  const trades = found.format.tradesIn(found.table);
  if (isFault(trades)) return refused(trades);
  const twice = duplicateIn(trades);
  if (twice) return refused(twice);
  const missing = PAST_TRADES_MIN - trades.length;
  if (missing > 0) {
    const rule = `must have at least ${PAST_TRADES_MIN} closed trades: ${missing} more are needed`;
    return refuse('trades_too_few', FIELD, rule);
  }
  const surplus = trades[PAST_TRADES_MAX];
  if (surplus) return refused({ line: surplus.line, rule: TOO_MANY });
  if (trades.every(({ netUsd }) => netUsd >= 0n)) {
    return refuse('trade_file_invalid', FIELD, 'must have a loss among its trades: nobody only wins');
  }
  return accept(oldestFirst(trades));
}

const FIELD = 'trades.csv';
const TOO_MANY = `must not be there: at most ${PAST_TRADES_MAX} trades are read`;

const refused = ({ line, column, rule }: FileFault): Refused<TradeFileRefusal> =>
  refuse('trade_file_invalid', FIELD, `line ${line}${column === undefined ? '' : `, column ${column}`}: ${rule}`);

type FoundTable = { readonly format: TradeFormat; readonly table: Table };

function tableIn(csv: string): FoundTable | FileFault {
  for (const separator of SEPARATORS) {
    const rows = rowsOf(csv, separator);
    for (let nth = 0; nth < HEADER_LINES_MAX; nth += 1) {
      const { value: row } = rows.next();
      if (row === undefined || isBroken(row)) break;
      const format = FORMATS.find(({ isHeader }) => isHeader(namesOf(row)));
      if (format) return tableUnder(row, rows, format);
    }
  }
  return { line: 1, rule: 'must be a header with the columns closed_at and result_usd, or that of a known export' };
}

function tableUnder(header: Row, rest: Iterable<Row | BrokenRow>, format: TradeFormat): FoundTable | FileFault {
  const rows: Row[] = [];
  let filled = 0;
  for (const row of rest) {
    if (isBroken(row)) return { line: row.line, rule: row.broken };
    if (isFilled(row)) filled += 1;
    // A million empty rows weigh no more than one.
    else if (rows.at(-1)?.cells.length === 0) continue;
    if (filled > PAST_TRADES_MAX * format.rowsPerTrade) return { line: row.line, rule: TOO_MANY };
    rows.push(isFilled(row) ? row : { line: row.line, cells: [] });
  }
  return { format, table: { header, rows } };
}

const isBroken = (row: Row | BrokenRow): row is BrokenRow => 'broken' in row;

function duplicateIn(trades: readonly FileTrade[]): FileFault | undefined {
  const lines = new Map<string, number>();
  for (const { id, line } of trades) {
    const known = lines.get(id);
    if (known !== undefined) return { line, rule: `must not be the trade of line ${known} again` };
    lines.set(id, line);
  }
  return undefined;
}

/** Trades that closed at one moment stay in the order of the file, which may begin with the newest. */
function oldestFirst(trades: readonly FileTrade[]): readonly ClosedTrade[] {
  const [first, last] = [trades[0], trades.at(-1)];
  const inOrder = first && last && first.closedAt > last.closedAt ? [...trades].reverse() : [...trades];
  return inOrder
    .sort((a, b) => a.closedAt - b.closedAt)
    .map(({ openedAt, closedAt, netUsd, worstUsd, bestUsd }) => ({ openedAt, closedAt, netUsd, worstUsd, bestUsd }));
}
