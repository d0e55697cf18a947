import { makeLeadership } from '../../adapters/cockroach/leases/leadership';
import { makeMarketLeases } from '../../adapters/cockroach/leases/market-leases';
import { makeCandleStore } from '../../adapters/cockroach/market-data/candle-store';
import { makeInstrumentStore } from '../../adapters/cockroach/market-data/instrument-store';
import { openFramePublisher } from '../../adapters/kafka/archive/frame-publisher';
import { makeKafka } from '../../adapters/kafka/connection';
import { openQuotePublisher } from '../../adapters/kafka/quote-publisher';
import { makeBookStore } from '../../adapters/redis/market-store';
import { makeUnreadableFrames } from '../../adapters/redis/past/unreadable-frames';
import { makeSecondCandles } from '../../adapters/redis/second-candles';
import { makeLevelKeeper } from '../../adapters/redis/taken-liquidity';
import { readSecret } from '../../adapters/secrets/secret';
import { BinanceFeed } from '../../adapters/venues/binance/feed';
import { CoinbaseFeed } from '../../adapters/venues/coinbase/feed';
import { DoubledFeed, type MarkedFeed } from '../../adapters/venues/doubled/doubled-feed';
import { KalshiFeed } from '../../adapters/venues/kalshi/feed';
import { KrakenFeed } from '../../adapters/venues/kraken/feed';
import { CORRECTIONS_MS } from '../../adapters/venues/outcomes/outcome-life';
import { PolymarketFeed } from '../../adapters/venues/polymarket/feed';
import { STALE_AFTER_MS } from '../../domain/assessment/context/decision-context';
import type { InstrumentId } from '../../domain/kernel/ids';
import { plusMs } from '../../domain/kernel/instant';
import type { Venue } from '../../domain/market/instrument';
import { listedIn } from '../../domain/market/listing';
import { countingTrades, forgettingLevels, listedBooks } from '../../usecases/market-data/keep-levels';
import { publishBook } from '../../usecases/market-data/publish-book';
import { publishInstruments } from '../../usecases/market-data/publish-instrument';
import { publishMark } from '../../usecases/market-data/publish-mark';
import { publishTrade } from '../../usecases/market-data/publish-trade';
import { settleDelisted } from '../../usecases/market-data/settle-delisted';
import { booksByOwner, topicByOwner } from '../../usecases/market-data/told-by-owner';
import type { VenueFeed } from '../../usecases/ports/market-data/venue';
import { readConfig } from '../config';
import { openDatabase } from '../database';
import { systemClock, thisCopy, uuidIds } from '../edge';
import type { Logger } from '../log';
import { openRedis } from '../redis';
import { kalshiSecret } from '../secret-schemas';
import { composeHistory } from './history';

type MarketDataParts = {
  readonly log: Logger;
  readonly onFramesDropped: (frames: number) => void;
  /** Whether this copy tells the instrument this moment: asked before each writing. */
  readonly isMine: (instrument: InstrumentId) => boolean;
};

