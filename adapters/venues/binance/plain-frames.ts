import { PlainForm } from '../reading/plain-form';
import { anyTextIn, flagIn, SIGN, TextReader, textIn, wholeIn } from '../reading/text-reader';
import { type BinanceFrame, bestOf, diffOf, tradeFrom, type WireLevel } from './frames';

/** What stands under this name is a price where the best are told, and levels where changes are. */
const pricesIn = (reader: TextReader): unknown => textIn(reader) ?? reader.list(levelIn);

const DATA = new PlainForm({
  e: anyTextIn,
  E: wholeIn,
  s: textIn,
  U: wholeIn,
  u: wholeIn,
  b: pricesIn,
  a: pricesIn,
  B: anyTextIn,
  A: anyTextIn,
  t: wholeIn,
  p: textIn,
  q: textIn,
  T: wholeIn,
  m: flagIn,
  M: flagIn,
});
const FRAME = new PlainForm({ stream: textIn, data: (reader) => DATA.read(reader) });

/** The frames of which there are many, plainly written; undefined of all others. */
export function readPlainFrame(text: string): BinanceFrame | undefined {
  const reader = new TextReader(text);
  const values = FRAME.read(reader);
  if (!values || !reader.isAtEnd()) return undefined;
  const [stream, data] = [values[0] as string | undefined, values[1] as readonly unknown[] | undefined];
  if (stream === undefined || !data) return undefined;
  if (stream.endsWith('@bookTicker')) return bestOf({ s: data[2], u: data[4], b: data[5], a: data[6] });
  if (stream.endsWith('@trade')) {
    return tradeFrom({ E: data[1], s: data[2], t: data[9], p: data[10], q: data[11], T: data[12], m: data[13] });
  }
  const isDiff = stream.endsWith('@depth@100ms');
  return isDiff ? diffOf({ E: data[1], s: data[2], U: data[3], u: data[4], b: data[5], a: data[6] }) : undefined;
}

function levelIn(reader: TextReader): WireLevel | undefined {
  const price = reader.takes(SIGN.open) ? textIn(reader) : undefined;
  const qty = price !== undefined && reader.takes(SIGN.comma) ? textIn(reader) : undefined;
  return price !== undefined && qty !== undefined && reader.takes(SIGN.close) ? [price, qty] : undefined;
}
