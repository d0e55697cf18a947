import * as z from 'zod';
import { ppmText, priceText } from './decimal';

export const venue = z.enum(['kraken', 'polymarket', 'kalshi']);

/**
 * What a fill costs, as the venue asks it: a share of its value, or shares × rate × p × (1 − p) of an outcome at the
 * price p, which Kalshi rounds up to a cent.
 */
export const fee = z.object({
  kind: z.enum(['proportional', 'probability', 'probability_cent']),
  rate: ppmText,
});

/** An outcome goes open → closed → pending → (disputed) → resolved; crypto knows open and halted. */
export const instrumentStatus = z.enum(['open', 'halted', 'closed', 'pending', 'disputed', 'resolved']);

/** What one share of a resolved outcome pays; a void market gives back what was paid. */
export const payout = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pays'), price: priceText }),
  z.object({ kind: z.literal('void') }),
]);
