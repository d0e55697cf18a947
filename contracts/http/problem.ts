import * as z from 'zod';

/**
 * RFC 9457. `type` is `urn:proving-ground:problem:<refusal>`; `errors` names each field at fault and the rule it
 * broke.
 */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  refusal: z.string(),
  detail: z.string().optional(),
  correlationId: z.string(),
  errors: z.array(z.object({ field: z.string(), rule: z.string() })).optional(),
});

export type Problem = z.output<typeof problem>;

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';
