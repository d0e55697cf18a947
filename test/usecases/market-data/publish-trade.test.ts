import { price, qty } from '../../../domain/kernel/money';
import type { Instrument } from '../../../domain/market/instrument';
import { publishTrade } from '../../../usecases/market-data/publish-trade';
import { bookAt, TEN, tradeAt } from '../../fixtures/book-story';

const SPOT: Pick<Instrument, 'kind' | 'status'> = { kind: 'spot', status: 'open' };
const OUTCOME: Pick<Instrument, 'kind' | 'status'> = { kind: 'outcome', status: 'open' };
const book = bookAt(91_000);
const probability = bookAt(0.52, TEN, {
  bids: [{ price: price(52_000_000n), qty: qty(10n ** 9n) }],
  asks: [{ price: price(53_000_000n), qty: qty(10n ** 9n) }],
});

/** Goal: which trades may fill orders. The book’s middle is 91,000 dollars, or 52 and a half cents. */
test.each`
  story                              | trade                                | market                              | latest                             | verdict
  ${'in the book'}                   | ${tradeAt(91_000)}                   | ${SPOT}                             | ${book}                            | ${'told'}
  ${'just 20 % above the middle'}    | ${tradeAt(109_200)}                  | ${SPOT}                             | ${book}                            | ${'told'}
  ${'a cent further'}                | ${tradeAt(109_200.01)}               | ${SPOT}                             | ${book}                            | ${'price_implausible'}
  ${'a decimal shifted up'}          | ${tradeAt(910_000)}                  | ${SPOT}                             | ${book}                            | ${'price_implausible'}
  ${'a decimal shifted down'}        | ${tradeAt(9_100)}                    | ${SPOT}                             | ${book}                            | ${'price_implausible'}
  ${'at zero'}                       | ${tradeAt(0)}                        | ${SPOT}                             | ${book}                            | ${'impossible'}
  ${'of nothing'}                    | ${tradeAt(91_000, { qty: qty(0n) })} | ${SPOT}                             | ${book}                            | ${'impossible'}
  ${'no book yet'}                   | ${tradeAt(91_000)}                   | ${SPOT}                             | ${undefined}                       | ${'book_not_good'}
  ${'in a gap of the book'}          | ${tradeAt(91_000)}                   | ${SPOT}                             | ${{ ...book, quality: 'gapped' }}  | ${'book_not_good'}
  ${'while the venue is silent'}     | ${tradeAt(91_000)}                   | ${SPOT}                             | ${{ ...book, quality: 'stale' }}   | ${'book_not_good'}
  ${'while the book is crossed'}     | ${tradeAt(91_000)}                   | ${SPOT}                             | ${{ ...book, quality: 'crossed' }} | ${'book_not_good'}
  ${'an empty side'}                 | ${tradeAt(91_000)}                   | ${SPOT}                             | ${{ ...book, bids: [] }}           | ${'book_not_good'}
  ${'in a halted market'}            | ${tradeAt(91_000)}                   | ${{ ...SPOT, status: 'halted' }}    | ${book}                            | ${'market_not_open'}
  ${'in a market that ended'}        | ${tradeAt(0.52)}                     | ${{ ...OUTCOME, status: 'closed' }} | ${probability}                     | ${'market_not_open'}
  ${'a probability'}                 | ${tradeAt(0.52)}                     | ${OUTCOME}                          | ${probability}                     | ${'told'}
  ${'news broke: outcomes may jump'} | ${tradeAt(0.97)}                     | ${OUTCOME}                          | ${probability}                     | ${'told'}
  ${'a probability of 1'}            | ${tradeAt(1)}                        | ${OUTCOME}                          | ${probability}                     | ${'impossible'}
  ${'a probability above 1'}         | ${tradeAt(52)}                       | ${OUTCOME}                          | ${probability}                     | ${'impossible'}
`('a trade $story: $verdict', async ({ trade, market, latest, verdict }) => {
  const told: unknown[] = [];
  const publish = publishTrade({ trades: { publishTrade: async (given) => void told.push(given) } });
  expect((await publish(trade, market, latest)) ?? 'told').toBe(verdict);
  expect(told).toEqual(verdict === 'told' ? [trade] : []);
});

test('brokers that cannot be reached are the caller’s to know', async () => {
  const publish = publishTrade({ trades: { publishTrade: () => Promise.reject(new Error('down')) } });
  await expect(publish(tradeAt(91_000), SPOT, book)).rejects.toThrow('down');
});
