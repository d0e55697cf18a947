import { epochMsOf } from '../reading/epoch-ms';
import { PlainForm } from '../reading/plain-form';
import { anyTextIn, SIGN, TextReader, textIn, wholeIn } from '../reading/text-reader';
import type { Change } from './book';
import { type CoinbaseEvent, type CoinbaseFrame, changeOf, type ProductTrade, tradeFrom } from './frames';

const TRADE = new PlainForm({
  trade_id: textIn,
  product_id: textIn,
  price: textIn,
  size: textIn,
  side: textIn,
  time: textIn,
});
const BOOK_EVENT = new PlainForm({
  type: textIn,
  product_id: textIn,
  updates: (reader) => reader.list(changeIn),
});
const TRADES_EVENT = new PlainForm({ type: textIn, trades: (reader) => reader.list(tradeIn) });

const frameOf = (event: (reader: TextReader) => CoinbaseEvent | undefined) =>
  new PlainForm({
    channel: anyTextIn,
    client_id: anyTextIn,
    timestamp: textIn,
    sequence_num: wholeIn,
    events: (reader) => reader.list(event),
  });
const [BOOK_FRAME, TRADES_FRAME] = [frameOf(bookIn), frameOf(tradesIn)];

/** The frames of which there are many, levels and trades, plainly written, every part of them as it should be. */
export function readPlainFrame(text: string): CoinbaseFrame | undefined {
  const isBook = text.startsWith('{"channel":"l2_data"');
  if (!isBook && !text.startsWith('{"channel":"market_trades"')) return undefined;
  const reader = new TextReader(text);
  const values = (isBook ? BOOK_FRAME : TRADES_FRAME).read(reader);
  if (!values || !reader.isAtEnd()) return undefined;
  const [number, events] = [values[3] as number | undefined, values[4] as readonly CoinbaseEvent[] | undefined];
  return number === undefined || !events
    ? undefined
    : { number, venueMs: epochMsOf(values[2]), isUnknown: false, events };
}

function bookIn(reader: TextReader): CoinbaseEvent | undefined {
  const values = BOOK_EVENT.read(reader);
  if (!values) return undefined;
  const [type, product] = [values[0], values[1] as string | undefined];
  const changes = values[2] as readonly Change[] | undefined;
  if ((type !== 'snapshot' && type !== 'update') || product === undefined || !changes) return undefined;
  return { is: 'book', type, product, changes };
}

function tradesIn(reader: TextReader): CoinbaseEvent | undefined {
  const values = TRADES_EVENT.read(reader);
  if (!values) return undefined;
  const [type, trades] = [values[0], values[1] as readonly ProductTrade[] | undefined];
  return (type === 'snapshot' || type === 'update') && trades ? { is: 'trades', type, trades } : undefined;
}

function changeIn(reader: TextReader): Change | undefined {
  const side = reader.passes('{"side":"') ? reader.word() : undefined;
  const isTimed = side !== undefined && reader.passes(',"event_time":"') && reader.passesWord();
  const level = isTimed && reader.passes(',"price_level":"') ? reader.word() : undefined;
  const quantity = level !== undefined && reader.passes(',"new_quantity":"') ? reader.word() : undefined;
  return reader.takes(SIGN.end) ? changeOf(side, level, quantity) : undefined;
}

function tradeIn(reader: TextReader): ProductTrade | undefined {
  const values = TRADE.read(reader);
  if (!values) return undefined;
  const [trade_id, product_id, price, size, side, time] = values;
  return tradeFrom({ trade_id, product_id, price, size, side, time });
}
