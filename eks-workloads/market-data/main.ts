import type { InstrumentId } from '../../domain/kernel/ids';
import { BookPublisher } from '../../engines/market-data/book-publisher';
import { CandleKeeper } from '../../engines/market-data/candles/candle-keeper';
import { HistoryFiller } from '../../engines/market-data/candles/history-filler';
import { MarketShards } from '../../engines/market-data/market-shards';
import { StateTeller } from '../../engines/market-data/state-teller';
import { composeMarketData } from '../../runtime/compose/market-data';
import { readConfig } from '../../runtime/config';
import { startLeading } from '../../runtime/leader';
import { makeLogger } from '../../runtime/log';
import { startEvery } from '../../runtime/loop';
import { checked, makeMetrics, serviceHost } from '../../runtime/service';
import { marketMetrics } from './market-metrics';

const CHECK_EVERY_MS = 1_000;
const TEND_EVERY_MS = 500;
const SETTLE_EVERY_MS = 60_000;
const KEEP_EVERY_MS = 5_000;
const FILL_EVERY_MS = 1_000;

const { PORT, SERVICE_NAME } = readConfig('PORT', 'SERVICE_NAME');
const log = makeLogger();
const metrics = makeMetrics(SERVICE_NAME);
const counted = marketMetrics(metrics);

const {
  feeds,
  checks,
  close,
  leadership,
  owner,
  keeping,
  filling,
  states,
  sharing,
  publish,
  publishMark,
  publishTrade,
  ...outside
} = await composeMarketData({
  log,
  onFramesDropped: counted.framesDropped,
  isMine: (instrument) => shards.isMine(instrument),
});
const shards: MarketShards = new MarketShards({
  ...sharing,
  now: outside.now,
  onFailure: (error, what) => log.warn({ err: error }, what),
});
const onFailure = (error: unknown, what: string) => log.error({ err: error }, what);
const onNoHistory = (error: unknown, what: string) => log.warn({ err: error }, what);
const keeper = new CandleKeeper({
  ...keeping,
  isMine: shards.isMine,
  now: outside.now,
  metrics: counted.candles,
  onFailure,
});
const filler = new HistoryFiller({ ...filling, now: outside.now, metrics: counted.history, onFailure: onNoHistory });
const teller = new StateTeller({ states, counted: counted.stateChanged });
const publisher = new BookPublisher({
  ...outside,
  shards,
  publish: keeper.following(teller.following(publish)),
  publishMark: keeper.following(teller.following(publishMark)),
  publishTrade: keeper.counting(publishTrade),
  metrics: counted,
  onFailure,
  onTrouble: (what) => log.warn(what),
  onAlarm: (what) => log.error(what),
});
for (const feed of feeds) feed.start(publisher);
// Each copy follows the venues, so that it has books to tell the moment a shard is its own.
shards.begin({
  open: (shard) => publisher.open(shard),
  pause: async (shard) => {
    const isOf = (instrument: InstrumentId) => shards.shardOf(instrument) === shard;
    keeper.pause(isOf);
    await publisher.pause(shard);
    teller.forget(isOf);
  },
});
const tending = startEvery(TEND_EVERY_MS, shards.tend, (error) =>
  log.warn({ err: error }, 'nobody could be asked who tells which prices'),
);
// What is no instrument's alone is the work of one copy: the catalogue and the venues' past.
const leader = startLeading({
  leadership,
  owner,
  role: SERVICE_NAME,
  now: outside.now,
  begin: () => {
    filler.open();
    publisher.lead();
  },
  end: () => {
    publisher.follow();
    filler.pause();
  },
  onFailure: (error) => log.warn({ err: error }, 'nobody could be asked who saves the instruments'),
});

const checking = startEvery(
  CHECK_EVERY_MS,
  async () => {
    publisher.checkStale();
    keeper.tick();
    counted.shardsHeld(shards.count);
    counted.ages(publisher.ages());
    for (const feed of feeds) counted.venue(feed.name, feed.health());
  },
  (error) => log.warn({ err: error }, 'the feeds could not be checked'),
);

const candlesKept = startEvery(KEEP_EVERY_MS, keeper.flush, (error) =>
  log.warn({ err: error }, 'candles could not be kept'),
);

const historyFilled = startEvery(FILL_EVERY_MS, filler.pass, (error) =>
  log.warn({ err: error }, 'the venues could not be asked for their past'),
);

// Where two copies do it at once the second finds nothing left to settle.
const settling = startEvery(SETTLE_EVERY_MS, outside.settleDelisted, (error) =>
  log.warn({ err: error }, 'delisted coins could not be settled'),
);

serviceHost({
  name: SERVICE_NAME,
  port: PORT,
  log,
  metrics,
  ready: async () => ({ database: await checked(checks.database), redis: await checked(checks.redis) }),
  stop: async () => {
    await checking.stop();
    await settling.stop();
    await leader.stop();
    await tending.stop();
    await shards.close().catch((error) => log.warn({ err: error }, 'the leases were not left: they expire'));
    await historyFilled.stop();
    await Promise.all(feeds.map((feed) => feed.stop()));
    await candlesKept.stop();
    await keeper.flush();
    await close();
  },
});
