import * as z from 'zod';
import { priceText } from './decimal';

export const venue = z.enum(['kraken', 'polymarket', 'kalshi']);

/** An outcome goes open → closed → pending → (disputed) → resolved; crypto knows open and halted. */
export const instrumentStatus = z.enum(['open', 'halted', 'closed', 'pending', 'disputed', 'resolved']);

/** What one share of a resolved outcome pays; a void market gives back what was paid. */
export const payout = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pays'), price: priceText }),
  z.object({ kind: z.literal('void') }),
]);
