import { plusMs } from '../../../domain/kernel/instant';
import { formatPrice } from '../../../domain/kernel/money';
import { type Book, pastQuoteOf, quoteOf } from '../../../domain/market/book';
import { believed } from '../../../domain/market/doubt';
import { bookOf, bookOfMark, compositeOf, markedBook, markOf, sourceOf, touchAt } from '../../../domain/market/mark';
import type { Composite, Quote } from '../../../domain/market/quote';
import { BTC, NOW } from '../../fixtures/domain-story';
import { compositeWords, listedAt, markBy, shownBy } from '../../fixtures/mark-story';

/** Goal: what several venues make together. Each row says what they show, and the mark with those that are left out. */
test.each`
  story                                       | shown                                                             | made
  ${'three that agree: medians of each side'} | ${'binance 99.9/100.1; coinbase 100/100.2; kraken 100.05/100.15'} | ${'100/100.15'}
  ${'two: means, each away from the other'}   | ${'coinbase 100/101; kraken 100.00000001/101.00000001'}           | ${'100/101.00000001'}
  ${'one alone makes none'}                   | ${'kraken 100/101'}                                               | ${'unconfirmed'}
  ${'one of two is not good'}                 | ${'coinbase 100/101 gapped; kraken 100/101'}                      | ${'unconfirmed, coinbase gapped'}
  ${'one of three is not good'}               | ${'binance 100/101 silent; coinbase 100/101; kraken 100.2/101.2'} | ${'100.1/101.1, binance silent'}
  ${'a crash at one alone'}                   | ${'binance 100/101; coinbase 100/101; kraken 60/61'}              | ${'100/101, kraken disagrees'}
  ${'a crash at two of three is followed'}    | ${'binance 100/101; coinbase 60/60.5; kraken 60/60.5'}            | ${'60/60.5, binance disagrees'}
  ${'a crash at one of two'}                  | ${'coinbase 100/101; kraken 60/61'}                               | ${'unconfirmed, coinbase disagrees, kraken disagrees'}
  ${'an ask at exactly the band'}             | ${'binance 100/101; coinbase 100/100; kraken 100/100'}            | ${'100/100'}
  ${'an ask a hair beyond it'}                | ${'binance 100/101.00000001; coinbase 100/100; kraken 100/100'}   | ${'100/100, binance disagrees'}
  ${'a bid at exactly the band'}              | ${'binance 99/100; coinbase 100/100; kraken 100/100'}             | ${'100/100'}
  ${'a bid a hair beyond it'}                 | ${'binance 98.99999999/100; coinbase 100/100; kraken 100/100'}    | ${'100/100, binance disagrees'}
  ${'a right middle between two wrong sides'} | ${'coinbase 100/101; kraken 50/151'}                              | ${'unconfirmed, kraken disagrees'}
  ${'the same beside two'}                    | ${'binance 100/101; coinbase 100/101; kraken 50/151'}             | ${'100/101, kraken disagrees'}
  ${'three of which no two agree'}            | ${'binance 90/90; coinbase 100/100; kraken 110/110'}              | ${'unconfirmed, binance disagrees, kraken disagrees'}
  ${'what is left out is in no median'}       | ${'binance 1/1 thin; coinbase 100/101; kraken 100/101'}           | ${'100/101, binance thin'}
  ${'a side that nobody quotes'}              | ${'binance /101 one_sided; coinbase 100/101; kraken 100/101'}     | ${'100/101, binance one_sided'}
  ${'told as wrong before, right by now'}     | ${'binance 100/101 disagrees; coinbase 100/101; kraken 100/101'}  | ${'100/101'}
`('$story: $shown', ({ shown, made }) => {
  expect(compositeWords(compositeOf(shownBy(shown)))).toBe(made);
});

test('the size at a mark is what those that agree show together, and sources stand by name', () => {
  const made = compositeOf(shownBy('kraken 100/101; coinbase 100/101; binance 1/2'));
  expect([made.bid?.qty, made.ask?.qty]).toEqual([2_000_000_000n, 2_000_000_000n]);
  expect(made.sources.map(({ venue }) => venue)).toEqual(['binance', 'coinbase', 'kraken']);
});

