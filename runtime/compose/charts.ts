import { makeCandleStore } from '../../adapters/cockroach/market-data/candle-store';
import { makeInstrumentStore } from '../../adapters/cockroach/market-data/instrument-store';
import { makeSecondCandles } from '../../adapters/redis/second-candles';
import { cachedInstruments } from '../../usecases/market-data/cached-instruments';
import { findSymbol, searchSymbols } from '../../usecases/market-data/chart-symbols';
import { readBars } from '../../usecases/market-data/read-bars';
import { readCandles } from '../../usecases/market-data/read-candles';
import { functionDatabase } from '../database';
import { systemClock } from '../edge';
import { lazy } from '../lazy';
import { openRedis } from '../redis';

const INSTRUMENTS_KEPT_MS = 10_000;

/** What charts are drawn of: the function `markets`. */
export const charts = lazy(async () => {
  const [database, redis] = await Promise.all([functionDatabase(), openRedis()]);
  const instruments = cachedInstruments(makeInstrumentStore(database), systemClock, INSTRUMENTS_KEPT_MS);
  const archive = makeCandleStore(database);
  const read = readCandles({ archive, seconds: makeSecondCandles(redis), clock: systemClock });
  return {
    findSymbol: findSymbol({ instruments }),
    searchSymbols: searchSymbols({ instruments }),
    readCandles: read,
    readBars: readBars(read),
    now: systemClock.now,
  };
});
