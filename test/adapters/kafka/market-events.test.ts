import { randomUUID } from 'node:crypto';
import { makeKafka } from '../../../adapters/kafka/connection';
import { silentLog } from '../../../adapters/kafka/log';
import { quoteDataOf } from '../../../adapters/kafka/quote-data';
import { openQuotePublisher } from '../../../adapters/kafka/quote-publisher';
import { openTopicReader } from '../../../adapters/kafka/topic-reader';
import { ensureTopics } from '../../../adapters/kafka/topics';
import type { Envelope } from '../../../contracts/topics/envelope';
import { idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { ONE_DOLLAR_PRICE, price, qty } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import type { Instrument, Payout } from '../../../domain/market/instrument';
import type { VenueTrade } from '../../../domain/market/venue-trade';
import { services } from '../../services/services';

const AT = instant(1_764_000_000_000);
const INSTRUMENT = idOf<VenueTrade['instrument']>('PM-rain-YES');
const level = { price: price(52_000_000n), qty: qty(10n ** 9n) };
const ask = { price: price(53_000_000n), qty: qty(10n ** 9n) };
const book: Book = {
  instrument: INSTRUMENT,
  venue: 'polymarket',
  sequence: 1,
  venueProof: 'h',
  venueAt: AT,
  receivedAt: AT,
  quality: 'good',
  bids: [level],
  asks: [ask],
};
const trade = (tradeId: string): VenueTrade => ({
  instrument: INSTRUMENT,
  venue: 'kraken',
  tradeId,
  price: ask.price,
  qty: qty(1n),
  taker: 'buy',
  venueAt: AT,
  receivedAt: AT,
});
const resolved = (payout: Payout) => ({ id: INSTRUMENT, status: 'resolved', payout }) as Instrument;

test.each`
  story               | given                              | quality
  ${'two sides'}      | ${{}}                              | ${'good'}
  ${'no bid'}         | ${{ bids: [] }}                    | ${'good'}
  ${'no ask'}         | ${{ asks: [] }}                    | ${'good'}
  ${'nothing at all'} | ${{ bids: [], asks: [] }}          | ${'stale'}
  ${'a gap'}          | ${{ quality: 'gapped', bids: [] }} | ${'gapped'}
`('a good book of $story is told as $quality', ({ given, quality }) => {
  expect(quoteDataOf({ ...book, ...given }).quality).toBe(quality);
});

test('quotes, trades, changes and candles of one instrument arrive whole, quotes and trades in their order', async () => {
  const kafka = await makeKafka(services().kafkaBrokers, 'market-events');
  await ensureTopics(kafka, [{ name: 'market-data', partitions: 3, replicationFactor: 1, config: {} }]);
  const publisher = await openQuotePublisher(kafka, { next: <Id extends string>() => randomUUID() as Id });
  const reader = await openTopicReader(kafka, {
    groupId: `test-${randomUUID()}`,
    topics: ['market-data'],
    log: silentLog,
  });
  const got: Envelope[] = [];
  const arrived = new Promise<void>((resolve) => {
    void reader.start((event) => {
      if (event.key === INSTRUMENT && got.push(event) === 8) resolve();
    });
  });
  const sent = [publisher.publishTrade(trade('1')), publisher.publish(book), publisher.publishTrade(trade('2'))];
  sent.push(publisher.publish({ ...book, sequence: 2 }));
  const stale = { instrument: INSTRUMENT, venue: 'polymarket', state: 'stale', reason: null, at: AT } as const;
  sent.push(publisher.publishStates([stale]));
  await Promise.all(sent);
  const payouts: readonly Payout[] = [{ kind: 'pays', price: ONE_DOLLAR_PRICE }, { kind: 'void' }];
  await publisher.publishChanges(payouts.map(resolved), AT);
  const prices = { open: level.price, high: ask.price, low: level.price, close: ask.price, openAt: AT, closeAt: AT };
  const counted = { volume: qty(10n ** 20n), trades: 3, isWhole: true };
  const minute = { at: AT, source: 'mark', prices, ...counted } as const;
  await publisher.publishCandles([
    { instrument: INSTRUMENT, resolution: '1m', part: minute },
    { instrument: INSTRUMENT, resolution: '5m', part: { ...minute, prices: null } },
  ]);
  await arrived;
  expect(got.map(({ type }) => type.replace('market-data.', ''))).toEqual([
    'trade',
    'quote',
    'trade',
    'quote',
    'state-changed',
    'instrument-changed',
    'instrument-changed',
    'candle',
  ]);
  expect(got[0]?.data).toEqual(trade('1'));
  expect(got[4]?.data).toEqual(stale);
  const { openAt: _, closeAt: __, ...told } = prices;
  const candle = { instrument: INSTRUMENT, resolution: '1m', at: AT, ...told, ...counted };
  expect([got[7]?.data, got[7]?.occurredAt]).toEqual([candle, AT + 60_000]);
  expect(got.slice(5, 7).map(({ data }) => data)).toEqual(
    payouts.map((payout) => ({ instrument: INSTRUMENT, status: 'resolved', payout })),
  );
  await Promise.all([reader.stop(), publisher.close()]);
});
