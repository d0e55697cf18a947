import { marketRoutes } from '../../contracts/http/markets';
import { accept, refuse } from '../../domain/kernel/result';
import { authenticateCaller } from '../../runtime/compose/session';
import { trading } from '../../runtime/compose/trading';
import { httpFunction } from '../../runtime/http';

const CANDLES_MAX = 1_440;

export const handler = httpFunction(
  marketRoutes,
  {
    listInstruments: async () => {
      const instruments = await (await trading()).instruments.list();
      return accept({
        instruments: instruments.map((instrument) => ({ ...instrument, outcome: instrument.outcome ?? null })),
      });
    },
    listFees: async () => accept({ fees: [...(await (await trading()).readFees())] }),
    getBook: async ({ params }) => {
      const book = (await (await trading()).books.current([params.instrument])).get(params.instrument);
      if (!book) return refuse('book_unknown', 'instrument', 'must be an instrument with a book');
      return accept({ ...book, bids: [...book.bids], asks: [...book.asks] });
    },
    getCandles: async ({ params }) =>
      accept({ candles: [...(await (await trading()).candles.latest(params.instrument, CANDLES_MAX))] }),
  },
  authenticateCaller,
);
