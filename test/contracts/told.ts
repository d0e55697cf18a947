import type * as z from 'zod';

/** `ok`, or the fields at fault. */
export const told = (schema: z.ZodType, body: unknown): string => {
  const { success, error } = schema.safeParse(body);
  return success ? 'ok' : (error?.issues.map(({ path }) => path.join('.') || 'body').join(' ') ?? '');
};
