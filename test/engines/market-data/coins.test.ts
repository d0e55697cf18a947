import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { plusMs } from '../../../domain/kernel/instant';
import type { Instrument, Venue } from '../../../domain/market/instrument';
import type { ListedBook } from '../../../domain/market/mark';
import { tradeAt } from '../../fixtures/book-story';
import { CoinPublisher } from '../../fixtures/coin-publisher';
import { BTC, bitcoin, NOW } from '../../fixtures/domain-story';
import { listedAt } from '../../fixtures/mark-story';

const BTC_USDT = idOf<InstrumentId>('BTC-USDT');
const USDT_USD = idOf<InstrumentId>('USDT-USD');

let sequence = 0;
function shown(venue: Venue, top: string, change: Partial<ListedBook> = {}): ListedBook {
  const [bid, ask] = top.split('/');
  sequence += 1;
  return listedAt(venue, `10@${bid}/10@${ask}`, { sequence, receivedAt: NOW, ...change });
}
const tether = (venue: Venue, top: string) =>
  listedAt(venue, `900@${top.split('/')[0]}/900@${top.split('/')[1]}`, { instrument: USDT_USD });

/** Two venues agree, and everybody heard of it. */
async function agreed() {
  const story = new CoinPublisher();
  story.publisher.open(0);
  story.publisher.onBook(shown('kraken', '100/101'));
  story.publisher.onBook(shown('coinbase', '100/101'));
  await story.rest();
  story.told.length = 0;
  return story;
}

test('a coin is told as one mark of all its venues, each book with it once', async () => {
  const story = new CoinPublisher();
  const { publisher, told } = story;
  publisher.open(0);
  publisher.onBook(shown('kraken', '100/101'));
  await story.rest();
  publisher.onBook(shown('coinbase', '100.4/101.4'));
  await story.rest();
  publisher.onBook(shown('coinbase', '100/101', { quality: 'gapped' }));
  await story.rest();
  expect(told).toEqual(['unconfirmed [kraken]', '100.2/101.2 [coinbase]', 'unconfirmed, coinbase gapped [coinbase]']);
});

test('what is quoted in tethers counts by their rate, and is no book that fills', async () => {
  const story = await agreed();
  const { publisher, told } = story;
  publisher.onBook(shown('binance', '125/126.25', { instrument: BTC_USDT }));
  await story.rest();
  publisher.onBook(tether('kraken', '0.8/0.80001'));
  publisher.onBook(tether('coinbase', '0.8/0.80001'));
  await story.rest();
  publisher.onBook(shown('kraken', '90/91'));
  await story.rest();
  publisher.onBook(shown('binance', '125.5/126.2484', { instrument: BTC_USDT }));
  await story.rest();
  expect(told).toEqual([
    '100/101, binance unconverted []',
    '100/101.00063125, kraken disagrees [kraken]',
    '100.2/100.99999125, kraken disagrees []',
  ]);
});

test('a venue that falls silent is told as silent within the next look, once, and when it is heard again', async () => {
  const story = await agreed();
  const { publisher, told } = story;
  publisher.onBook(shown('binance', '100/101', { instrument: BTC_USDT }));
  await story.rest();
  told.length = 0;
  story.now = plusMs(NOW, 5_001);
  publisher.onBook(shown('kraken', '100/101', { receivedAt: story.now }));
  await story.rest();
  expect(told).toEqual(['unconfirmed, binance silent, coinbase silent [kraken]']);
  for (let look = 0; look < 3; look++) {
    publisher.checkStale();
    await story.rest();
  }
  expect(told).toHaveLength(1);
  story.now = plusMs(NOW, 10_002);
  publisher.checkStale();
  await story.rest();
  publisher.checkStale();
  publisher.onBook(shown('kraken', '100/101', { receivedAt: story.now }));
  await story.rest();
  publisher.onBook(shown('coinbase', '100/101', { receivedAt: story.now }));
  await story.rest();
  expect(told.slice(1)).toEqual([
    'unconfirmed, binance silent, coinbase silent, kraken silent []',
    'unconfirmed, binance silent, coinbase silent [kraken]',
    '100/101, binance silent [coinbase]',
  ]);
});

