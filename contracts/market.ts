import * as z from 'zod';
import { ppmText, priceText } from './decimal';

export const venue = z.enum(['binance', 'kraken', 'coinbase', 'polymarket', 'kalshi']);

/**
 * What a fill costs, as the venue asks it: a share of its value, or shares × rate × p × (1 − p) of an outcome at the
 * price p, which Kalshi rounds up to a cent.
 */
export const fee = z.object({
  kind: z.enum(['proportional', 'probability', 'probability_cent']),
  rate: ppmText,
});

/**
 * An outcome goes open → closed → pending → (disputed) → resolved. Crypto is open or halted, and closed once its venue
 * lists it no more: it opens again, or is resolved at its last price.
 */
export const instrumentStatus = z.enum(['open', 'halted', 'closed', 'pending', 'disputed', 'resolved']);

/**
 * The sides of a book that are in doubt since `since`. `jumped`: the price has not stood for long enough; `twin`: it
 * contradicts the other outcome of the market; `thin`: what is shown is worth too little to judge by.
 */
const doubt = z.object({ why: z.enum(['jumped', 'twin', 'thin']), since: z.int() });
export const doubts = z.object({ bid: doubt.optional(), ask: doubt.optional() });

/** What one share of a resolved outcome pays; a void market gives back what was paid. */
export const payout = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pays'), price: priceText }),
  z.object({ kind: z.literal('void') }),
]);

/** How long a candle lasts; buckets are cut in UTC. */
export const resolution = z.enum(['1s', '1m', '5m', '15m', '1h', '4h', '1d']);

/** `mixed`: the venue told a part of its time, the mark the rest. */
export const candleSource = z.enum(['mark', 'venue', 'mixed']);
