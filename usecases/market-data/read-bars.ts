import type { InstrumentId } from '../../domain/kernel/ids';
import { type Instant, instant } from '../../domain/kernel/instant';
import type { Candle } from '../../domain/market/candles/candle';
import type { Resolution } from '../../domain/market/candles/resolution';
import type { CandlePage, CandleQuestion } from './read-candles';

/** Bars that a chart asks for: those of a range, or as many as it wants before its end. */
export type BarsQuestion = {
  readonly instrument: InstrumentId;
  readonly resolution: Resolution;
  readonly from: Instant;
  readonly to: Instant;
  readonly count?: number | undefined;
};

/** Oldest first; where there are none, when the nearest before the range begins. */
export type Bars = { readonly candles: readonly Candle[]; readonly nextAt: Instant | undefined };

const PAGE = 1_500;
/** A chart asks again for what came before more pages than this. */
const PAGES_MAX = 4;

export const readBars =
  (read: (question: CandleQuestion) => Promise<CandlePage>) =>
  async ({ instrument, resolution, from, to, count }: BarsQuestion): Promise<Bars> => {
    const since = count === undefined ? from : instant(0);
    const wanted = count ?? PAGE * PAGES_MAX;
    let candles: readonly Candle[] = [];
    let before: Instant | undefined = to;
    for (let page = 0; page < PAGES_MAX && before !== undefined && candles.length < wanted; page++) {
      const limit = Math.min(PAGE, wanted - candles.length);
      const answer: CandlePage = await read({ instrument, resolution, from: since, to: before, limit });
      candles = [...answer.candles, ...candles];
      before = answer.olderThan;
    }
    if (candles.length > 0) return { candles, nextAt: undefined };
    const { candles: earlier } = await read({ instrument, resolution, to: since, limit: 1 });
    return { candles, nextAt: earlier[0]?.at };
  };