test('that a book still holds is told of the newest state alone', async () => {
  const story = await agreed();
  const { publisher, held } = story;
  const [first, second] = [shown('kraken', '100/101'), shown('kraken', '100.1/101')];
  publisher.onBook(first);
  publisher.onHeld({ ...first, venueAt: plusMs(NOW, 1_000) });
  await story.until(() => held.length === 1);
  publisher.onBook(second);
  publisher.onHeld({ ...first, venueAt: plusMs(NOW, 2_000) });
  publisher.onHeld({ ...second, venueAt: plusMs(NOW, 3_000) });
  await story.until(() => held.length === 2);
  expect(held).toEqual([`kraken ${first.sequence} +1000`, `kraken ${second.sequence} +3000`]);
});

test('each venue’s trades are held against its own book, as far as its price is believed', async () => {
  const story = await agreed();
  const { publisher, trades } = story;
  const listed = (venue: Venue): Instrument => ({ ...bitcoin, venue });
  publisher.onInstruments([listed('kraken'), listed('coinbase')]);
  publisher.onTrade(tradeAt(100, { tradeId: '1', venue: 'kraken' }));
  publisher.onTrade(tradeAt(100, { tradeId: '2', venue: 'coinbase' }));
  publisher.onTrade(tradeAt(100, { tradeId: '3', venue: 'binance' }));
  publisher.onBook(shown('binance', '100/101'));
  publisher.onBook(shown('kraken', '60/61'));
  await story.rest();
  publisher.onTrade(tradeAt(60, { tradeId: '4', venue: 'kraken' }));
  await story.rest();
  expect(trades).toEqual([
    '1 of BTC-USD against kraken good',
    '2 of BTC-USD@coinbase against coinbase good',
    '4 of BTC-USD against kraken disagrees',
  ]);
});

test('what each venue lists is one coin under its own name, and what is quoted in tethers is listed nowhere', async () => {
  const story = new CoinPublisher();
  story.publisher.lead();
  story.publisher.onInstruments([bitcoin]);
  story.publisher.onInstruments([{ ...bitcoin, venue: 'coinbase' }]);
  story.publisher.onInstruments([{ ...bitcoin, id: BTC_USDT, venue: 'binance' }]);
  story.publisher.onInstruments([{ ...bitcoin, id: USDT_USD }]);
  await story.until(() => story.saved.length >= 2);
  await story.rest();
  expect(story.saved).toEqual(['BTC-USD', 'BTC-USD@coinbase']);
});

test('a copy that waits tells nothing; its successor tells the mark and every book anew, counting on', async () => {
  const story = await agreed();
  const { publisher, told, kept } = story;
  const before = kept.get(BTC)?.sequence ?? 0;
  publisher.pause(0);
  publisher.onBook(shown('kraken', '100.2/101.2'));
  await story.rest();
  publisher.checkStale();
  expect(told).toEqual([]);
  publisher.open(0);
  await story.rest();
  expect(told).toEqual(['100.1/101.1 [kraken coinbase]']);
  expect(kept.get(BTC)?.sequence).toBeGreaterThan(before);
  expect(kept.get(BTC)?.mark?.confirmedSince).toBe(NOW);
});

test('where Redis is down it is said, and what it did not get goes with the next mark', async () => {
  const story = await agreed();
  const { publisher, told, failures } = story;
  story.isRedisDown = true;
  publisher.onBook(shown('kraken', '100.2/101.2'));
  await story.rest();
  story.isRedisDown = false;
  publisher.onBook(shown('coinbase', '100.2/101.2'));
  await story.rest();
  expect(failures).toEqual(['the book of BTC-USD was not told everywhere']);
  expect(told).toEqual(['100.2/101.2 [kraken coinbase]']);
});
