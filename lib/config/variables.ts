import { RAY_SERVE_PORT } from './ports';
import type { StageConfig } from './stage';

export const SECRETS = ['edge', 'database', 'redis', 'stripe', 'jwt', 'smtp', 'kalshi'] as const;
export type SecretName = (typeof SECRETS)[number];
export type SecretVariable = `${Uppercase<SecretName>}_SECRET`;

export const secretVariable = (name: SecretName): SecretVariable => `${name.toUpperCase()}_SECRET` as SecretVariable;

const literals = {
  STRIPE_API_URL: () => 'https://api.stripe.com',
  HOLD_UNPAID: (config: StageConfig) => config.holdUnpaid,
  SMTP_UTF8: ({ mailTakesUtf8 }: StageConfig) => mailTakesUtf8,
  /** A second connection to each doubles what is read: a laptop does without (docs/adr/0056). */
  DOUBLED_VENUES: ({ stage }: StageConfig) => (stage === 'dev' ? '' : 'kraken,binance'),
  KRAKEN_WS_URL: () => 'wss://ws.kraken.com/v2',
  KRAKEN_REST_URL: () => 'https://api.kraken.com',
  KRAKEN_SYMBOLS: (config: StageConfig) => config.krakenSymbols,
  BINANCE_WS_URL: () => 'wss://data-stream.binance.vision',
  BINANCE_REST_URL: () => 'https://data-api.binance.vision',
  BINANCE_SYMBOLS: (config: StageConfig) => config.binanceSymbols,
  COINBASE_WS_URL: () => 'wss://advanced-trade-ws.coinbase.com',
  COINBASE_REST_URL: () => 'https://api.coinbase.com/api/v3/brokerage/market',
  COINBASE_PRODUCTS: (config: StageConfig) => config.coinbaseProducts,
  COINBASE_TRADE_SIDE: () => 'taker',
  POLYMARKET_WS_URL: () => 'wss://ws-subscriptions-clob.polymarket.com/ws/market',
  POLYMARKET_CLOB_URL: () => 'https://clob.polymarket.com',
  POLYMARKET_GAMMA_URL: () => 'https://gamma-api.polymarket.com',
  POLYMARKET_MARKETS: (config: StageConfig) => config.polymarketMarkets,
  KALSHI_WS_URL: () => 'wss://external-api-ws.kalshi.com/trade-api/ws/v2',
  KALSHI_REST_URL: () => 'https://external-api.kalshi.com/trade-api/v2',
  KALSHI_SERIES: (config: StageConfig) => config.kalshiSeries,
  CANDLE_HISTORY_DAYS: ({ candleHistoryDays }: StageConfig) => candleHistoryDays,
  CANDLE_MINUTES_KEPT_DAYS: ({ candleMinutesKeptDays }: StageConfig) => candleMinutesKeptDays,
  CANDLE_HOURS_KEPT_DAYS: ({ candleHoursKeptDays }: StageConfig) => candleHoursKeptDays,
  ARCHIVE_DAYS: ({ archiveDays }: StageConfig) => String(archiveDays),
  ARCHIVE_ROLL_S: () => '300',
  MARKET_SHARDS: ({ sizes }: StageConfig) => String(sizes.marketShards),
  RISK_SHARDS: ({ sizes }: StageConfig) => String(sizes.riskShards),
  /** The Service that KubeRay keeps in front of the cluster that serves (lib/manifests/ray). */
  RAY_URL: () => `http://monte-carlo-ray.ray.svc.cluster.local:${RAY_SERVE_PORT}`,
  /** By each copy; Ray takes more at once (MONTE_CARLO_REQUESTS), so that a rollout is turned away by nobody. */
  SIMULATIONS_AT_ONCE: () => '2',
  RISK_SHARDS_MINE: ({ sizes }: StageConfig) => String(Math.ceil(sizes.riskShards / sizes.riskPods)),
} as const satisfies Readonly<Record<string, (config: StageConfig) => string>>;

type Literal = keyof typeof literals;

/** Where something is that another stack made. */
type Placed = 'KAFKA_BOOTSTRAP' | 'ARCHIVE_URL';

/** The variables that a function or workload may ask for; the four common ones are given to all. */
export type Variable = SecretVariable | Literal | Placed;

export type Sources = {
  readonly config: StageConfig;
  readonly secretArns: Readonly<Record<SecretName, string>>;
  readonly kafkaClusterArn?: string;
  readonly archiveUrl?: string;
};

/** The complete environment of one part, every value written out: the template is where the local runtime looks. */
export function environmentOf(name: string, needs: readonly Variable[], sources: Sources): Record<string, string> {
  const { config, secretArns } = sources;
  const environment: Record<string, string> = {
    STAGE: config.stage,
    SERVICE_NAME: name,
    LOG_LEVEL: config.stage === 'dev' ? 'debug' : 'info',
    PUBLIC_ORIGIN: config.publicOrigin,
  };
  for (const variable of needs) {
    const secret = SECRETS.find((candidate) => secretVariable(candidate) === variable);
    if (secret) environment[variable] = secretArns[secret];
    else if (isPlaced(variable)) environment[variable] = placeOf(name, variable, sources);
    else environment[variable] = literals[variable as Literal](config);
  }
  return environment;
}

const isPlaced = (variable: Variable): variable is Placed =>
  variable === 'KAFKA_BOOTSTRAP' || variable === 'ARCHIVE_URL';

function placeOf(name: string, variable: Placed, { kafkaClusterArn, archiveUrl }: Sources): string {
  const place = variable === 'KAFKA_BOOTSTRAP' ? kafkaClusterArn : archiveUrl;
  if (!place) throw new Error(`${name} needs ${variable}, but its stack is not given it`);
  return place;
}

export const secretsNeeded = (needs: readonly Variable[]): readonly SecretName[] =>
  SECRETS.filter((name) => needs.includes(secretVariable(name)));
