import * as z from 'zod';
import { priceText, qtyText } from '../decimal';
import { instrumentId } from '../ids';
import {
  bookQuality,
  DEFAULT_PRIMARY,
  doubts,
  fee,
  instrumentStatus,
  payout,
  primary,
  quotedBy,
  sourceState,
  venue,
} from '../market';
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

/** One minute; `at` is its start in epoch milliseconds. */
export const candle = z.object({ at: z.int(), open: priceText, high: priceText, low: priceText, close: priceText });

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
    summary: 'One-minute candles of the mid price, oldest first, at most 1,440',
    params,
    status: 200,
    response: z.object({ candles: z.array(candle) }),
  }),
};
