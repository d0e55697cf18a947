import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { type OperatorResult, request } from '../../contracts/operations/commands';
import { operations } from '../../runtime/compose/operations';

/** Called by operators with their own credentials and by nothing else: no route leads here. */
export const handler = async (event: unknown, { awsRequestId }: Context): Promise<OperatorResult> => {
  const parsed = request.safeParse(event);
  if (!parsed.success) return { outcome: 'refused', field: 'request', rule: z.prettifyError(parsed.error) };
  return (await operations()).operate(parsed.data, awsRequestId);
};
