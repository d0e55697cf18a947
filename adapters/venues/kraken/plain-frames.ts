import { SIGN, TextReader } from '../reading/text-reader';
import type { WireLevel } from './book';
import type { BookFrames, TradeFrames, WireKrakenTrade } from './frames';

/**
 * The frames of which there are many, as Kraken has always written them: changes of one book, and trades. Undefined of
 * anything else, and of these where they are written in another way. Reading the digits as they stand also keeps the
 * zeros which the checksum needs.
 */
export function readPlainFrame(text: string): BookFrames | TradeFrames | undefined {
  const reader = new TextReader(text);
  if (reader.passes('{"channel":"book","type":"update","data":[{"symbol":"')) return readBook(reader);
  return reader.passes('{"channel":"trade","type":"update","data":[{"symbol":"') ? readTrades(reader) : undefined;
}

function readBook(reader: TextReader): BookFrames | undefined {
  const symbol = reader.word();
  const bids = symbol !== undefined && reader.passes(',"bids":[') ? readLevels(reader) : undefined;
  const asks = bids && reader.passes(',"asks":[') ? readLevels(reader) : undefined;
  if (symbol === undefined || !bids || !asks || !reader.passes(',"checksum":')) return undefined;
  const checksum = reader.whole();
  const timestamp = checksum !== undefined && reader.passes(',"timestamp":"') ? reader.word() : undefined;
  if (checksum === undefined || timestamp === undefined || !reader.passes('}]}') || !reader.isAtEnd()) return undefined;
  return { channel: 'book', type: 'update', data: [{ symbol, bids, asks, checksum, timestamp }] };
}

function readLevels(reader: TextReader): WireLevel[] | undefined {
  const levels: WireLevel[] = [];
  if (reader.takes(SIGN.close)) return levels;
  do {
    const price = reader.passes('{"price":') ? reader.digits() : undefined;
    const qty = price !== undefined && reader.passes(',"qty":') ? reader.digits() : undefined;
    if (price === undefined || qty === undefined || !reader.takes(SIGN.end)) return undefined;
    levels.push({ price, qty });
  } while (reader.takes(SIGN.comma));
  return reader.takes(SIGN.close) ? levels : undefined;
}

function readTrades(reader: TextReader): TradeFrames | undefined {
  const data: WireKrakenTrade[] = [];
  do {
    const trade = readTrade(reader);
    if (!trade) return undefined;
    data.push(trade);
  } while (reader.passes(',{"symbol":"'));
  return reader.passes(']}') && reader.isAtEnd() ? { channel: 'trade', type: 'update', data } : undefined;
}

function readTrade(reader: TextReader): WireKrakenTrade | undefined {
  const symbol = reader.word();
  if (symbol === undefined || !reader.passes(',"side":"')) return undefined;
  const side = reader.passes('buy') ? 'buy' : reader.passes('sell') ? 'sell' : undefined;
  const price = side && reader.passes('","price":') ? reader.digits() : undefined;
  const qty = price !== undefined && reader.passes(',"qty":') ? reader.digits() : undefined;
  if (!side || price === undefined || qty === undefined) return undefined;
  if (!reader.passes(',"ord_type":"') || reader.word() === undefined || !reader.passes(',"trade_id":'))
    return undefined;
  const trade_id = reader.whole();
  const timestamp = trade_id !== undefined && reader.passes(',"timestamp":"') ? reader.word() : undefined;
  if (trade_id === undefined || timestamp === undefined || !reader.takes(SIGN.end)) return undefined;
  return { symbol, side, price, qty, trade_id, timestamp };
}
