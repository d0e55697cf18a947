import type { FRAMES_TOPIC, Topic } from '../../contracts/topics/topics';
import type { Variable } from './variables';

export type WorkloadSpec = {
  readonly port: number;
  readonly needs: readonly Variable[];
  readonly produces: readonly (Topic | `${Topic}.dead` | typeof FRAMES_TOPIC)[];
  readonly consumes: readonly (Topic | typeof FRAMES_TOPIC)[];
  /** What it may do with the archive of ticks and frames. */
  readonly archive?: 'writes' | 'reads ticks';
  /** `led`: one copy works, or two do by leases, and another takes over at once. `sharded`: the copies share the work by leases. */
  readonly replicas: 'led' | 'scaled' | 'sharded';
  readonly cpu: { readonly request: string; readonly limit: string };
  readonly memory: { readonly request: string; readonly limit: string };
  /** Reached by browsers through the mesh's ingress at this path. */
  readonly publicPath?: string;
  /** Copies of a scaled one are added so that each has no more open connections than this on average. */
  readonly connectionsPerPod?: number;
  readonly outage: string;
};

const MEDIUM = {
  cpu: { request: '250m', limit: '1' },
  memory: { request: '256Mi', limit: '512Mi' },
} as const;

/** The long-lived parts; the key is the folder under `eks-workloads/`. */
export const workloads = {
  'market-data': {
    ...MEDIUM,
    port: 3001,
    needs: [
      'DATABASE_SECRET',
      'REDIS_SECRET',
      'KAFKA_BOOTSTRAP',
      'MARKET_SHARDS',
      'DOUBLED_VENUES',
      'KRAKEN_WS_URL',
      'KRAKEN_REST_URL',
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
      'CANDLE_HISTORY_DAYS',
    ],
    produces: ['market-data', 'venue-frames'],
    consumes: [],
    replicas: 'led',
    outage: 'quotes go stale: no order fills and no account is judged until it is back',
  },
  websocket: {
    ...MEDIUM,
    port: 3003,
    needs: ['EDGE_SECRET', 'DATABASE_SECRET', 'REDIS_SECRET', 'KAFKA_BOOTSTRAP'],
    produces: [],
    consumes: ['market-data', 'trading', 'assessment', 'rules', 'report', 'monte-carlo'],
    replicas: 'scaled',
    publicPath: '/ws',
    connectionsPerPod: 2_000, // Two fifths of what one has served on one CPU: a dead one's go to the others at once.
    outage: 'browsers fall back to reconnecting; trading goes on without live updates',
  },
  'risk-engine': {
    cpu: { request: '500m', limit: '2' },
    memory: { request: '512Mi', limit: '1Gi' },
    port: 3005,
    needs: ['DATABASE_SECRET', 'REDIS_SECRET', 'KAFKA_BOOTSTRAP', 'RISK_SHARDS', 'RISK_SHARDS_MINE', 'ARCHIVE_URL'],
    produces: [],
    consumes: ['market-data', 'trading', 'assessment', 'rules'],
    archive: 'reads ticks',
    replicas: 'sharded',
    outage: 'limits are judged at fills only, not at each price',
  },
  'event-relay': {
    ...MEDIUM,
    port: 3006,
    needs: ['DATABASE_SECRET', 'KAFKA_BOOTSTRAP'],
    produces: [
      'trading',
      'assessment',
      'rules',
      'payment',
      'identity',
      'report',
      'monte-carlo',
      'payment.dead',
      'assessment.dead',
      'identity.dead',
    ],
    consumes: [],
    replicas: 'led',
    outage: 'what happened is saved but told to nobody; the outbox grows',
  },
  'monte-carlo': {
    ...MEDIUM,
    port: 3002,
    needs: ['DATABASE_SECRET', 'KAFKA_BOOTSTRAP', 'RAY_URL', 'SIMULATIONS_AT_ONCE'],
    produces: [],
    consumes: ['monte-carlo'],
    replicas: 'led',
    outage: 'simulations wait; nothing of an account waits for them',
  },
  archiver: {
    cpu: { request: '250m', limit: '1' },
    memory: { request: '512Mi', limit: '1Gi' },
    port: 3008,
    needs: ['DATABASE_SECRET', 'KAFKA_BOOTSTRAP', 'ARCHIVE_URL', 'ARCHIVE_DAYS', 'ARCHIVE_ROLL_S'],
    produces: [],
    consumes: ['market-data', 'venue-frames'],
    archive: 'writes',
    replicas: 'led',
    outage: 'ticks wait in Kafka for a day and frames for six hours, then they are lost; no verdict’s window is kept',
  },
} as const satisfies Readonly<Record<string, WorkloadSpec>>;
