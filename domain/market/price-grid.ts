import { divide, type Price, price, type Rounding } from '../kernel/money';
import type { Instrument } from './instrument';

export type PriceGrid = Pick<Instrument, 'priceTick' | 'priceBands'>;

/** The step of prices at and above this one: that of its band, where the steps differ along the way. */
export const stepAt = ({ priceTick, priceBands = [] }: PriceGrid, at: Price): Price =>
  priceBands.findLast(({ from }) => at >= from)?.step ?? priceTick;

export const isOnGrid = (grid: PriceGrid, at: Price): boolean => at % stepAt(grid, at) === 0n;

/** The next price below or above that can be traded; one that can be is itself. Bands begin on their own steps. */
export function toGrid(grid: PriceGrid, at: Price, rounding: Rounding): Price {
  const step = stepAt(grid, at);
  return price(divide(at, step, rounding) * step);
}
