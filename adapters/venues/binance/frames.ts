/** A level as Binance writes it: its price and its whole size, of which 0 removes it. */
export type WireLevel = readonly [price: string, qty: string];

/** What changed in one book between two of its update ids, both included. */
export type Diff = {
  readonly kind: 'depth';
  readonly symbol: string;
  readonly ms: number;
  readonly first: number;
  readonly last: number;
  readonly bids: readonly WireLevel[];
  readonly asks: readonly WireLevel[];
};

/** The best prices as of an update id. It has no time. */
export type BestPrices = {
  readonly kind: 'best';
  readonly symbol: string;
  readonly id: number;
  readonly bid: string;
  readonly ask: string;
};

export type WireBinanceTrade = {
  readonly kind: 'trade';
  readonly symbol: string;
  readonly ms: number;
  readonly id: number;
  readonly price: string;
  readonly qty: string;
  readonly tradedMs: number;
  readonly isBuyerMaker: boolean;
};

export type BinanceFrame =
  | Diff
  | BestPrices
  | WireBinanceTrade
  | { readonly kind: 'refusal'; readonly error: string }
  | { readonly kind: 'shutdown' | 'answer' | 'passed_over' | 'unknown' };

type Fields = Readonly<Record<string, unknown>>;

/** Streams that Binance documents and that say nothing to us. */
const PASSED_OVER = /^(aggTrade|kline_|miniTicker|ticker|avgPrice|depth\d|referencePrice|blockTrade|arr)/;
const DEPTH_FRAME = /^\s*\{\s*"stream"\s*:\s*"([a-z0-9]+)@depth@/;
const OTHER_FRAME = /^\s*\{\s*"stream"\s*:\s*"[a-z0-9]+@(?!depth@)[A-Za-z0-9_@]+"/;

/**
 * A frame of the combined streams (`/stream?streams=…`), or undefined when it cannot be read. Checked by hand: a busy
 * symbol sends hundreds of these a second.
 */
export function readAnyFrame(text: string): BinanceFrame | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const { stream, data } = json as Fields;
  if (typeof stream !== 'string') return readAnswer(json as Fields);
  const fields = Object(data) as Fields;
  if (stream === '!serverShutdown' || fields.e === 'serverShutdown') return { kind: 'shutdown' };
  const name = stream.slice(stream.indexOf('@') + 1);
  if (name === 'depth@100ms' || name === 'depth') return diffOf(fields);
  if (name === 'bookTicker') return bestOf(fields);
  if (name === 'trade') return tradeFrom(fields);
  return { kind: PASSED_OVER.test(name) ? 'passed_over' : 'unknown' };
}

/** The symbols whose books a frame that cannot be read may have changed. Also half a frame tells what it is about. */
export function booksLost(text: string): readonly string[] | 'all' {
  const symbol = DEPTH_FRAME.exec(text)?.[1];
  if (symbol !== undefined) return [symbol.toUpperCase()];
  return OTHER_FRAME.test(text) ? [] : 'all';
}

export function diffOf({ s: symbol, E: ms, U: first, u: last, b: bids, a: asks }: Fields): Diff | undefined {
  const isRead = isText(symbol) && isCount(ms) && isCount(first) && isCount(last) && first <= last;
  if (!isRead || !areLevels(bids) || !areLevels(asks)) return undefined;
  return { kind: 'depth', symbol, ms, first, last, bids, asks };
}

export function bestOf({ s: symbol, u: id, b: bid, a: ask }: Fields): BestPrices | undefined {
  return isText(symbol) && isCount(id) && isText(bid) && isText(ask)
    ? { kind: 'best', symbol, id, bid, ask }
    : undefined;
}

export function tradeFrom({
  s: symbol,
  E: ms,
  t: id,
  p: price,
  q: qty,
  T: tradedMs,
  m,
}: Fields): WireBinanceTrade | undefined {
  const isRead = isText(symbol) && isCount(ms) && isCount(id) && isText(price) && isText(qty) && isCount(tradedMs);
  if (!isRead || typeof m !== 'boolean') return undefined;
  return { kind: 'trade', symbol, ms, id, price, qty, tradedMs, isBuyerMaker: m };
}

/** The answer to a request has an id; a refusal a code and a message. */
function readAnswer(fields: Fields): BinanceFrame {
  const { code, msg } = Object(fields.error ?? fields) as Fields;
  if (typeof msg === 'string') return { kind: 'refusal', error: `${String(code)}: ${msg}` };
  return { kind: 'result' in fields && 'id' in fields ? 'answer' : 'unknown' };
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

export const areLevels = (value: unknown): value is readonly WireLevel[] =>
  Array.isArray(value) && value.every((each) => Array.isArray(each) && isText(each[0]) && isText(each[1]));
