import { type AnyElysia, Elysia, type ElysiaConfig } from 'elysia';
import type { Metrics } from '../adapters/telemetry/metrics';
import { readConfig } from './config';
import type { Logger } from './log';
import { within } from './within';

export { LATENCY_BUCKETS_S, makeMetrics } from '../adapters/telemetry/metrics';
export type { Metrics };

/** What each dependency answers: `ok`, or in words what is wrong with it. */
export type Checks = Readonly<Record<string, string>>;

export type Service = {
  readonly name: string;
  readonly ready: () => Promise<Checks>;
  /**
   * Names of checks of what all copies share. After a good start they no longer make a copy unready: what is away for
   * one is away for all, and with no copy left even those browsers are cut off that do not need it.
   */
  readonly shared?: readonly string[];
  readonly metrics: Metrics;
  /** Routes of its own, beside the three that every workload has. */
  readonly routes?: AnyElysia;
  /** Bun's settings for WebSockets, where there are any. */
  readonly websocket?: ElysiaConfig<''>['websocket'];
};

type HostedService = Service & {
  readonly port: number;
  readonly log: Logger;
  /** Ends intake, finishes what is under way, closes connections. */
  readonly stop: () => Promise<void>;
};

const READY_TIMEOUT_MS = 3_000;
const LATE = `no answer within ${READY_TIMEOUT_MS} ms`;
export const DRAIN_TIMEOUT_MS = 10_000;

/** `/health`: the process lives; `/ready`: it can do its work, and what it needs answers; `/metrics`: Prometheus. */
export function serviceApp({ name, ready, shared = [], metrics, routes, websocket }: Service) {
  let hasStarted = false;
  const app = new Elysia(websocket ? { websocket } : {})
    .get('/health', () => ({ status: 'ok', service: name }))
    .get('/ready', async ({ status }) => {
      // A check that hangs must not make the probe hang with it.
      const late = Object.fromEntries(
        (hasStarted && shared.length > 0 ? shared : ['checks']).map((one) => [one, LATE]),
      );
      const checks: Checks = await within(READY_TIMEOUT_MS, ready(), late);
      const away = Object.keys(checks).filter((check) => checks[check] !== 'ok');
      if (away.length === 0) hasStarted = true;
      const isReady = away.length === 0 || (hasStarted && away.every((check) => shared.includes(check)));
      const word = away.length === 0 ? 'ready' : isReady ? 'degraded' : 'not_ready';
      return status(isReady ? 200 : 503, { status: word, checks });
    })
    .get('/metrics', async () => new Response(await metrics.render(), { headers: typeOf(metrics) }));
  return routes ? app.use(routes) : app;
}

/** Serves until SIGTERM or SIGINT, then stops in good order; what does not stop in time is abandoned. */
export function serviceHost({ port, log, stop, ...service }: HostedService): void {
  const app = serviceApp(service).listen({ port, hostname: readConfig('LISTEN_ADDRESS').LISTEN_ADDRESS });
  log.info({ port }, `${service.name} listens`);
  let isStopping = false;
  const end = async (signal: string): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping');
    const timer = setTimeout(() => process.exit(1), DRAIN_TIMEOUT_MS);
    try {
      await stop();
      await app.stop(true);
    } catch (error) {
      log.error({ err: error }, 'did not stop cleanly');
      process.exit(1);
    }
    clearTimeout(timer);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(signal));
}

/** Counts what a reader of topics passes over: a record that cannot be read, or whose handling fails. */
export function passedOverCounter(metrics: Metrics): () => void {
  const counter = metrics.counter('records_passed_over_total', 'Records that could not be read or handled');
  return () => counter.inc();
}

/** Asks `probe` and answers in words instead of throwing. */
export const checked = async (probe: () => Promise<unknown>): Promise<string> => {
  try {
    await probe();
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message : 'failed';
  }
};

const typeOf = (metrics: Metrics) => ({ 'content-type': metrics.contentType });
