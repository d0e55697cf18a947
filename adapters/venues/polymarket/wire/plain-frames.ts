import { PlainForm } from '../../reading/plain-form';
import { anyTextIn, flagIn, SIGN, TextReader, textIn } from '../../reading/text-reader';
import type { Change, PolymarketEvent } from './frames';
import { isLevel, type WireLevel } from './level';

const CHANGE = new PlainForm({
  asset_id: textIn,
  price: textIn,
  size: textIn,
  side: textIn,
  hash: textIn,
  best_bid: textIn,
  best_ask: textIn,
});

/** All fields of the three events of which there are many. */
const EVENT = new PlainForm({
  event_type: textIn,
  timestamp: textIn,
  asset_id: textIn,
  price_changes: (reader) => reader.list(changeIn),
  bids: (reader) => reader.list(levelIn),
  asks: (reader) => reader.list(levelIn),
  hash: textIn,
  tick_size: textIn,
  price: textIn,
  size: textIn,
  side: textIn,
  transaction_hash: textIn,
  market: anyTextIn,
  fee_rate_bps: anyTextIn,
  min_order_size: anyTextIn,
  last_trade_price: anyTextIn,
  neg_risk: flagIn,
});

type Text = string | undefined;

/** A change, a whole book or a trade, plainly written, every part of it as it should be; undefined of all others. */
export function readPlainEvent(text: string): PolymarketEvent | undefined {
  const reader = new TextReader(text);
  const values = EVENT.read(reader);
  if (!values || !reader.isAtEnd()) return undefined;
  const timestamp = values[1] as Text;
  if (timestamp === undefined || !EPOCH_MS.test(timestamp)) return undefined;
  const type = values[0];
  if (type === 'price_change') return changesOf(values, timestamp);
  if (type === 'book') return bookOf(values, timestamp);
  return type === 'last_trade_price' ? tradeOf(values, timestamp) : undefined;
}

const EPOCH_MS = /^\d+$/;

/** Without a change, or with one at its top beside the list, it is of an older form. */
function changesOf(values: readonly unknown[], timestamp: string): PolymarketEvent | undefined {
  const price_changes = values[3] as readonly Change[] | undefined;
  return price_changes && price_changes.length > 0
    ? { event_type: 'price_change', timestamp, price_changes }
    : undefined;
}

function bookOf(values: readonly unknown[], timestamp: string): PolymarketEvent | undefined {
  const [asset_id, hash, tick_size] = [values[2] as Text, values[6] as Text, values[7] as Text];
  const [bids, asks] = [values[4] as WireLevel[] | undefined, values[5] as WireLevel[] | undefined];
  if (asset_id === undefined || !bids || !asks || hash === undefined || tick_size === undefined) return undefined;
  return { event_type: 'book', asset_id, bids, asks, timestamp, hash, tick_size };
}

function tradeOf(values: readonly unknown[], timestamp: string): PolymarketEvent | undefined {
  const [asset_id, price, size] = [values[2] as Text, values[8] as Text, values[9] as Text];
  const [side, transaction_hash] = [values[10], values[11] as Text];
  if (asset_id === undefined || price === undefined || size === undefined || !isSide(side)) return undefined;
  if (transaction_hash === undefined) return undefined;
  return { event_type: 'last_trade_price', asset_id, price, size, side, timestamp, transaction_hash };
}

function changeIn(reader: TextReader): Change | undefined {
  const values = CHANGE.read(reader);
  if (!values) return undefined;
  const [asset_id, price, size] = [values[0] as Text, values[1] as Text, values[2] as Text];
  const [side, hash] = [values[3], values[4] as Text];
  const [best_bid, best_ask] = [values[5] as Text, values[6] as Text];
  if (asset_id === undefined || price === undefined || size === undefined || hash === undefined) return undefined;
  if (best_bid === undefined || best_ask === undefined || !isSide(side)) return undefined;
  return isLevel({ price, size }) ? { asset_id, price, size, side, hash, best_bid, best_ask } : undefined;
}

/** The venue's hash is over levels that are written so. */
function levelIn(reader: TextReader): WireLevel | undefined {
  const price = reader.passes('{"price":"') ? reader.word() : undefined;
  const size = price !== undefined && reader.passes(',"size":"') ? reader.word() : undefined;
  if (price === undefined || size === undefined || !reader.takes(SIGN.end)) return undefined;
  const level = { price, size };
  return isLevel(level) ? level : undefined;
}

const isSide = (value: unknown): value is 'BUY' | 'SELL' => value === 'BUY' || value === 'SELL';
