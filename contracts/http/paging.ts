import * as z from 'zod';

/** How many rows of a list, as text in a query. */
export const pageSize = (max: number) =>
  z
    .string()
    .refine((text) => /^[1-9]\d{0,3}$/.test(text) && Number(text) <= max, `must be a whole number from 1 to ${max}`)
    .transform(Number);
