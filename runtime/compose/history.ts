import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../adapters/cockroach/connection/database';
import { makeCandleStore } from '../../adapters/cockroach/market-data/candle-store';
import { makeInstrumentStore } from '../../adapters/cockroach/market-data/instrument-store';
import { binanceHistory } from '../../adapters/venues/history/binance-history';
import { coinbaseHistory } from '../../adapters/venues/history/coinbase-history';
import { kalshiHistory } from '../../adapters/venues/history/kalshi-history';
import { krakenHistory } from '../../adapters/venues/history/kraken-history';
import { polymarketHistory } from '../../adapters/venues/history/polymarket-history';
import { fillHistory } from '../../usecases/market-data/fill-history';
import { onceEach } from '../../usecases/market-data/listed-of';
import type { CandleHistory } from '../../usecases/ports/market-data/candles';
import { readConfig } from '../config';
import { systemClock } from '../edge';

/** What the venues are asked of their past. */
export function composeHistory(database: Database) {
  const config = readConfig(
    'KRAKEN_REST_URL',
    'BINANCE_REST_URL',
    'COINBASE_REST_URL',
    'POLYMARKET_CLOB_URL',
    'KALSHI_REST_URL',
    'CANDLE_HISTORY_DAYS',
  );
  const parts = { clock: systemClock };
  const histories: readonly CandleHistory[] = [
    krakenHistory(config.KRAKEN_REST_URL, parts),
    coinbaseHistory(config.COINBASE_REST_URL, parts),
    binanceHistory(config.BINANCE_REST_URL, parts),
    polymarketHistory(config.POLYMARKET_CLOB_URL, parts),
    kalshiHistory(config.KALSHI_REST_URL, parts),
  ];
  return {
    histories,
    days: config.CANDLE_HISTORY_DAYS,
    instruments: async () => onceEach(await makeInstrumentStore(database).list()),
    fill: fillHistory({ archive: makeCandleStore(database), clock: systemClock }),
    pause: async (ms: number) => void (await sleep(ms)),
  };
}
