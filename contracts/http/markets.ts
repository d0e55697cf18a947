import * as z from 'zod';
import { priceText, qtyText } from '../decimal';
import { instrumentId } from '../ids';
import {
  bookQuality,
  candleSource,
  DEFAULT_PRIMARY,
  doubts,
  fee,
  instrumentStatus,
  payout,
  primary,
  quotedBy,
  resolution,
  sourceState,
  venue,
} from '../market';
import { moment } from '../time';
import { route } from './route';

export const instrument = z.object({
  id: instrumentId,
  venue,
  kind: z.enum(['spot', 'outcome']),
  title: z.string(),
  /** The finest step of its prices. */
  priceTick: priceText,
  /** The steps from these prices on, where they are not the same everywhere. */
  priceBands: z
    .array(z.object({ from: priceText, step: priceText }))
    .readonly()
    .optional(),
  qtyStep: qtyText,
  qtyMin: qtyText,
  /** A taker's order fills at once, a maker's rests first. */
  takerFee: fee,
  makerFee: fee,
  status: instrumentStatus,
  /** What a share of a resolved outcome pays; null of every other instrument. */
  payout: payout.nullable(),
  outcome: z
    .object({
      marketId: z.string(),
      eventId: z.string(),
      category: z.string(),
      question: z.string(),
      /** Its place among the two: `yes` is the first, whatever it is called. */
      side: z.enum(['yes', 'no']),
      /** What the venue calls it, where that is not YES or NO. */
      name: z.string().optional(),
    })
    .nullable(),
});

const level = z.object({ price: priceText, qty: qtyText });

export const book = z.object({
  instrument: instrumentId,
  sequence: z.int(),
  /** Whose levels they are. */
  venue: quotedBy,
  quality: bookQuality,
  receivedAt: z.int(),
  bids: z.array(level),
  asks: z.array(level),
  /** Absent where neither side is in doubt. */
  doubts: doubts.optional(),
  /** What the instrument is marked at, where several venues say that; without a side while too few agree. */
  mark: z
    .object({
      sequence: z.int(),
      receivedAt: z.int(),
      bid: level.nullable(),
      ask: level.nullable(),
      venues: z.array(
        z.object({
          venue,
          state: sourceState,
          sequence: z.int(),
          venueProof: z.string(),
          bid: level.nullable(),
          ask: level.nullable(),
        }),
      ),
    })
    .optional(),
});

/** What the mid was from the first instant of a bucket, `at`, to its last. */
export const candle = z.object({
  at: z.int(),
  open: priceText,
  high: priceText,
  low: priceText,
  close: priceText,
  /** What traded at the venue; null where its history does not say. */
  volume: qtyText.nullable(),
  trades: z.int().nullable(),
  /** The bucket is over, and nothing of it was missed. */
  isWhole: z.boolean(),
  /** A `mark` was made here as prices came; what the venue tells of its past is for charts and proves nothing. */
  source: candleSource,
});

export const CANDLES_MAX = 1_500;
const CANDLES_DEFAULT = 500;

const digits = (rule: string) =>
  z
    .string()
    .regex(/^\d{1,15}$/, rule)
    .transform(Number);
const epochMs = digits('must be a moment in epoch milliseconds').pipe(moment).optional();

/** The newest candles before `to`, or of the page before it; all of it is optional. */
const candlesQuery = z
  .strictObject({
    resolution: resolution.default('1m'),
    from: epochMs,
    to: epochMs,
    limit: digits('must be a whole number').pipe(z.number().min(1).max(CANDLES_MAX)).default(CANDLES_DEFAULT),
    cursor: digits('must be the nextCursor of another page').pipe(moment).optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ['from'],
    message: 'must be before to',
  });

/** The venue whose books fill coins by the rules of an account. */
const atVenue = z.strictObject({ venue: primary.default(DEFAULT_PRIMARY) });

const params = z.strictObject({ instrument: instrumentId });

export const marketRoutes = {
  listInstruments: route({
    method: 'GET',
    path: '/instruments',
    access: 'session',
    summary: 'What can be traded; of coins the steps, fee and status are those of `venue`',
    query: atVenue,
    status: 200,
    response: z.object({ instruments: z.array(instrument) }),
  }),
  listFees: route({
    method: 'GET',
    path: '/fees',
    access: 'public',
    summary: 'What fills cost, by venue: of each kind of market the most that one of them asks',
    status: 200,
    response: z.object({
      fees: z.array(z.object({ venue, kind: z.enum(['spot', 'outcome']), takerFee: fee, makerFee: fee })),
    }),
  }),
  getBook: route({
    method: 'GET',
    path: '/instruments/{instrument}/book',
    access: 'session',
    summary: 'The current book of an instrument: of a coin that of `venue`, and its mark',
    params,
    query: atVenue,
    status: 200,
    response: book,
  }),
  getCandles: route({
    method: 'GET',
    path: '/instruments/{instrument}/candles',
    access: 'session',
    summary: 'Candles of the mid: the newest of a range, oldest first, page by page into the past',
    params,
    query: candlesQuery,
    status: 200,
    response: z.object({
      resolution,
      candles: z.array(candle),
      /** Leads to the page before this one, also where this is shorter than its limit; null: nothing older is kept. */
      nextCursor: z.string().nullable(),
    }),
  }),
};
