import type { Book } from '../../../domain/market/book';
import { bookOfMark } from '../../../domain/market/mark';
import { statesOf } from '../../../usecases/market-data/states-of';
import { bookOf, NOW, YES } from '../../fixtures/domain-story';
import { markBy } from '../../fixtures/mark-story';

const told = (book: Book) =>
  statesOf(book).map(({ venue, state, reason }) => `${venue} ${state}${reason === null ? '' : ` (${reason})`}`);

/** Goal: each state of an outcome's book by its name, with what the name does not say. */
test.each`
  book                                                                                  | state
  ${{}}                                                                                 | ${'fresh'}
  ${{ quality: 'stale' }}                                                               | ${'stale'}
  ${{ quality: 'gapped' }}                                                              | ${'gapped'}
  ${{ quality: 'crossed' }}                                                             | ${'crossed'}
  ${{ doubts: { bid: { why: 'jumped', since: NOW } } }}                                 | ${'quarantined (bid jumped)'}
  ${{ doubts: { bid: { why: 'thin', since: NOW }, ask: { why: 'twin', since: NOW } } }} | ${'quarantined (bid thin, ask twin)'}
  ${{ quality: 'gapped', doubts: { bid: { why: 'jumped', since: NOW } } }}              | ${'gapped'}
`('an outcome: $state', ({ book, state }) => {
  expect(told(bookOf('9@0.4', '9@0.5', { instrument: YES, venue: 'polymarket', ...book }))).toEqual([
    `polymarket ${state}`,
  ]);
});

test.each`
  shown                                                              | states
  ${'binance 100/101; coinbase 100/101; kraken 100/101'}             | ${['composite fresh', 'binance fresh', 'coinbase fresh', 'kraken fresh']}
  ${'binance 100/101; coinbase 100/101; kraken 60/61'}               | ${['composite fresh', 'binance fresh', 'coinbase fresh', 'kraken quarantined (disagrees)']}
  ${'binance 100/101 unconverted; coinbase 100/101; kraken 100/101'} | ${['composite fresh', 'binance quarantined (unconverted)', 'coinbase fresh', 'kraken fresh']}
  ${'coinbase 100/101 silent; kraken 100/101'}                       | ${['composite unconfirmed (coinbase silent, kraken good)', 'coinbase stale (silent)', 'kraken fresh']}
  ${'coinbase 100/101 halted; kraken 100/101 gapped'}                | ${['composite unconfirmed (coinbase halted, kraken gapped)', 'coinbase halted', 'kraken gapped']}
`('a coin of $shown', ({ shown, states }) => {
  expect(told(bookOfMark(markBy(shown)))).toEqual(states);
});
