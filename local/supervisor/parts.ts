import { join } from 'node:path';
import { webhookRoutes } from '../../contracts/http/purchases';
import type { WorkloadPlan } from '../assembly/workloads';
import { localEnvironment, type Overrides } from '../environment';
import { archiveUrl } from '../facts';
import type { StartOptions } from '../options';
import type { Ports } from '../ports';
import type { LocalSecrets } from '../secrets';
import type { PartPlan } from './part';

const SEED = '20260101';

/** The stand-ins for venues, Stripe and the mail server: programs that speak the real protocols. */
export function simulatorPlans(root: string, options: StartOptions, ports: Ports, secrets: LocalSecrets): PartPlan[] {
  const at = (port: number) => `http://127.0.0.1:${port}`;
  const simulator = (name: string, healthPort: number, env: Readonly<Record<string, string | number>>): PartPlan => ({
    name: `simulator-${name}`,
    command: process.execPath,
    args: ['--import', 'tsx', join(root, `local/simulators/${name}/main.ts`)],
    env: { ...machine(), ...Object.fromEntries(Object.entries(env).map(([key, value]) => [key, `${value}`])) },
    readyUrl: `${at(healthPort)}/health`,
    cwd: root,
  });
  const venues = simulator('venues', ports.venueControl, {
    PORT_KRAKEN: ports.kraken,
    PORT_KRAKEN_HTTP: ports.krakenHttp,
    PORT_COINBASE_WS: ports.coinbaseWs,
    PORT_COINBASE_HTTP: ports.coinbaseHttp,
    PORT_POLYMARKET_WS: ports.polymarketWs,
    PORT_POLYMARKET_HTTP: ports.polymarketHttp,
    PORT_KALSHI_WS: ports.kalshiWs,
    PORT_KALSHI_HTTP: ports.kalshiHttp,
    KALSHI_KEY_ID: secrets.kalshi.keyId,
    KALSHI_PUBLIC_KEY: secrets.kalshi.publicKey,
    PORT_BINANCE_WS: ports.binanceWs,
    PORT_BINANCE_HTTP: ports.binanceHttp,
    PORT_CONTROL: ports.venueControl,
    SEED,
    SPEED: options.speed,
    ...(options.replay ? { REPLAY_FILE: options.replay } : {}),
    ...(options.replayFrom === undefined ? {} : { REPLAY_FROM: options.replayFrom }),
  });
  const stripe = simulator('stripe', ports.stripe, {
    PORT: ports.stripe,
    PUBLIC_URL: at(ports.stripe),
    API_KEY: secrets.stripe.apiKey,
    WEBHOOK_URL: `${at(ports.origin)}/api${webhookRoutes.stripe.path}`,
    WEBHOOK_SECRET: secrets.stripe.webhookSecret,
  });
  const mail = simulator('mail', ports.mailInbox, { SMTP_PORT: ports.mailSmtp, HTTP_PORT: ports.mailInbox });
  return [venues, stripe, mail];
}

const PORT_OF: Readonly<Record<string, keyof Ports>> = {
  'market-data': 'marketData',
  websocket: 'websocket',
  'risk-engine': 'riskEngine',
  'event-relay': 'eventRelay',
  archiver: 'archiver',
  'monte-carlo': 'monteCarlo',
};

/** A workload as its Deployment describes it, on Bun as in its image. */
export function workloadPlan(root: string, plan: WorkloadPlan, ports: Ports, overrides: Overrides): PartPlan {
  const portName = PORT_OF[plan.name];
  if (!portName) throw new Error(`the workload ${plan.name} has no local port; give it one in local/ports.ts`);
  const port = ports[portName];
  return {
    name: plan.name,
    command: join(root, 'node_modules/.bin/bun'),
    args: ['--smol', join(root, `eks-workloads/${plan.name}/main.ts`)],
    env: localEnvironment(plan.name, plan.environment, { ...overrides, LISTEN_ADDRESS: '127.0.0.1', PORT: `${port}` }),
    readyUrl: `http://127.0.0.1:${port}/ready`,
    cwd: root,
  };
}

/** The addresses that a laptop puts in the place of AWS's and the venues'. */
export const localOverrides = (ports: Ports, secrets: LocalSecrets, dataDir: string): Overrides => ({
  ...secrets.references,
  ARCHIVE_URL: archiveUrl(dataDir),
  ARCHIVE_ROLL_S: '15', // Whoever looks at a chart here wants to see the file of it soon.
  ARCHIVE_DAYS: '7',
  PUBLIC_ORIGIN: `http://localhost:${ports.origin}`,
  KAFKA_BOOTSTRAP: `127.0.0.1:${ports.kafka}`,
  RAY_URL: '',
  SMTP_UTF8: 'yes',
  STRIPE_API_URL: process.env.STRIPE_API_KEY ? 'https://api.stripe.com' : `http://127.0.0.1:${ports.stripe}`,
  KRAKEN_WS_URL: `ws://127.0.0.1:${ports.kraken}/v2`,
  KRAKEN_REST_URL: `http://127.0.0.1:${ports.krakenHttp}`,
  BINANCE_WS_URL: `ws://127.0.0.1:${ports.binanceWs}`,
  BINANCE_REST_URL: `http://127.0.0.1:${ports.binanceHttp}`,
  COINBASE_WS_URL: `ws://127.0.0.1:${ports.coinbaseWs}`,
  COINBASE_REST_URL: `http://127.0.0.1:${ports.coinbaseHttp}`,
  POLYMARKET_WS_URL: `ws://127.0.0.1:${ports.polymarketWs}/ws/market`,
  POLYMARKET_CLOB_URL: `http://127.0.0.1:${ports.polymarketHttp}`,
  POLYMARKET_GAMMA_URL: `http://127.0.0.1:${ports.polymarketHttp}`,
  KALSHI_WS_URL: `ws://127.0.0.1:${ports.kalshiWs}/trade-api/ws/v2`,
  KALSHI_REST_URL: `http://127.0.0.1:${ports.kalshiHttp}/trade-api/v2`,
});

const machine = () => ({ PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' });
