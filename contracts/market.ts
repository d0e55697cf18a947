import * as z from 'zod';
import { ppmText, priceText } from './decimal';

export const venue = z.enum(['binance', 'kraken', 'coinbase', 'polymarket', 'kalshi']);

/** Who shows a price: one venue, or several that agree. */
export const quotedBy = z.enum([...venue.options, 'composite']);

/** The state of a book, or of a mark: `unconfirmed` while too few venues agree. Only `good` fills and judges. */
export const bookQuality = z.enum(['good', 'gapped', 'crossed', 'stale', 'unconfirmed']);

/** Why a venue is no part of a mark, or `good`; see `docs/mark-price.md`. */
export const sourceState = z.enum([
  'good',
  'gapped',
  'crossed',
  'stale',
  'halted',
  'silent',
  'one_sided',
  'thin',
  'unconverted',
  'disagrees',
]);

/** How a price stands: only `fresh` fills and judges; `quarantined` passed its venue's checks and is not believed. */
export const marketState = z.enum(['fresh', 'stale', 'gapped', 'crossed', 'halted', 'quarantined', 'unconfirmed']);

/** The venues whose books may fill orders in coins. */
export const primary = z.enum(['kraken', 'coinbase']);
export const DEFAULT_PRIMARY = 'kraken' as const;

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
 * contradicts the other outcome of the market; `thin`: what is shown is worth too little to judge by; `disagrees`: the
 * other venues of the coin show another price.
 */
const doubt = z.object({ why: z.enum(['jumped', 'twin', 'thin', 'disagrees']), since: z.int() });
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
