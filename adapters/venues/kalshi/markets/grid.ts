import { ONE_DOLLAR_PRICE, type Price, parsePrice } from '../../../../domain/kernel/money';
import type { KalshiMarket, PriceRange } from '../wire/rest';

const range = (start: string, end: string, step: string): PriceRange => ({ start, end, step });

/** Those that have been there for long; a market that names another one says its ranges as well. */
const STRUCTURES: Readonly<Record<string, readonly PriceRange[]>> = {
  linear_cent: [range('0', '1', '0.01')],
  deci_cent: [range('0', '1', '0.001')],
  tapered_deci_cent: [range('0', '0.1', '0.001'), range('0.1', '0.9', '0.01'), range('0.9', '1', '0.001')],
};

/** The finest step of a market's prices; undefined where it says none that we can hold. */
export function tickOf({ price_ranges, price_level_structure }: KalshiMarket): Price | undefined {
  const ranges = price_ranges?.length ? price_ranges : STRUCTURES[price_level_structure ?? 'linear_cent'];
  const steps = ranges?.map(({ step }) => parsePrice(step)) ?? [];
  let finest: Price | undefined;
  for (const step of steps) {
    if (step === undefined || step <= 0n || ONE_DOLLAR_PRICE % step !== 0n) return undefined;
    if (finest === undefined || step < finest) finest = step;
  }
  return finest;
}
