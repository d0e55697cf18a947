import { doubtWords } from '../../web/lib/doubts';
import { feedState } from '../../web/lib/feed-state';
import { priceState } from '../../web/lib/quotes';
import { exitPrice } from '../../web/lib/standing';
import { btc, position, quote } from './account';

const since = new Date(2026, 2, 14, 9, 30, 5).getTime();
const doubted = quote({ doubts: { bid: { why: 'thin', since } } });

test.each([
  [
    'jumped',
    'it lies far from the price before it and has not stood for long enough. Nothing is filled by it and no account is judged by it.',
  ],
  [
    'twin',
    'it contradicts the price of the other outcome, and only one of the two can be right. Nothing is filled by it and no account is judged by it.',
  ],
  [
    'thin',
    'what the venue shows there is worth too little to say what anything is worth. Your own orders may still be filled there; it triggers no stop, and no account is judged by it.',
  ],
] as const)('an ask that is %s is said in words, and since when', (why, text) => {
  const [words, more] = doubtWords(btc, { doubts: { ask: { why, since } } });
  expect([words, more]).toEqual([{ title: 'The ask of BTC is in doubt', text: `Since 09:30:05: ${text}` }, undefined]);
});

test('both sides may be in doubt, each for its reason; a price that is believed needs no word', () => {
  const doubts = { bid: { why: 'thin', since }, ask: { why: 'jumped', since } } as const;
  expect(doubtWords(btc, { doubts }).map(({ title }) => title)).toEqual([
    'The bid of BTC is in doubt',
    'The ask of BTC is in doubt',
  ]);
  expect(doubtWords(btc, quote())).toEqual([]);
});

test('a price in doubt is no silence of the venue, and grows stale like any other', () => {
  const seen = { quote: doubted, seenAt: 0 };
  expect([priceState(seen, 10_000), priceState(seen, 10_001)]).toEqual(['doubted', 'stale']);
  expect(feedState('live', [btc], () => seen, 1)).toEqual({ kind: 'live' });
});

test('what is held is worth nothing on screen at a price that is not believed', () => {
  const seen = { quote: doubted, seenAt: 0 };
  expect(exitPrice(position({ qty: '1' }), () => seen)).toBeUndefined();
  expect(exitPrice(position({ qty: '-1' }), () => seen)).toBe(doubted.ask?.[0]);
});