/** Goal: a price in tethers counts by what a tether is worth, and a rate that nobody confirms counts nothing. */
test.each`
  story                                       | tether                                | tethers                        | made
  ${'a tether is a dollar'}                   | ${'coinbase 1/1; kraken 1/1'}         | ${'100/101'}                   | ${'100/101'}
  ${'a tether lost its peg, and prices rose'} | ${'coinbase 0.8/0.8; kraken 0.8/0.8'} | ${'125/126.25'}                | ${'100/101'}
  ${'it lost its peg at two of two alone'}    | ${'coinbase 0.8/0.8; kraken 0.8/0.8'} | ${'100/101'}                   | ${'100/101, binance disagrees'}
  ${'its two rates contradict one another'}   | ${'coinbase 0.8/0.8; kraken 1/1'}     | ${'100/101'}                   | ${'100/101, binance unconverted'}
  ${'one of them alone'}                      | ${'kraken 1/1'}                       | ${'100/101'}                   | ${'100/101, binance unconverted'}
  ${'rounded away from the other side'}       | ${'coinbase 0.3/0.3; kraken 0.3/0.3'} | ${'333.33333333/336.66666667'} | ${'100/101'}
`('$story: $tether', ({ tether, tethers, made }) => {
  const rate = compositeOf(shownBy(tether));
  const [bid = '', ask = ''] = tethers.split('/');
  const binance = sourceOf(listedAt('binance', `10@${bid}/10@${ask}`), NOW, rate);
  expect(compositeWords(compositeOf([binance, ...shownBy('coinbase 100/101; kraken 100/101')]))).toBe(made);
});

/** Goal: what a venue's book says to a mark. `rate`: it quotes in tethers, at such a rate. */
test.each`
  story                                   | book                           | change                                 | state
  ${'a good book'}                        | ${'10@100/10@101'}             | ${{}}                                  | ${'good'}
  ${'its connector lost a message'}       | ${'10@100/10@101'}             | ${{ quality: 'gapped' }}               | ${'gapped'}
  ${'its connector found it crossed'}     | ${'10@100/10@101'}             | ${{ quality: 'crossed' }}              | ${'crossed'}
  ${'its connection is lost'}             | ${'10@100/10@101'}             | ${{ quality: 'stale' }}                | ${'stale'}
  ${'five seconds of silence'}            | ${'10@100/10@101'}             | ${{ receivedAt: plusMs(NOW, -5_000) }} | ${'good'}
  ${'a millisecond more'}                 | ${'10@100/10@101'}             | ${{ receivedAt: plusMs(NOW, -5_001) }} | ${'silent'}
  ${'nobody buys'}                        | ${'/10@101'}                   | ${{}}                                  | ${'one_sided'}
  ${'nobody sells'}                       | ${'10@100/'}                   | ${{}}                                  | ${'one_sided'}
  ${'the bid meets the ask'}              | ${'10@101/10@101'}             | ${{}}                                  | ${'crossed'}
  ${'a cent too little to sell'}          | ${'5@100/4.9504@101'}          | ${{}}                                  | ${'thin'}
  ${'500 dollars a side'}                 | ${'5@100/5@101'}               | ${{}}                                  | ${'good'}
  ${'a cent too little to buy'}           | ${'4.9999@100/5@101'}          | ${{}}                                  | ${'thin'}
  ${'the rest of it within five percent'} | ${'1@100 4.22@95/5@101'}       | ${{}}                                  | ${'good'}
  ${'the rest of it beyond'}              | ${'1@100 9@94.99999999/5@101'} | ${{}}                                  | ${'thin'}
`('$story: $book is $state', ({ book, change, state }) => {
  expect(sourceOf(listedAt('kraken', book, change), NOW).state).toBe(state);
});

test('who cannot be converted says so, and shows its own price all the same', () => {
  const rate: Composite = { bid: null, ask: null, sources: [] };
  const { state, bid } = sourceOf(listedAt('binance', '10@100/10@101'), NOW, rate);
  expect([state, bid && formatPrice(bid.price)]).toEqual(['unconverted', '100']);
});

