import type { InstrumentId } from '../../domain/kernel/ids';
import type { CandleMetrics } from '../../engines/market-data/candles/candle-keeper';
import type { HistoryMetrics } from '../../engines/market-data/candles/history-filler';
import type { PublisherMetrics } from '../../engines/market-data/metrics';
import { LATENCY_BUCKETS_S, type Metrics } from '../../runtime/service';
import type { MarketState } from '../../usecases/ports/market-data/market-state';
import type { VenueHealth } from '../../usecases/ports/market-data/venue';

/** What an operator asks of market data: does it flow, how old is it, which venue skips or sends rubbish. */
type MarketMetrics = PublisherMetrics & {
  /** Milliseconds since each instrument's newest book. */
  readonly ages: (ages: ReadonlyMap<InstrumentId, number>) => void;
  /** How many shards of the instruments this copy tells the prices of. */
  readonly shardsHeld: (count: number) => void;
  readonly venue: (name: string, health: VenueHealth) => void;
  readonly stateChanged: (state: MarketState) => void;
  readonly candles: CandleMetrics;
  readonly history: HistoryMetrics;
  readonly framesDropped: (frames: number) => void;
};

export function marketMetrics(metrics: Metrics): MarketMetrics {
  const books = metrics.counter('market_books_published_total', 'Books published, by their quality', ['quality']);
  const conflated = metrics.counter('market_books_conflated_total', 'Books passed over for a newer one');
  const failed = metrics.counter(
    'market_publish_failures_total',
    'Books that did not reach Redis or Kafka, and trades that did not reach Kafka',
  );
  const trades = metrics.counter('market_trades_total', 'Trades of the venues: told, or why not', ['outcome']);
  const states = metrics.counter('market_state_changes_total', 'Prices that became fresh, stale, gapped …', ['state']);
  const age = metrics.gauge('market_book_age_seconds', 'Since the newest book of the instrument', ['instrument']);
  const shards = metrics.gauge('market_shards_held', 'Shards of the instruments that this copy tells the prices of');
  const latency = metrics.histogram(
    'market_publish_seconds',
    'From the venue’s frame to the published book',
    LATENCY_BUCKETS_S,
  );
  const connected = metrics.gauge('venue_connected', '1 while the venue’s connection is open', ['venue']);
  const dropped = metrics.counter('archive_frames_dropped_total', 'Frames that did not reach the archive’s topic');
  const connections = metrics.gauge('venue_connections', 'How many connections to the venue are open', ['venue']);
  const countVenue = venueCounters(metrics);
  return {
    candles: candleMetrics(metrics),
    history: historyMetrics(metrics),
    published: (book, now) => {
      books.inc({ quality: book.quality });
      if (book.quality === 'good') latency.observe((now - book.receivedAt) / 1_000);
    },
    stateChanged: (state) => states.inc({ state }),
    conflated: () => conflated.inc(),
    traded: (outcome) => trades.inc({ outcome }),
    failed: () => failed.inc(),
    ages: (ages) => {
      for (const [instrument, ms] of ages) age.set({ instrument }, ms / 1_000);
    },
    shardsHeld: (count) => shards.set(count),
    framesDropped: (frames) => dropped.inc(frames),
    venue: (venue, health) => {
      connected.set({ venue }, health.isConnected ? 1 : 0);
      connections.set({ venue }, health.connections);
      countVenue(venue, health);
    },
  };
}

function candleMetrics(metrics: Metrics): CandleMetrics {
  const leftOut = metrics.counter('market_candles_trades_left_out_total', 'Trades in no candle, and why', ['why']);
  const setBack = metrics.counter('market_candles_clock_set_back_total', 'Runs of candles ended by a clock set back');
  const lost = metrics.counter('market_candles_lost_total', 'Parts of candles given up while their store was away');
  const waiting = metrics.gauge('market_candles_waiting', 'Parts of candles that wait for their store', ['store']);
  return {
    leftOut: (why) => leftOut.inc({ why }),
    clockSetBack: () => setBack.inc(),
    lost: (count) => lost.inc(count),
    waiting: (store, count) => waiting.set({ store }, count),
  };
}

function historyMetrics(metrics: Metrics): HistoryMetrics {
  const counter = (name: string, help: string) => metrics.counter(name, help, ['venue']);
  const filled = counter('market_candles_filled_total', 'Candles of the venues’ own past that were kept');
  const refused = counter('market_candles_fill_refused_total', 'Candles of the venues’ past that cannot be right');
  const failed = counter('market_candles_fill_failures_total', 'Questions for a venue’s past without an answer');
  return {
    filled: (venue, candles) => filled.inc({ venue }, candles),
    refused: (venue, candles) => refused.inc({ venue }, candles),
    fillFailed: (venue) => failed.inc({ venue }),
  };
}

/** A feed keeps its own totals; the counters grow by what was added since the last call. */
function venueCounters(metrics: Metrics) {
  const counter = (name: string, help: string) => metrics.counter(name, help, ['venue']);
  const counters = {
    gaps: counter('venue_gaps_total', 'Losses that were found: the books that they concern were asked for anew'),
    reconnects: counter('venue_reconnects_total', 'Lost connections'),
    framesDropped: counter('venue_frames_dropped_total', 'Frames that could not be read'),
    framesUnknown: counter('venue_frames_unknown_total', 'Messages of a kind that the connector does not know'),
    unreadableRuns: counter('venue_unreadable_runs_total', 'Runs of frames that could not be read; each is an error'),
    answersOld: counter('venue_old_answers_total', 'Books and catalogues from before what was known'),
    tradeGaps: counter('venue_trade_gaps_total', 'Times that a venue’s count of trades jumped'),
    tradesDropped: counter('venue_trades_dropped_total', 'Trades that cannot have happened as they were told'),
    clockFaults: counter('venue_clock_faults_total', 'Events whose time cannot be right'),
  } as const;
  const seen = new Map<string, number>();
  return (venue: string, health: VenueHealth): void => {
    for (const name of Object.keys(counters) as (keyof typeof counters)[]) {
      const key = `${venue} ${name}`;
      counters[name].inc({ venue }, health[name] - (seen.get(key) ?? 0));
      seen.set(key, health[name]);
    }
  };
}