/** The venues, and where their books and instruments go. */
export async function composeMarketData({ log, onFramesDropped, isMine }: MarketDataParts) {
  const config = readConfig(
    'KAFKA_BOOTSTRAP',
    'SERVICE_NAME',
    'MARKET_SHARDS',
    'DOUBLED_VENUES',
    'KRAKEN_WS_URL',
    'KRAKEN_SYMBOLS',
    'BINANCE_WS_URL',
    'BINANCE_REST_URL',
    'BINANCE_SYMBOLS',
    'COINBASE_WS_URL',
    'COINBASE_REST_URL',
    'COINBASE_PRODUCTS',
    'COINBASE_TRADE_SIDE',
    'POLYMARKET_WS_URL',
    'POLYMARKET_CLOB_URL',
    'POLYMARKET_GAMMA_URL',
    'POLYMARKET_MARKETS',
    'KALSHI_SECRET',
    'KALSHI_WS_URL',
    'KALSHI_REST_URL',
    'KALSHI_SERIES',
  );
  const kalshiKey = await readSecret(config.KALSHI_SECRET, kalshiSecret());
  if (!kalshiKey) log.warn('the secret kalshi holds no key: this venue is off');
  const products = config.COINBASE_PRODUCTS;
  const database = await openDatabase('market-data');
  const redis = await openRedis();
  const kafka = await makeKafka(config.KAFKA_BOOTSTRAP, config.SERVICE_NAME, log);
  const quotes = await openQuotePublisher(kafka, uuidIds);
  const frames = await openFramePublisher(kafka, {
    copy: `${thisCopy}/${uuidIds.next()}`,
    onDropped: onFramesDropped,
  });
  const catalogue = makeInstrumentStore(database);
  const levels = makeLevelKeeper(redis);
  const books = booksByOwner(makeBookStore(redis), isMine);
  const topic = topicByOwner(quotes, isMine);
  const levelKeeping = { levels, clock: systemClock };
  const heldOf = (venue: Venue) => async () =>
    (await catalogue.watched(plusMs(systemClock.now(), -CORRECTIONS_MS)))
      .filter((held) => held.venue === venue)
      .map((held) => ({ ...held, id: listedIn(held.id) }));
  const coinbase = new CoinbaseFeed({
    wsUrl: config.COINBASE_WS_URL,
    restUrl: config.COINBASE_REST_URL,
    products,
    tradeSide: config.COINBASE_TRADE_SIDE,
    held: heldOf('coinbase'),
    clock: systemClock,
  });
  const overLines = (venue: 'kraken' | 'binance', feed: () => MarkedFeed): VenueFeed =>
    config.DOUBLED_VENUES.includes(venue) ? new DoubledFeed({ clock: systemClock, feed }) : feed();
  const binance = overLines(
    'binance',
    () =>
      new BinanceFeed({
        wsUrl: config.BINANCE_WS_URL,
        restUrl: config.BINANCE_REST_URL,
        symbols: config.BINANCE_SYMBOLS,
        held: heldOf('binance'),
        clock: systemClock,
      }),
  );
  const feeds: readonly VenueFeed[] = [
    overLines(
      'kraken',
      () =>
        new KrakenFeed({
          url: config.KRAKEN_WS_URL,
          symbols: config.KRAKEN_SYMBOLS,
          held: heldOf('kraken'),
          clock: systemClock,
        }),
    ),
    ...(products.length > 0 ? [coinbase] : []),
    ...(config.BINANCE_SYMBOLS.length > 0 ? [binance] : []),
    new PolymarketFeed({
      wsUrl: config.POLYMARKET_WS_URL,
      clobUrl: config.POLYMARKET_CLOB_URL,
      gammaUrl: config.POLYMARKET_GAMMA_URL,
      markets: config.POLYMARKET_MARKETS,
      held: heldOf('polymarket'),
      clock: systemClock,
    }),
    ...(kalshiKey
      ? [
          new KalshiFeed({
            wsUrl: config.KALSHI_WS_URL,
            restUrl: config.KALSHI_REST_URL,
            series: config.KALSHI_SERIES,
            key: kalshiKey,
            held: heldOf('kalshi'),
            clock: systemClock,
          }),
        ]
      : []),
  ];
  const archive = makeCandleStore(database);
  const tellInstruments = publishInstruments({ catalogue, changes: quotes, clock: systemClock });
  return {
    feeds,
    leadership: makeLeadership(database),
    owner: thisCopy,
    keeping: { archive, seconds: makeSecondCandles(redis), candles: quotes, newRun: uuidIds.next<string> },
    sharing: {
      leases: makeMarketLeases(database),
      owner: `${thisCopy}/${uuidIds.next()}`,
      shards: config.MARKET_SHARDS,
      elapsed: () => performance.now(),
    },
    states: topic,
    hold: books.hold,
    publish: forgettingLevels(publishBook({ books, quotes: topic }), levelKeeping),
    publishMark: forgettingLevels(publishMark({ books, quotes: topic }), levelKeeping, listedBooks),
    publishTrade: publishTrade({ trades: countingTrades(topic, levels) }),
    publishInstruments: tellInstruments,
    keepUnreadable: makeUnreadableFrames(redis).keep,
    onFrame: frames.put,
    settleDelisted: settleDelisted({
      catalogue,
      candles: archive,
      publishInstruments: tellInstruments,
      clock: systemClock,
    }),
    filling: composeHistory(database),
    now: systemClock.now,
    staleAfterMs: STALE_AFTER_MS,
    checks: { database: () => catalogue.list(), redis: () => redis.ping() },
    close: async () => {
      await quotes.close();
      await frames.close();
      redis.disconnect();
      await database.close();
    },
  };
}
