import {
  PPM_SCALE,
  type Ppm,
  PRICE_SCALE,
  type Price,
  QTY_SCALE,
  type Qty,
  USD_SCALE,
  type Usd,
} from '../../../domain/kernel/money';

const [USD, PRICE, QTY, PPM] = [10 ** USD_SCALE, 10 ** PRICE_SCALE, 10 ** QTY_SCALE, 10 ** PPM_SCALE];

/** Exact amounts in floating point, which selects accounts and decides nothing about them. */
export const dollarsOf = (amount: Usd): number => Number(amount) / USD;
export const priceOf = (price: Price): number => Number(price) / PRICE;
export const unitsOf = (qty: Qty): number => Number(qty) / QTY;
export const shareOf = (share: Ppm): number => Number(share) / PPM;
