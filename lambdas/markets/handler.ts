import { marketRoutes } from '../../contracts/http/markets';
import { ok, refused } from '../../runtime/answers';
import { authenticateCaller } from '../../runtime/compose/session';
import { trading } from '../../runtime/compose/trading';
import { httpFunction } from '../../runtime/http';
import { bookView } from '../../usecases/market-data/book-view';
import { listedOf } from '../../usecases/market-data/listed-of';

const CANDLES_MAX = 1_440;

export const handler = httpFunction(
  marketRoutes,
  {
    listInstruments: async ({ query }) => {
      const instruments = listedOf(await (await trading()).instruments.list(), query.venue);
      return ok({
        instruments: instruments.map((instrument) => ({ ...instrument, outcome: instrument.outcome ?? null })),
      });
    },
    listFees: async () => ok({ fees: [...(await (await trading()).readFees())] }),
    getBook: async ({ params, query }) => {
      const { books } = await trading();
      const book = (await books.current([params.instrument], query.venue)).get(params.instrument);
      if (!book) return refused('book_unknown', { field: 'instrument', rule: 'must be an instrument with a book' });
      return ok(bookView(book));
    },
    getCandles: async ({ params }) =>
      ok({ candles: [...(await (await trading()).candles.latest(params.instrument, CANDLES_MAX))] }),
  },
  authenticateCaller,
);
