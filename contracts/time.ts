import * as z from 'zod';

/** The last millisecond whose year has four digits: what every part can write as a date. */
const LAST_MS = 253_402_300_799_999;

/** A moment that a request names, in epoch milliseconds. */
export const moment = z.int().min(0, 'must not be before 1970').max(LAST_MS, 'must be before the year 10000');
