import { PlainForm } from '../../reading/plain-form';
import { anyTextIn, flagIn, TextReader, textIn, wholeIn } from '../../reading/text-reader';
import type { KalshiFrame } from './frames';

const CHANGE = new PlainForm({
  market_ticker: textIn,
  market_id: anyTextIn,
  price_dollars: textIn,
  delta_fp: textIn,
  side: textIn,
  ts_ms: wholeIn,
  ts: anyTextIn,
});

const TRADE = new PlainForm({
  trade_id: textIn,
  market_ticker: textIn,
  yes_price_dollars: textIn,
  no_price_dollars: anyTextIn,
  count_fp: textIn,
  taker_outcome_side: textIn,
  taker_book_side: anyTextIn,
  is_block_trade: flagIn,
  ts_ms: wholeIn,
  ts: wholeIn,
});

const frameOf = (msg: PlainForm) =>
  new PlainForm({ type: anyTextIn, sid: wholeIn, seq: wholeIn, msg: (reader) => msg.read(reader) });
const [CHANGE_FRAME, TRADE_FRAME] = [frameOf(CHANGE), frameOf(TRADE)];

type Numbers = Pick<KalshiFrame, 'id' | 'sid' | 'seq'>;

/** The messages of which there are many, changes of a book and trades, plainly written; undefined of all others. */
export function readPlainFrame(text: string): KalshiFrame | undefined {
  const isChange = text.startsWith('{"type":"orderbook_delta"');
  if (!isChange && !text.startsWith('{"type":"trade"')) return undefined;
  const reader = new TextReader(text);
  const values = (isChange ? CHANGE_FRAME : TRADE_FRAME).read(reader);
  if (!values || !reader.isAtEnd()) return undefined;
  const [sid, seq] = [values[1] as number | undefined, values[2] as number | undefined];
  const msg = values[3] as readonly unknown[] | undefined;
  return msg && (isChange ? changeOf(msg, { id: undefined, sid, seq }) : tradeOf(msg, { id: undefined, sid, seq }));
}

function changeOf(values: readonly unknown[], numbers: Numbers): KalshiFrame | undefined {
  const [market_ticker, price_dollars, delta_fp] = [values[0], values[2], values[3]] as (string | undefined)[];
  const [side, ts_ms] = [values[4], values[5] as number | undefined];
  if (market_ticker === undefined || price_dollars === undefined || delta_fp === undefined) return undefined;
  if (!isSide(side) || ts_ms === undefined) return undefined;
  return { type: 'orderbook_delta', ...numbers, msg: { market_ticker, price_dollars, delta_fp, side, ts_ms } };
}

function tradeOf(values: readonly unknown[], numbers: Numbers): KalshiFrame | undefined {
  const [trade_id, market_ticker, price] = [values[0], values[1], values[2]] as (string | undefined)[];
  const [count_fp, taker_outcome_side] = [values[4] as string | undefined, values[5]];
  const [is_block_trade, ts_ms] = [values[7] as boolean | undefined, values[8] as number | undefined];
  if (trade_id === undefined || market_ticker === undefined || price === undefined) return undefined;
  if (count_fp === undefined || !isSide(taker_outcome_side)) return undefined;
  if (is_block_trade === undefined || ts_ms === undefined) return undefined;
  const yes = { yes_price_dollars: price, taker_outcome_side };
  return { type: 'trade', ...numbers, msg: { trade_id, market_ticker, ...yes, count_fp, is_block_trade, ts_ms } };
}

const isSide = (value: unknown): value is 'yes' | 'no' => value === 'yes' || value === 'no';
