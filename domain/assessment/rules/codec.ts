import { type Instant, instant } from '../../kernel/instant';
import { invariant } from '../../kernel/invariant';
import {
  formatPpm,
  formatPrice,
  formatQty,
  formatUsd,
  type Ppm,
  type Price,
  parsePpm,
  parsePrice,
  parseQty,
  parseUsd,
  type Qty,
  type Usd,
} from '../../kernel/money';

/** One description of how a value stands in JSON, for both ways. Keys stand in their described order. */
export type Form<T> = { readonly write: (value: T) => unknown; readonly read: (form: unknown) => T };

const decimal = <T extends bigint>(format: (value: T) => string, parse: (text: string) => T | undefined): Form<T> => ({
  write: format,
  read: (form) => {
    const value = typeof form === 'string' ? parse(form) : undefined;
    invariant(value !== undefined, `${form} is not a decimal of evidence`);
    return value;
  },
});

export const USD: Form<Usd> = decimal(formatUsd, parseUsd);
export const PRICE: Form<Price> = decimal(formatPrice, parsePrice);
export const QTY: Form<Qty> = decimal(formatQty, parseQty);
export const PPM: Form<Ppm> = decimal(formatPpm, parsePpm);

const plain = <T>(kind: 'string' | 'number' | 'boolean'): Form<T> => ({
  write: (value) => value,
  read: (form) => {
    invariant(typeof form === kind, `${form} is not a ${kind} of evidence`);
    return form as T;
  },
});

export const text = <T extends string>(): Form<T> => plain<T>('string');
export const COUNT: Form<number> = plain('number');
export const FLAG: Form<boolean> = plain('boolean');
export const INSTANT: Form<Instant> = { write: (at) => at, read: (form) => instant(COUNT.read(form)) };

export const nullable = <T>(form: Form<T>): Form<T | null> => ({
  write: (value) => (value === null ? null : form.write(value)),
  read: (stored) => (stored === null ? null : form.read(stored)),
});

export const list = <T>(form: Form<T>): Form<readonly T[]> => ({
  write: (values) => values.map(form.write),
  read: (stored) => {
    invariant(Array.isArray(stored), `${stored} is not a list of evidence`);
    return stored.map(form.read);
  },
});

type Fields<T> = { readonly [K in keyof T]-?: Form<T[K]> };

/** A key that is forgotten does not compile. */
export function record<T extends object>(fields: Fields<T>): Form<T> {
  const keys = Object.keys(fields) as (keyof T & string)[];
  return {
    write: (value) => Object.fromEntries(keys.map((key) => [key, fields[key].write(value[key])])),
    read: (stored) => {
      invariant(typeof stored === 'object' && stored !== null, `${stored} is not a record of evidence`);
      const known = stored as Readonly<Record<string, unknown>>;
      return Object.fromEntries(keys.map((key) => [key, fields[key].read(known[key])])) as T;
    },
  };
}

/** Values by name, in the order of the names. */
export const byName = <T>(form: Form<T>): Form<Readonly<Record<string, T>>> => ({
  write: (values) => {
    const entries = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([name, value]) => [name, form.write(value)]));
  },
  read: (stored) => {
    invariant(typeof stored === 'object' && stored !== null, `${stored} is not a record of evidence`);
    return Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, form.read(value)]));
  },
});

type Tagged<Tag extends string> = { readonly [K in Tag]: string };

/** One of several records, told apart by the field `tag`. */
export function variant<Tag extends string, T extends Tagged<Tag>>(
  tag: Tag,
  forms: { readonly [Name in T[Tag]]: Form<Extract<T, { readonly [K in Tag]: Name }>> },
): Form<T> {
  const formOf = (value: unknown) => {
    const name =
      typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[tag] : value;
    const known = Object.entries(forms).find(([each]) => each === name);
    invariant(known !== undefined, `${name} is not a ${tag} of evidence`);
    return known[1] as Form<T>;
  };
  return { write: (value) => formOf(value).write(value), read: (stored) => formOf(stored).read(stored) };
}
