import * as z from 'zod';
import { type Instant, instant, isoText } from '../domain/kernel/instant';

/** The last millisecond whose year has four digits: what every part can write as a date. */
const LAST_MS = 253_402_300_799_999;

const asInstant = (epochMs: z.ZodType<number, number>) => epochMs as unknown as z.ZodType<Instant, number>;

/** A moment that a request names, in epoch milliseconds. */
export const moment = asInstant(
  z.int().min(0, 'must not be before 1970').max(LAST_MS, 'must be before the year 10000'),
);

/** When something happened, in epoch milliseconds. */
export const happenedAt = asInstant(z.int());

/** A moment as text on the wire: `"2026-03-14T12:00:00.000Z"`. */
export const isoMoment = z.codec(
  z.iso.datetime(),
  z.custom<Instant>((value) => typeof value === 'number'),
  { decode: (text) => instant(Date.parse(text)), encode: isoText },
);
