import { type Instant, instant } from '../kernel/instant';
import { type Price, price } from '../kernel/money';
import { type Book, type Quote, quoteOf } from './book';
import { believed } from './doubt';

/** One minute of mid prices; `at` is the minute's first instant. */
export type Candle = {
  readonly at: Instant;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
};

const MINUTE_MS = 60_000;

/** The mid, rounded down to a unit of 10^-8; undefined while a side is empty. */
export const midOf = ({ bid, ask }: Quote): Price | undefined =>
  bid && ask ? price((bid.price + ask.price) / 2n) : undefined;

/** The mid that a book is drawn at; undefined while it is no price. What is shown in a thin market is drawn all the same. */
export function drawnMidOf(book: Book): Price | undefined {
  const { doubts: _, ...shown } = believed(book);
  const quote = quoteOf(shown);
  return quote && midOf(quote);
}

/** Carries a mid into the candle of its minute; a new minute opens at its first mid. */
export function withMid(candle: Candle | undefined, mid: Price, at: Instant): Candle {
  const minute = instant(at - (at % MINUTE_MS));
  if (!candle || candle.at < minute) return { at: minute, open: mid, high: mid, low: mid, close: mid };
  return {
    ...candle,
    high: mid > candle.high ? mid : candle.high,
    low: mid < candle.low ? mid : candle.low,
    close: mid,
  };
}
