import { ONE_DOLLAR_PRICE, type Price, parsePrice } from '../../../../domain/kernel/money';
import type { Outcome, PriceBand } from '../../../../domain/market/instrument';
import type { PriceGrid } from '../../../../domain/market/price-grid';
import { complement } from '../book';
import type { KalshiMarket, PriceRange } from '../wire/rest';

type Range = { readonly start: Price; readonly end: Price; readonly step: Price };

const range = (start: string, end: string, step: string): PriceRange => ({ start, end, step });

/** Those that have been there for long; a market that names another one says its ranges as well. */
const STRUCTURES: Readonly<Record<string, readonly PriceRange[]>> = {
  linear_cent: [range('0', '1', '0.01')],
  deci_cent: [range('0', '1', '0.001')],
  tapered_deci_cent: [range('0', '0.1', '0.001'), range('0.1', '0.9', '0.01'), range('0.9', '1', '0.001')],
};

/** The steps of an outcome's prices; those of NO are of YES from the other side. Undefined where we cannot hold them. */
export function gridOf(market: KalshiMarket, side: Outcome['side']): PriceGrid | undefined {
  const ranges = rangesOf(market);
  const [first] = ranges ?? [];
  if (!ranges || !first) return undefined;
  const priceTick = ranges.reduce((finest, { step }) => (step < finest ? step : finest), first.step);
  if (ranges.every(({ step }) => step === priceTick)) return { priceTick };
  const bands = side === 'yes' ? ranges.map(bandOf) : ranges.map(mirrored).reverse();
  return { priceTick, priceBands: bands };
}

const bandOf = ({ start: from, step }: Range): PriceBand => ({ from, step });
const mirrored = ({ end, step }: Range): PriceBand => ({ from: complement(end), step });

/** From nothing to a dollar without a hole, each beginning and ending on its own steps. */
function rangesOf({ price_ranges, price_level_structure }: KalshiMarket): readonly Range[] | undefined {
  const said = price_ranges?.length ? price_ranges : STRUCTURES[price_level_structure ?? 'linear_cent'];
  const ranges: Range[] = [];
  for (const one of said ?? []) {
    const [start, end, step] = [parsePrice(one.start), parsePrice(one.end), parsePrice(one.step)];
    if (start === undefined || end === undefined || step === undefined || step <= 0n || end <= start) return undefined;
    if (start % step !== 0n || end % step !== 0n || start !== (ranges.at(-1)?.end ?? 0n)) return undefined;
    ranges.push({ start, end, step });
  }
  return ranges.at(-1)?.end === ONE_DOLLAR_PRICE ? ranges : undefined;
}
