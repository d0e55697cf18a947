import { makeCandleStore } from '../../adapters/cockroach/market-data/candle-store';
import { makeInstrumentStore } from '../../adapters/cockroach/market-data/instrument-store';
import { makeBookStore } from '../../adapters/redis/market-store';
import { makeSecondCandles } from '../../adapters/redis/second-candles';
import type { InstrumentId } from '../../domain/kernel/ids';
import type { Primary } from '../../domain/market/listing';
import { bookView } from '../../usecases/market-data/book-view';
import { cachedInstruments } from '../../usecases/market-data/cached-instruments';
import { findSymbol, searchSymbols } from '../../usecases/market-data/chart-symbols';
import { listedOf } from '../../usecases/market-data/listed-of';
import { readBars } from '../../usecases/market-data/read-bars';
import { readCandles } from '../../usecases/market-data/read-candles';
import { readFees } from '../../usecases/trading/read-fees';
import { functionDatabase } from '../database';
import { systemClock } from '../edge';
import { lazy } from '../lazy';
import { openRedis } from '../redis';

const CATALOGUE_KEPT_MS = 2_000;

/** Instruments, books and what charts are drawn of: the function `markets`. */
export const markets = lazy(async () => {
  const [database, redis] = await Promise.all([functionDatabase(), openRedis()]);
  const instruments = cachedInstruments(makeInstrumentStore(database), systemClock, CATALOGUE_KEPT_MS);
  const books = makeBookStore(redis);
  const archive = makeCandleStore(database);
  const read = readCandles({ archive, seconds: makeSecondCandles(redis), clock: systemClock });
  return {
    listInstruments: async (primary: Primary) => listedOf(await instruments.list(), primary),
    readBook: async (id: InstrumentId, primary: Primary) => {
      const book = (await books.current([id], primary)).get(id);
      return book && bookView(book);
    },
    readFees: readFees({ instruments }),
    findSymbol: findSymbol({ instruments }),
    searchSymbols: searchSymbols({ instruments }),
    readCandles: read,
    readBars: readBars(read),
    now: systemClock.now,
  };
});
