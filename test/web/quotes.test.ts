import { ANY, priceState, QuoteBoard } from '../../web/lib/quotes';
import { quote } from './account';

function boardWithBeat() {
  const beats: (() => void)[] = [];
  let now = 0;
  const board = new QuoteBoard(
    () => now,
    (tell) => beats.push(tell),
  );
  return { board, beat: () => beats.shift()?.(), beats, at: (ms: number) => (now = ms) };
}

/** Goal: many quotes a second become a few a reader can follow, and the last one always shows. */
test('a burst tells each reader once, with the newest quote', () => {
  const { board, beat, beats } = boardWithBeat();
  const heard: string[] = [];
  board.subscribe('BTC-USD', () => heard.push('btc'));
  board.subscribe('ETH-USD', () => heard.push('eth'));
  board.subscribe(ANY, () => heard.push('any'));
  board.take([quote({ sequence: 1 })]);
  board.take([quote({ sequence: 2 }), quote({ sequence: 3, bid: ['60000', '1'] })]);
  expect([heard, beats.length]).toEqual([[], 1]);
  beat();
  expect(heard.sort()).toEqual(['any', 'btc']);
  expect(board.get('BTC-USD')?.quote.bid).toEqual(['60000', '1']);
});

test('what is shown does not change between beats', () => {
  const { board, beat } = boardWithBeat();
  board.take([quote({ sequence: 1 })]);
  beat();
  const shown = board.get('BTC-USD');
  board.take([quote({ sequence: 2 })]);
  expect(board.get('BTC-USD')).toBe(shown);
});

test('an overtaken quote is dropped, a restarted feed is not', () => {
  const { board, beat } = boardWithBeat();
  board.take([quote({ sequence: 9, receivedAt: 9_000 }), quote({ sequence: 8, receivedAt: 8_000 })]);
  beat();
  expect(board.get('BTC-USD')?.quote.sequence).toBe(9);
  board.take([quote({ sequence: 1, receivedAt: 10_000 })]);
  beat();
  expect(board.get('BTC-USD')?.quote.sequence).toBe(1);
});

test('a reader that left hears nothing', () => {
  const { board, beat } = boardWithBeat();
  let heard = 0;
  board.subscribe('BTC-USD', () => heard++)();
  board.take([quote()]);
  beat();
  expect(heard).toBe(0);
});

test.each`
  story                     | quality      | ageMs     | state
  ${'fresh'}                | ${'good'}    | ${10_000} | ${'good'}
  ${'too old'}              | ${'good'}    | ${10_001} | ${'stale'}
  ${'the platform says so'} | ${'crossed'} | ${0}      | ${'crossed'}
`('$story', ({ quality, ageMs, state }: { quality: 'good' | 'crossed'; ageMs: number; state: string }) => {
  expect(priceState({ quote: quote({ quality }), seenAt: 0 }, ageMs)).toBe(state);
});

test('nothing seen is no price', () => {
  expect(priceState(undefined, 0)).toBe('none');
});
