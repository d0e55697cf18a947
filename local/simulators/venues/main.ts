import { readCandles } from '../../candles/read-candles';
import { BinanceServer } from '../binance/server';
import { CoinbaseServer } from '../coinbase/server';
import { KalshiServer } from '../kalshi/server';
import { KrakenServer } from '../kraken/server';
import { PolymarketServer } from '../polymarket/server';
import { beginningOf, pathOf } from '../truth/candle-path';
import { Truth } from '../truth/truth';
import { startControl } from './control';

/**
 * All venues in one process, over one seeded truth. Reads PORT_*, KALSHI_*, SEED, and optionally REPLAY_FILE,
 * REPLAY_FROM and SPEED.
 */
const STEP_MS = 250;
/** The first market's book changes so often, as that of bitcoin does at the real venue. */
const FLUTTER_MS = 50;

const number = (name: string, fallback?: number): number => {
  const value = Number(process.env[name] ?? fallback);
  if (!Number.isFinite(value)) throw new Error(`${name} must be a number`);
  return value;
};

const text = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} must be set`);
  return value;
};

const tape = process.env.REPLAY_FILE ? readCandles(process.env.REPLAY_FILE) : undefined;
const from = process.env.REPLAY_FROM ? number('REPLAY_FROM') : undefined;
const truth = new Truth({
  seed: number('SEED'),
  speed: number('SPEED', 1),
  ...(tape && { replay: pathOf(tape, beginningOf(tape, from)) }),
});
const kraken = new KrakenServer(truth, { ws: number('PORT_KRAKEN'), http: number('PORT_KRAKEN_HTTP') });
const coinbase = new CoinbaseServer(truth, { ws: number('PORT_COINBASE_WS'), http: number('PORT_COINBASE_HTTP') });
const polymarket = new PolymarketServer(truth, {
  ws: number('PORT_POLYMARKET_WS'),
  http: number('PORT_POLYMARKET_HTTP'),
});
const kalshi = new KalshiServer(truth, {
  ws: number('PORT_KALSHI_WS'),
  http: number('PORT_KALSHI_HTTP'),
  member: { keyId: text('KALSHI_KEY_ID'), publicKey: text('KALSHI_PUBLIC_KEY') },
});
const binance = new BinanceServer(truth, { ws: number('PORT_BINANCE_WS'), http: number('PORT_BINANCE_HTTP') });
const venues = { binance, kraken, coinbase, polymarket, kalshi };
const control = startControl(number('PORT_CONTROL'), { truth, venues });

// The first chart that asks waits for nothing.
setImmediate(() => truth.past);

let last = performance.now();
const stepping = setInterval(() => {
  const now = performance.now();
  truth.step((now - last) / 1000);
  last = now;
}, STEP_MS);

const [liveliest] = truth.listings;
const fluttering = setInterval(() => {
  if (liveliest) truth.flutter(liveliest);
}, FLUTTER_MS);

const stop = async () => {
  clearInterval(stepping);
  clearInterval(fluttering);
  control.close();
  await Promise.all(Object.values(venues).map((venue) => venue.stop()));
  process.exit(0);
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
