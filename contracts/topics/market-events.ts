import * as z from 'zod';
import { priceText, qtyText } from '../decimal';
import { instrumentId, listingId } from '../ids';
import {
  bookQuality,
  doubts,
  instrumentStatus,
  marketState,
  payout,
  quotedBy,
  resolution,
  sourceState,
  venue,
} from '../market';

const level = z.object({ price: priceText, qty: qtyText });

const sourceBook = z.object({
  venue,
  state: sourceState,
  sequence: z.int(),
  venueProof: z.string(),
  venueAt: z.int(),
  receivedAt: z.int(),
  /** As the venue shows it, in its own currency. */
  bid: level.nullable(),
  ask: level.nullable(),
});

/** A venue's top of book; `rate`: what its currency was turned into dollars by, itself a composite. */
const markSource = sourceBook.extend({
  rate: z.object({ bid: level.nullable(), ask: level.nullable(), sources: z.array(sourceBook).readonly() }).optional(),
});

/** What happened at the venues, key = instrument. */
export const marketData = {
  'market-data.quote': z.object({
    instrument: instrumentId,
    venue: quotedBy,
    sequence: z.int(),
    venueProof: z.string(),
    quality: bookQuality,
    venueAt: z.int(),
    receivedAt: z.int(),
    /** Absent on an empty side, and then the quality is not `good`. */
    bid: level.nullable(),
    ask: level.nullable(),
    /** The sides whose prices are shown and not believed: they fill and judge nothing. */
    doubts: doubts.optional(),
    /** Every venue that a composite was made of or that was left out, and since when it is confirmed. */
    sources: z.array(markSource).readonly().optional(),
    confirmedSince: z.int().optional(),
  }),
  /** A trade at the venue: it consumes the queue ahead of resting orders. */
  'market-data.trade': z.object({
    instrument: instrumentId,
    venue,
    tradeId: z.string(),
    price: priceText,
    qty: qtyText,
    taker: z.enum(['buy', 'sell']),
    venueAt: z.int(),
    receivedAt: z.int(),
  }),
  /**
   * A bucket that is over, of a minute or longer, as this run of market-data saw it: what another run saw of it is told
   * by that one. It comes again when a late trade changes it, and then the last counts.
   */
  'market-data.candle': z.object({
    instrument: instrumentId,
    resolution,
    /** The first instant of the bucket. */
    at: z.int(),
    open: priceText,
    high: priceText,
    low: priceText,
    close: priceText,
    volume: qtyText,
    trades: z.int(),
    /** It was watched from its first to its last instant. */
    isWhole: z.boolean(),
  }),
  /**
   * The state of a price became another: of one venue's book, or of the mark of a coin (`composite`). Told once for each
   * change, and for everything when market-data begins.
   */
  'market-data.state-changed': z.object({
    instrument: instrumentId,
    venue: quotedBy,
    state: marketState,
    /** What the state does not say: `silent`, `disagrees`, `bid jumped`, or of a mark the states of its venues. */
    reason: z.string().nullable(),
    at: z.int(),
  }),
  /**
   * An outcome's market went on in its life, or its resolution was corrected; or one venue's listing of a coin was
   * halted, opened again or ended, which concerns those who trade it there.
   */
  'market-data.instrument-changed': z.object({
    instrument: listingId,
    status: instrumentStatus,
    payout: payout.nullable(),
  }),
};
