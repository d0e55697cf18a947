import { type Instant, instant } from './instant';
import { invariant } from './invariant';
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
} from './money';

/** One description of how a value stands in JSON, for both ways. Keys stand in their described order. */
export type Codec<T> = { readonly encode: (value: T) => unknown; readonly decode: (form: unknown) => T };

const decimal = <T extends bigint>(format: (value: T) => string, parse: (text: string) => T | undefined): Codec<T> => ({
  encode: format,
  decode: (form) => {
    const value = typeof form === 'string' ? parse(form) : undefined;
    invariant(value !== undefined, `${form} is not a decimal`);
    return value;
  },
});

export const USD: Codec<Usd> = decimal(formatUsd, parseUsd);
export const PRICE: Codec<Price> = decimal(formatPrice, parsePrice);
export const QTY: Codec<Qty> = decimal(formatQty, parseQty);
export const PPM: Codec<Ppm> = decimal(formatPpm, parsePpm);
export const EXACT_FEE: Codec<ExactFee> = decimal(formatExactFee, parseExactFee);

/** A multiple, as a number: a plain decimal is JSON as it stands. */
export const TIMES: Codec<Ppm> = {
  encode: (times) => JSON.parse(formatPpm(times)),
  decode: (form) => {
    const value = typeof form === 'number' ? parsePpm(JSON.stringify(form)) : undefined;
    invariant(value !== undefined, `${form} is not a multiple`);
    return value;
  },
};

const plain = <T>(kind: 'string' | 'number' | 'boolean'): Codec<T> => ({
  encode: (value) => value,
  decode: (form) => {
    invariant(typeof form === kind, `${form} is not a ${kind}`);
    return form as T;
  },
});

export const text = <T extends string>(): Codec<T> => plain<T>('string');
export const COUNT: Codec<number> = plain('number');
export const FLAG: Codec<boolean> = plain('boolean');
export const INSTANT: Codec<Instant> = { encode: (at) => at, decode: (form) => instant(COUNT.decode(form)) };

export const nullable = <T>(form: Codec<T>): Codec<T | null> => ({
  encode: (value) => (value === null ? null : form.encode(value)),
  decode: (stored) => (stored === null ? null : form.decode(stored)),
});

/** A field that may be absent. */
export const optional = <T>(form: Codec<T>): Codec<T | undefined> => ({
  encode: (value) => (value === undefined ? undefined : form.encode(value)),
  decode: (stored) => (stored === undefined ? undefined : form.decode(stored)),
});

export const list = <T>(form: Codec<T>): Codec<readonly T[]> => ({
  encode: (values) => values.map(form.encode),
  decode: (stored) => {
    invariant(Array.isArray(stored), `${stored} is not a list`);
    return stored.map(form.decode);
  },
});

type Fields<T> = { readonly [K in keyof T]-?: Codec<T[K]> };

/** A field that may be absent, and then has this value; where it has just that it is left out. */
export function absentAs<T>(form: Codec<T>, value: T): Codec<T> {
  const left = JSON.stringify(form.encode(value));
  return {
    encode: (each) => {
      const stored = form.encode(each);
      return JSON.stringify(stored) === left ? undefined : stored;
    },
    decode: (stored) => (stored === undefined ? value : form.decode(stored)),
  };
}

/** A key that is forgotten does not compile. */
export function record<T extends object>(fields: Fields<T>): Codec<T> {
  const keys = Object.keys(fields) as (keyof T & string)[];
  return {
    encode: (value) => Object.fromEntries(keys.map((key) => [key, fields[key].encode(value[key])])),
    decode: (stored) => {
      invariant(typeof stored === 'object' && stored !== null, `${stored} is not a record`);
      const known = stored as Readonly<Record<string, unknown>>;
      return Object.fromEntries(keys.map((key) => [key, fields[key].decode(known[key])])) as T;
    },
  };
}

/** Values by name, in the order of the names. */
export const byName = <T>(form: Codec<T>): Codec<Readonly<Record<string, T>>> => ({
  encode: (values) => {
    const entries = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([name, value]) => [name, form.encode(value)]));
  },
  decode: (stored) => {
    invariant(typeof stored === 'object' && stored !== null, `${stored} is not a record`);
    return Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, form.decode(value)]));
  },
});

type Tagged<Tag extends string> = { readonly [K in Tag]: string };

/** One of several records, told apart by the field `tag`. */
export function variant<Tag extends string, T extends Tagged<Tag>>(
  tag: Tag,
  forms: { readonly [Name in T[Tag]]: Codec<Extract<T, { readonly [K in Tag]: Name }>> },
): Codec<T> {
  const formOf = (value: unknown) => {
    const name =
      typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[tag] : value;
    const known = Object.entries(forms).find(([each]) => each === name);
    invariant(known !== undefined, `${name} is not a ${tag}`);
    return known[1] as Codec<T>;
  };
  return { encode: (value) => formOf(value).encode(value), decode: (stored) => formOf(stored).decode(stored) };
}
