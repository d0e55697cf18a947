import { readFileSync } from 'node:fs';
import { uuidv7 } from 'uuidv7';
import { ORIGIN_SECRET_HEADER, VIEWER_ADDRESS_HEADER } from '../../contracts/http/edge';
import type { ServerMessage } from '../../contracts/ws/messages';
import type { PlatformFacts } from '../../local/facts';
import { startPlatform } from '../fixtures/platform/platform';
import { eventually, Trader } from '../fixtures/platform/trader';

const WARM_UP = 50;
const ORDERS = 300;
const QUOTES_MS = 20_000;
const QUANTILES = { p50: 0.5, p99: 0.99 } as const;

/**
 * On the whole platform, as `npm start` runs it: the round trip of an order at the API, one at a time on one kept-alive
 * connection; and the time from a venue's frame reaching our socket to the quote's frame reaching a browser.
 */
export async function run(): Promise<Readonly<Record<string, number>>> {
  const platform = await startPlatform();
  try {
    const trader = new Trader(platform);
    await trader.register();
    const { body } = await trader.call('GET', '/tiers');
    await trader.buy(body.tiers[0].slug);
    await eventually('a book', async () =>
      (await trader.call('GET', '/instruments/BTC-USD/book')).body.quality === 'good' ? true : undefined,
    );
    const orders = await orderLatencies(platform, trader);
    const quotes = await quoteLatencies(trader);
    console.table({
      'order round trip (ms)': row(orders),
      'venue socket to WebSocket frame (ms)': row(quotes),
    });
    return {
      orderP50Ms: at(orders, QUANTILES.p50),
      orderP99Ms: at(orders, QUANTILES.p99),
      quoteP50Ms: at(quotes, QUANTILES.p50),
      quoteP99Ms: at(quotes, QUANTILES.p99),
    };
  } finally {
    await platform.stop();
  }
}

/** The API hears the edge alone; what passes for it here adds nothing to the figures. */
async function orderLatencies({ api, databaseSecret }: PlatformFacts, trader: Trader): Promise<readonly number[]> {
  const secret = JSON.parse(readFileSync(new URL('edge.json', databaseSecret), 'utf8')) as { readonly current: string };
  const edge = { [ORIGIN_SECRET_HEADER]: secret.current, [VIEWER_ADDRESS_HEADER]: '127.0.0.1' };
  const taken: number[] = [];
  for (let index = 0; index < WARM_UP + ORDERS; index++) {
    const order = {
      orderId: uuidv7(),
      instrument: 'BTC-USD',
      side: index % 2 === 0 ? 'buy' : 'sell',
      type: 'market',
      qty: '0.001',
    };
    const began = performance.now();
    const response = await fetch(`${api}/accounts/${trader.accountId}/orders`, {
      method: 'POST',
      headers: { ...edge, 'content-type': 'application/json', authorization: `Bearer ${trader.accessToken}` },
      body: JSON.stringify(order),
    });
    const text = await response.text();
    if (response.status !== 201) throw new Error(`order ${index}: ${response.status} ${text}`);
    if (index >= WARM_UP) taken.push(performance.now() - began);
  }
  return taken;
}

/** `receivedAt` is read when the venue's frame arrives; both clocks are this machine's. */
async function quoteLatencies(trader: Trader): Promise<readonly number[]> {
  const live = await trader.live();
  const { body } = await trader.call('GET', '/instruments');
  const instruments = (body.instruments as readonly { readonly id: string }[]).map(({ id }) => id);
  live.send({ op: 'subscribe-quotes', instruments });
  await live.until('quotes', (message) => message.type === 'quotes');
  live.frames.length = 0;
  await new Promise((resolve) => setTimeout(resolve, QUOTES_MS));
  live.close();
  return live.frames.flatMap(({ at: arrivedAt, message }) => ages(arrivedAt, message));
}

const ages = (arrivedAt: number, message: ServerMessage): readonly number[] =>
  message.type === 'quotes' ? message.quotes.map(({ receivedAt }) => arrivedAt - receivedAt) : [];

const row = (values: readonly number[]) => ({
  count: values.length,
  p50: at(values, QUANTILES.p50),
  p99: at(values, QUANTILES.p99),
});

const at = (values: readonly number[], quantile: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))] ?? Number.NaN;
  return Math.round(value * 100) / 100;
};
