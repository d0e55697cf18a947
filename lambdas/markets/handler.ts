import { marketRoutes } from '../../contracts/http/markets';
import { ok, refused } from '../../runtime/answers';
import { authenticateCaller } from '../../runtime/compose/session';
import { trading } from '../../runtime/compose/trading';
import { httpFunction } from '../../runtime/http';

const CANDLES_MAX = 1_440;

export const handler = httpFunction(
  marketRoutes,
  {
    listInstruments: async () => {
      const instruments = await (await trading()).instruments.list();
      return ok({
        instruments: instruments.map((instrument) => ({ ...instrument, outcome: instrument.outcome ?? null })),
      });
    },
    listFees: async () => ok({ fees: [...(await (await trading()).readFees())] }),
    getBook: async ({ params }) => {
      const book = (await (await trading()).books.current([params.instrument])).get(params.instrument);
      if (!book) return refused('book_unknown', { field: 'instrument', rule: 'must be an instrument with a book' });
      return ok({ ...book, bids: [...book.bids], asks: [...book.asks] });
    },
    getCandles: async ({ params }) =>
      ok({ candles: [...(await (await trading()).candles.latest(params.instrument, CANDLES_MAX))] }),
  },
  authenticateCaller,
);
