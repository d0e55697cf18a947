import { types } from 'pg';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

const readTimestamp = types.getTypeParser(TIMESTAMPTZ) as (text: string) => Date;

/**
 * How columns arrive: INT8 as bigint (money must never pass through a float), TIMESTAMPTZ as epoch milliseconds,
 * DATE as its text. Everything else as the driver reads it; NUMERIC stays text.
 */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: BigInt,
  [DATE]: (text) => text,
  [TIMESTAMPTZ]: (text) => readTimestamp(text).getTime(),
};

export const columnTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => PARSERS[oid] ?? types.getTypeParser(oid, format),
} as typeof types;
