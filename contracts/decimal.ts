import * as z from 'zod';
import { parseDecimal } from '../domain/kernel/decimal';
import {
  type ExactFee,
  formatExactFee,
  formatPpm,
  formatPrice,
  formatQty,
  formatUsd,
  type Ppm,
  type Price,
  parseExactFee,
  parsePpm,
  parsePrice,
  parseQty,
  parseUsd,
  type Qty,
  type Usd,
} from '../domain/kernel/money';

/** A decimal as text on the wire, an exact integer inside: `"91000.10"` ⇄ 9_100_010_000_000n. */
const decimal = <T extends bigint>(
  parse: (text: string) => T | undefined,
  format: (value: T) => string,
  rule: string,
) =>
  z.codec(
    z.string(),
    z.custom<T>((value) => typeof value === 'bigint'),
    {
      decode: (text, context) => {
        const value = parse(text);
        if (value !== undefined) return value;
        context.issues.push({ code: 'custom', message: rule, input: text });
        return z.NEVER;
      },
      encode: format,
    },
  );

/** Dollars with up to six decimals. */
export const usdText = decimal<Usd>(parseUsd, formatUsd, 'must be a plain decimal with at most 6 decimals');
/** Dollars per unit with up to eight decimals. */
export const priceText = decimal<Price>(parsePrice, formatPrice, 'must be a plain decimal with at most 8 decimals');
/** Units with up to eight decimals; negative only where a position may be short. */
export const qtyText = decimal<Qty>(parseQty, formatQty, 'must be a plain decimal with at most 8 decimals');
/** A share with up to six decimals: `"0.05"` is five per cent. */
export const ppmText = decimal<Ppm>(parsePpm, formatPpm, 'must be a plain decimal with at most 6 decimals');
/** A fee before it is rounded: dollars with up to thirty decimals. */
export const exactFeeText = decimal<ExactFee>(parseExactFee, formatExactFee, 'must be a plain decimal');
/** A whole number of what its field names. */
export const wholeText = decimal<bigint>(
  (text) => parseDecimal(text, 0),
  (value) => value.toString(),
  'must be a whole number',
);
/** A number with up to six decimals: 2.5 is two and a half times. */
export const times = (least: number, most: number) =>
  z.codec(
    z.number().min(least).max(most),
    z.custom<Ppm>((value) => typeof value === 'bigint'),
    {
      decode: (number, context) => {
        const value = parsePpm(JSON.stringify(number));
        if (value !== undefined) return value;
        context.issues.push({ code: 'custom', message: 'must be a number with at most 6 decimals', input: number });
        return z.NEVER;
      },
      encode: (value) => Number(formatPpm(value)),
    },
  );