const AGREED = 'coinbase 100/101; kraken 100/101';
const ALONE = 'coinbase 100/101 stale; kraken 100/101';
const words = ({ bid, ask, last }: Quote | (Book['mark'] & object)) =>
  `${bid && ask ? compositeWords({ bid, ask, sources: [] }) : 'none'}${last?.bid ? `, last ${formatPrice(last.bid.price)}` : ''}`;

test('a mark that is confirmed no more keeps what was good last, over any number of states', () => {
  const good = markBy(AGREED);
  const alone = markBy(ALONE, good);
  const still = markBy(ALONE, alone);
  expect([good, alone, still].map(words)).toEqual(['100/101', 'none, last 100', 'none, last 100']);
  expect(bookOfMark(still)).toMatchObject({ quality: 'unconfirmed', bids: [], asks: [] });
  expect(quoteOf(bookOfMark(still))).toBeUndefined();
  expect(pastQuoteOf(bookOfMark(still))).toMatchObject({ bid: null, ask: null, sequence: good.sequence });
});

test('it is confirmed since it was last not, and a break begins the time anew', () => {
  const good = markBy(AGREED);
  const later = (before: Quote, ms: number): Quote => ({ ...before, receivedAt: plusMs(before.receivedAt, ms) });
  const second = markBy(AGREED, later(good, 1_000));
  const broken = markBy(ALONE, later(second, 1_000));
  const again = markBy(AGREED, later(broken, 1_000));
  expect([good, second, broken, again].map(({ confirmedSince }) => confirmedSince)).toEqual([
    NOW,
    NOW,
    undefined,
    plusMs(NOW, 3_000),
  ]);
});

test('ten seconds without any mark are a break as well: nobody could trade by an older one', () => {
  const good = markBy(AGREED);
  const after = (ms: number) => markOf(BTC, shownBy(AGREED), plusMs(NOW, ms), good).confirmedSince;
  expect([after(10_000), after(10_001)]).toEqual([NOW, plusMs(NOW, 10_001)]);
});

/** Goal: at one venue one trades by its own book, and only while the others confirm its price. */
test.each`
  story                               | shown                                                         | fills           | marks
  ${'it agrees'}                      | ${'binance 100/101; coinbase 100/101; kraken 99.9/100.9'}     | ${'99.9/100.9'} | ${'100/101'}
  ${'it is left out for its price'}   | ${'binance 100/101; coinbase 100/101; kraken 60/61'}          | ${'nothing'}    | ${'100/101'}
  ${'it is left out for its silence'} | ${'binance 100/101; coinbase 100/101; kraken 100/101 silent'} | ${'nothing'}    | ${'100/101'}
  ${'it was never heard of'}          | ${'binance 100/101; coinbase 100/101'}                        | ${'nothing'}    | ${'100/101'}
  ${'nobody confirms it'}             | ${'binance 90/90; coinbase 110/110; kraken 100/101'}          | ${'nothing'}    | ${'none'}
`('at Kraken, $story', ({ shown, fills, marks }) => {
  const mark = markBy(shown);
  const book = bookOf(mark, 'kraken');
  const top = ({ bids: [bid], asks: [ask] }: Book) =>
    bid && ask ? compositeWords({ bid, ask, sources: [] }) : 'nothing';
  expect([top(book), words(book.mark ?? mark)]).toEqual([fills, marks]);
  expect(top(book)).toBe(top({ ...book, bids: touchAt(mark, 'kraken').bid ? book.bids : [] }));
});

test('a full book is believed while its mark holds it for one that agrees, and counts the states of the mark', () => {
  const whole = { ...listedAt('kraken', '10@100 3@99/10@101'), sequence: 3 };
  const agreed = markedBook(whole, markBy(AGREED));
  const disagreed = markedBook(whole, markBy('binance 60/61; coinbase 60/61; kraken 100/101'));
  expect([agreed, disagreed].map((book) => believed(book).bids.length)).toEqual([2, 0]);
  expect(agreed.sequence).toBe(markBy(AGREED).sequence);
  expect(agreed.doubts).toBeUndefined();
  expect(disagreed.doubts?.ask?.why).toBe('disagrees');
});
