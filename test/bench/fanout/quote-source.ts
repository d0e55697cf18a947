import { createInterface } from 'node:readline';
import type { EventData } from '../../../contracts/topics/events';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { price, qty } from '../../../domain/kernel/money';

export type QuoteData = EventData<'market-data.quote'>;

export const instrumentsOf = (count: number): readonly InstrumentId[] =>
  Array.from({ length: count }, (_, at) => idOf<InstrumentId>(`COIN${at}-USD`));

/** No server is asked to make up for more than this: what it could not send in time it does not owe. */
const OWED_MS_MAX = 50;
const TICK_MS = 2;

/**
 * Prices at the pace that the parent names on the standard input: `rate QUOTES INSTRUMENTS` a second, in turns. `word`
 * is told of every other line.
 */
export function quotesOnDemand(post: (quote: QuoteData) => void, word: (line: string) => void = () => {}): void {
  let [rate, instruments, owed, sequence, last] = [0, instrumentsOf(1), 0, 0, performance.now()];
  setInterval(() => {
    const now = performance.now();
    owed += (rate * Math.min(now - last, OWED_MS_MAX)) / 1_000;
    last = now;
    for (; owed >= 1; owed--) {
      sequence += 1;
      post(quoteAt(instruments[sequence % instruments.length] as InstrumentId, sequence));
    }
  }, TICK_MS);
  createInterface({ input: process.stdin }).on('line', (line) => {
    const [kind, a, b] = line.split(' ');
    if (kind !== 'rate') return word(line);
    [rate, instruments, owed] = [Number(a), instrumentsOf(Number(b)), 0];
  });
}

function quoteAt(instrument: InstrumentId, sequence: number): QuoteData {
  const now = instant(Date.now());
  const side = (at: number) => ({
    price: price(BigInt(at) * 1_000_000n),
    qty: qty(BigInt(1 + (sequence % 900)) * 1_000_000n),
  });
  const cents = 6_000_000 + (sequence % 5_000);
  return {
    instrument,
    venue: 'kraken',
    sequence,
    venueProof: '2439117997',
    quality: 'good',
    venueAt: instant(now - 5),
    receivedAt: now,
    bid: side(cents),
    ask: side(cents + 10),
  };
}
