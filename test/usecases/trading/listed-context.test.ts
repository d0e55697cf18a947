import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { plusMs } from '../../../domain/kernel/instant';
import { formatPrice, ppm, price, qty } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import type { Instrument } from '../../../domain/market/instrument';
import { listingOf, type Primary } from '../../../domain/market/listing';
import { markedBook } from '../../../domain/market/mark';
import { NOTHING_TAKEN } from '../../../domain/market/taken';
import type { VenueTrade } from '../../../domain/market/venue-trade';
import { loadContext } from '../../../usecases/trading/load-context';
import { listedAt, markBy } from '../../fixtures/mark-story';
import { limitAt, openTrading, rain } from '../../fixtures/open-trading';
import { bitcoin, NOW, rules } from '../../fixtures/stored-account';

const AT_COINBASE = idOf<InstrumentId>('BTC-USD@coinbase');
const atCoinbase: Instrument = {
  ...bitcoin,
  id: AT_COINBASE,
  venue: 'coinbase',
  venueSymbol: 'BTC-USD',
  priceTick: price(1_000_000n),
  takerFee: { kind: 'proportional', rate: ppm(12_000n) },
};
const MARK = markBy('binance 60000/60010; coinbase 60002/60012; kraken 60001/60011');

const tradeOf = (venue: VenueTrade['venue'], instrument = bitcoin.id): VenueTrade => ({
  instrument,
  venue,
  tradeId: venue,
  price: price(1n),
  qty: qty(1n),
  taker: 'buy',
  venueAt: NOW,
  receivedAt: plusMs(NOW, 1),
});

/** An account of this primary with a bid that rests, and what it asks the stores for. */
async function tradingAt(primary: Primary) {
  const trading = await openTrading({ execution: { ...rules.execution, primary } });
  trading.catalogue.set(AT_COINBASE, atCoinbase);
  trading.quote(bitcoin.id, '60000', '60000');
  trading.quote(rain.id, '0.39', '0.40');
  await trading.order('buy', '0.1', { terms: limitAt('50000') });
  await trading.order('buy', '100', { instrument: rain.id });
  const catalogue = new Map([bitcoin, atCoinbase, rain].map((each) => [each.id, each]));
  const asked: string[] = [];
  const taken = { ...NOTHING_TAKEN, revision: 7 };
  const books = new Map<Primary, Book>([
    ['kraken', markedBook(listedAt('kraken', '1@60001/1@60011'), MARK)],
    ['coinbase', markedBook(listedAt('coinbase', '1@60002/1@60012'), MARK)],
  ]);
  const parts = {
    ...trading.parts,
    instruments: {
      list: async () => [...catalogue.values()],
      find: async (ids: readonly InstrumentId[]) =>
        new Map(
          ids.flatMap((id): [InstrumentId, Instrument][] =>
            catalogue.has(id) ? [[id, catalogue.get(id) as Instrument]] : [],
          ),
        ),
    },
    taken: {
      ...trading.parts.taken,
      of: async (_: unknown, ids: readonly InstrumentId[]) => {
        asked.push(...ids);
        return new Map([[listingOf(bitcoin.id, primary), taken]]);
      },
    },
    books: {
      ...trading.parts.books,
      current: async (_: unknown, at: Primary) => new Map([[bitcoin.id, books.get(at) as Book]]),
    },
    tape: {
      since: async () =>
        new Map([
          [bitcoin.id, [tradeOf('kraken'), tradeOf('coinbase'), tradeOf('binance')]],
          [rain.id, [tradeOf('polymarket', rain.id)]],
        ]),
    },
  };
  return { parts, asked, snapshot: await trading.snapshot() };
}

/** Goal: a coin is traded as the tier's venue lists it: its steps, its fee, its book, its trades, what was taken. */
test.each`
  primary       | tick      | fee        | bid        | listing               | traded
  ${'kraken'}   | ${'0.1'}  | ${2_600n}  | ${'60001'} | ${'BTC-USD'}          | ${['kraken']}
  ${'coinbase'} | ${'0.01'} | ${12_000n} | ${'60002'} | ${'BTC-USD@coinbase'} | ${['coinbase']}
`('at $primary', async ({ primary, tick, fee, bid, listing, traded }) => {
  const { parts, asked, snapshot } = await tradingAt(primary);
  const context = await loadContext(parts, snapshot, []);
  const listed = context.instruments.get(bitcoin.id);
  expect([listed?.id, listed && formatPrice(listed.priceTick), listed?.takerFee.rate]).toEqual([bitcoin.id, tick, fee]);
  const book = context.books.get(bitcoin.id);
  expect([book?.venue, book?.bids[0] && formatPrice(book.bids[0].price)]).toEqual([primary, bid]);
  expect(book?.mark).toBe(MARK);
  expect([...asked].sort()).toEqual([listing, rain.id]);
  expect(context.taken.get(bitcoin.id)?.revision).toBe(7);
  expect(context.tape.get(bitcoin.id)?.map(({ venue }) => venue)).toEqual(traded);
  expect(context.tape.get(rain.id)).toHaveLength(1);
  expect(context.instruments.get(rain.id)).toBe(rain);
});

test('a coin that the venue of the tier does not list is not known, whatever another lists', async () => {
  const { parts, snapshot } = await tradingAt('coinbase');
  const find = async () => new Map([[bitcoin.id, bitcoin]]);
  const context = await loadContext({ ...parts, instruments: { ...parts.instruments, find } }, snapshot, []);
  expect(context.instruments.has(bitcoin.id)).toBe(false);
});

/** Goal: what was seen then is met then, by the top that the venue of the tier showed, at the mark of all. */
test('a mark of before fills by what the venue showed then, until the book of that state is at hand', async () => {
  const { parts, snapshot } = await tradingAt('coinbase');
  const seenAt = async (quotes: readonly (typeof MARK)[]) =>
    (await loadContext(parts, snapshot, [], { quotes, at: plusMs(NOW, 5) })).books.get(bitcoin.id);
  const shown = markBy('binance 59000/59010; coinbase 59002/59012; kraken 59001/59011');
  const then = { ...shown, sequence: MARK.sequence - 1 };
  const past = await seenAt([then]);
  expect([past?.venue, past?.bids.map((level) => formatPrice(level.price)), past?.mark]).toEqual([
    'coinbase',
    ['59002'],
    then,
  ]);
  const present = await seenAt([MARK]);
  expect(present?.bids.map((level) => formatPrice(level.price))).toEqual(['60002']);
  const unseen = await seenAt([]);
  expect([unseen?.quality, unseen?.bids]).toEqual(['stale', []]);
});
