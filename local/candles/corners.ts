import type { Candle } from './read-candles';

/** The way a price may have taken through a minute: a rise dips first, a fall jumps first. */
export const cornersOf = ({ open, high, low, close }: Omit<Candle, 'at'>): readonly [number, number, number, number] =>
  close >= open ? [open, low, high, close] : [open, high, low, close];
