import { marketRoutes } from '../../contracts/http/markets';
import { UDF_RESOLUTIONS, udfQuestion, udfRoutes } from '../../contracts/http/udf';
import type { Instant } from '../../domain/kernel/instant';
import { ok, refused } from '../../runtime/answers';
import { markets } from '../../runtime/compose/markets';
import { authenticateCaller } from '../../runtime/compose/session';
import { httpFunction } from '../../runtime/http';
import { configAnswer, foundAnswer, historyAnswer, searchOf, symbolAnswer } from './udf-answers';

const UNKNOWN_SYMBOL = { s: 'error', errmsg: 'symbol must be a listed symbol' } as const;

export const handler = httpFunction(
  { ...marketRoutes, ...udfRoutes },
  {
    listInstruments: async ({ query }) => {
      const instruments = await (await markets()).listInstruments(query.venue);
      return ok({
        instruments: instruments.map((instrument) => ({ ...instrument, outcome: instrument.outcome ?? null })),
      });
    },
    listFees: async () => ok({ fees: [...(await (await markets()).readFees())] }),
    getBook: async ({ params, query }) => {
      const book = await (await markets()).readBook(params.instrument, query.venue);
      if (!book) return refused('book_unknown', { field: 'instrument', rule: 'must be an instrument with a book' });
      return ok(book);
    },
    getCandles: async ({ params: { instrument }, query: { resolution, from, to, limit, cursor } }) => {
      const { findSymbol, readCandles } = await markets();
      if (!(await findSymbol(instrument))) {
        return refused('instrument_unknown', { field: 'instrument', rule: 'must be a listed instrument' });
      }
      const before = Math.min(cursor ?? Number.POSITIVE_INFINITY, to ?? Number.POSITIVE_INFINITY);
      const end = Number.isFinite(before) ? (before as Instant) : undefined;
      const page = await readCandles({ instrument, resolution, from, to: end, limit });
      const nextCursor = page.olderThan === undefined ? null : `${page.olderThan}`;
      return ok({ resolution, candles: [...page.candles], nextCursor });
    },
    udfConfig: async () => ok(configAnswer()),
    udfTime: async () => ok(Math.floor((await markets()).now() / 1_000)),
    udfSymbol: async ({ query }) => {
      const symbol = await (await markets()).findSymbol(query.symbol ?? '');
      return ok(symbol ? symbolAnswer(symbol) : UNKNOWN_SYMBOL);
    },
    udfSearch: async ({ query }) => ok((await (await markets()).searchSymbols(searchOf(query))).map(foundAnswer)),
    udfHistory: async ({ event }) => {
      const asked = udfQuestion(event.queryStringParameters ?? {});
      if ('errmsg' in asked) return ok({ s: 'error' as const, errmsg: asked.errmsg });
      const { findSymbol, readBars } = await markets();
      const symbol = await findSymbol(asked.symbol);
      if (!symbol) return ok(UNKNOWN_SYMBOL);
      const [from, to] = [asked.from * 1_000, asked.to * 1_000] as [Instant, Instant];
      const resolution = UDF_RESOLUTIONS[asked.resolution];
      return ok(historyAnswer(await readBars({ instrument: symbol.id, resolution, from, to, count: asked.countback })));
    },
  },
  authenticateCaller,
);
