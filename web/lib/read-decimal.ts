import { parseDecimal } from '../../domain/kernel/decimal';
import { parsePpm, parsePrice, parseQty, parseUsd } from '../../domain/kernel/money';

/** Reads what the platform sent; anything but a decimal of its kind is a broken contract. */
const sent =
  <T extends bigint>(parse: (text: string) => T | undefined) =>
  (text: string): T => {
    const units = parse(text);
    if (units === undefined) throw new Error(`"${text}" is not a decimal of the platform`);
    return units;
  };

export const readUsd = sent(parseUsd);
export const readPrice = sent(parsePrice);
export const readQty = sent(parseQty);
export const readPpm = sent(parsePpm);

/** Reads what a person typed; undefined when it is not a plain decimal of at most `scale` decimals. */
export const typedDecimal = (text: string, scale: number): bigint | undefined => parseDecimal(text.trim(), scale);
