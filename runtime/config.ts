import * as z from 'zod';

/** Every variable that any part reads. Each part asks for the ones it needs; a missing one stops it by name. */
const variables = {
  STAGE: z.string().min(1),
  SERVICE_NAME: z.string().min(1),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']),
  PUBLIC_ORIGIN: z.url(),
  EDGE_SECRET: z.string().regex(/^(arn:|file:)/, 'must be a secret: arn:aws:secretsmanager:… or file:///…'),
  DATABASE_SECRET: z.string().regex(/^(arn:|file:)/, 'must be a secret: arn:aws:secretsmanager:… or file:///…'),
  REDIS_SECRET: z.string().regex(/^(arn:|file:)/, 'must be a secret: arn:aws:secretsmanager:… or file:///…'),
  STRIPE_SECRET: z.string().regex(/^(arn:|file:)/, 'must be a secret: arn:aws:secretsmanager:… or file:///…'),
  JWT_SECRET: z.string().regex(/^(arn:|file:)/, 'must be a secret: arn:aws:secretsmanager:… or file:///…'),
  SMTP_SECRET: z.string().regex(/^(arn:|file:)/, 'must be a secret: arn:aws:secretsmanager:… or file:///…'),
  KALSHI_SECRET: z.string().regex(/^(arn:|file:)/, 'must be a secret: arn:aws:secretsmanager:… or file:///…'),
  SMTP_UTF8: z.enum(['yes', 'no']),
  KAFKA_BOOTSTRAP: z.string().regex(/^arn:|^[^:\s]+:\d+(,[^:\s]+:\d+)*$/, 'must be a cluster ARN or host:port,…'),
  STRIPE_API_URL: z.url(),
  HOLD_UNPAID: z.enum(['on', 'off']),
  /** Venues that are followed over two connections. */
  DOUBLED_VENUES: z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.enum(['kraken', 'binance']))),
  KRAKEN_WS_URL: z.url(),
  KRAKEN_REST_URL: z.url(),
  KRAKEN_SYMBOLS: z.string().transform((text) => text.split(',').filter(Boolean)),
  BINANCE_WS_URL: z.url(),
  BINANCE_REST_URL: z.url(),
  BINANCE_SYMBOLS: z.string().transform((text) => text.split(',').filter(Boolean)),
  COINBASE_WS_URL: z.url(),
  COINBASE_REST_URL: z.url(),
  COINBASE_PRODUCTS: z.string().transform((text) => text.split(',').filter(Boolean)),
  /** Whose side a trade of Coinbase names. */
  COINBASE_TRADE_SIDE: z.enum(['taker', 'maker']),
  POLYMARKET_WS_URL: z.url(),
  POLYMARKET_CLOB_URL: z.url(),
  POLYMARKET_GAMMA_URL: z.url(),
  POLYMARKET_MARKETS: z.string().transform((text) => text.split(',').filter(Boolean)),
  KALSHI_WS_URL: z.url(),
  KALSHI_REST_URL: z.url(),
  KALSHI_SERIES: z.string().transform((text) => text.split(',').filter(Boolean)),
  /** For how many days back the venues are asked what nobody watched. */
  CANDLE_HISTORY_DAYS: z.coerce.number().int().min(0).max(99),
  CANDLE_MINUTES_KEPT_DAYS: z.coerce.number().int().min(1).max(9_999),
  CANDLE_HOURS_KEPT_DAYS: z.coerce.number().int().min(1).max(9_999),
  MARKET_SHARDS: z.coerce.number().int().min(1).max(1_024),
  RISK_SHARDS: z.coerce.number().int().min(1).max(1_024),
  RISK_SHARDS_MINE: z.coerce.number().int().min(1).max(1_024),
  ARCHIVE_URL: z.string().regex(/^(s3:\/\/[^/]+|file:\/\/\/.+)$/, 'must be a bucket or a folder: s3://… or file:///…'),
  ARCHIVE_DAYS: z.coerce.number().int().min(1).max(9_999),
  /** How old the oldest tick becomes before its file is written. */
  ARCHIVE_ROLL_S: z.coerce.number().int().min(1).max(3_600),
  /** Where Ray Serve answers, without a path; empty: there is none. */
  RAY_URL: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
  SIMULATIONS_AT_ONCE: z.coerce.number().int().min(1).max(64),
  /** The interface that a workload serves on: all of a pod, the loopback of a laptop. */
  LISTEN_ADDRESS: z.ipv4(),
  PORT: z.coerce.number().int().min(1).max(65_535),
} as const;

type Variables = typeof variables;
export type Config<K extends keyof Variables> = { readonly [N in K]: z.output<Variables[N]> };

/** Reads and checks the named variables. Throws one error that names each faulty variable and its rule. */
export function readConfig<K extends keyof Variables>(...names: readonly K[]): Config<K> {
  const faults: string[] = [];
  const entries = names.map((name) => {
    const parsed = variables[name].safeParse(process.env[name]);
    if (!parsed.success) faults.push(`${name}: ${parsed.error.issues.map((issue) => issue.message).join(', ')}`);
    return [name, parsed.data];
  });
  if (faults.length > 0) throw new Error(`configuration: ${faults.join('; ')}`);
  return Object.fromEntries(entries) as Config<K>;
}
