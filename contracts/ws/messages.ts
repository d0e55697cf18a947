import * as z from 'zod';
import { accountSnapshot } from '../account';
import { deadline, gate, limitName, shownRoom, wayOut } from '../assessment';
import { priceText, qtyText, usdText } from '../decimal';
import { accountId, assessmentId, instrumentId, studyId } from '../ids';
import { board, month, tierSlug } from '../leaderboard';
import { bookQuality, doubts, instrumentStatus, payout, sourceState, venue } from '../market';
import { place } from '../program';
import { studyStatus } from '../study';

/** What a browser may send. At most 100 instruments and 20 accounts are followed by one connection. */
export const clientMessage = z.discriminatedUnion('op', [
  /** `everyMs`: this connection wants no more than one frame of quotes in so long; from the next frame on. */
  z.strictObject({
    op: z.literal('subscribe-quotes'),
    instruments: z.array(instrumentId).min(1).max(100),
    everyMs: z.int().min(0).max(60_000).optional(),
  }),
  z.strictObject({ op: z.literal('unsubscribe-quotes'), instruments: z.array(instrumentId).min(1).max(100) }),
  /** `since`: the version of the account that the caller has; what happened after it is told in place of a snapshot. */
  z.strictObject({ op: z.literal('subscribe-account'), accountId, since: z.int().min(1).optional() }),
  z.strictObject({ op: z.literal('unsubscribe-account'), accountId }),
  /** Without a month: this one, of UTC. At most five leaderboards. */
  z.strictObject({ op: z.literal('subscribe-leaderboard'), tier: tierSlug, month: month.optional() }),
  z.strictObject({ op: z.literal('unsubscribe-leaderboard'), tier: tierSlug, month: month.optional() }),
  z.strictObject({ op: z.literal('ping'), id: z.int() }),
]);

/** Top of a book: [price, qty]; null on an empty side. `quality` other than `good` neither fills nor judges. */
export const wsQuote = z.object({
  instrument: instrumentId,
  sequence: z.int(),
  quality: bookQuality,
  bid: z.tuple([priceText, qtyText]).nullable(),
  ask: z.tuple([priceText, qtyText]).nullable(),
  doubts: doubts.optional(),
  /** Where several venues are asked: how each stands to the mark, with its own [bid, ask] in its own currency. */
  venues: z.array(z.tuple([venue, sourceState, priceText.nullable(), priceText.nullable()])).optional(),
  venueAt: z.int(),
  receivedAt: z.int(),
});

/** The account at live prices, judged by the risk-engine: state, not history, so only the latest one counts. */
export const accountMark = z.object({
  accountId,
  /** What it is worth as far as is known, at least and at most: all the same while everything has a price. */
  equityUsd: usdText,
  worstUsd: usdText,
  bestUsd: usdText,
  balanceUsd: usdText,
  /** Positions without a price, and what they are taken to be worth. */
  unpriced: z.array(
    z.object({
      instrument: instrumentId,
      worstUsd: usdText,
      expectedUsd: usdText,
      bestUsd: usdText,
      /** The last good price of the side that it would leave at; null: it never had one. */
      lastPrice: priceText.nullable(),
      lastAt: z.int().nullable(),
    }),
  ),
  /** The limit that is broken at `equityUsd` and not at `bestUsd`: what has a price is closed then. */
  inDoubt: limitName.nullable(),
  rooms: z.array(shownRoom),
  waysOut: z.object({
    /** Each position closed alone, whole, at the price that judges it. */
    positions: z.array(
      wayOut.extend({
        instrument: instrumentId,
        /** The exit price from which its trade has lost nothing, fees included; null: none can be traded. */
        breakEvenPrice: priceText.nullable(),
      }),
    ),
    all: wayOut,
  }),
  deadlines: z.array(deadline),
  gates: z.array(gate),
  at: z.int(),
});

/** What the gateway sends. Each frame of a connection carries `n`, one more than the frame before it. */
export const serverMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), n: z.int(), connectionId: z.string() }),
  z.object({ type: z.literal('quotes'), n: z.int(), quotes: z.array(wsQuote) }),
  /** After subscribing, and wherever what was missed is too much or not known: state as of `snapshot.version`. */
  z.object({ type: z.literal('account-snapshot'), n: z.int(), snapshot: accountSnapshot }),
  /** After subscribing with `since`, in place of a snapshot: the events from there to `version` follow. */
  z.object({ type: z.literal('account-resumed'), n: z.int(), accountId, since: z.int(), version: z.int() }),
  /** `accountVersion` follows the last one, or the snapshot's, one by one. `data` is the event's, decimals as text. */
  z.object({
    type: z.literal('account-event'),
    n: z.int(),
    accountId,
    accountVersion: z.int(),
    eventId: z.string(),
    event: z.string(),
    occurredAt: z.int(),
    correlationId: z.string(),
    data: z.record(z.string(), z.unknown()),
  }),
  z.object({ type: z.literal('account-mark'), n: z.int(), mark: accountMark }),
  /** To every connection of its trader, whatever it follows: a purchase, a pass, a retry or a reset opened it. */
  z.object({
    type: z.literal('assessment-opened'),
    n: z.int(),
    assessmentId,
    accountId,
    tierName: z.string(),
    ...place,
  }),
  /**
   * To whoever follows the instrument's quotes: its market was halted, opened again, closed or resolved. `venue`: of a
   * coin, where; those who trade it at another are not concerned.
   */
  z.object({
    type: z.literal('instrument-changed'),
    n: z.int(),
    instrument: instrumentId,
    venue: venue.optional(),
    status: instrumentStatus,
    payout: payout.nullable(),
  }),
  /**
   * To every connection of whoever asked for the odds; the result itself is read by `GET /studies/{studyId}`. `done` of
   * `of` is how far it is; before the first run begins, and after the last, it is none or all of one.
   */
  z.object({ type: z.literal('study-changed'), n: z.int(), studyId, status: studyStatus, done: z.int(), of: z.int() }),
  /** The first fifty of a leaderboard, after subscribing and when it has changed: once a second at most. */
  z.object({ type: z.literal('leaderboard'), n: z.int(), ...board }),
  z.object({ type: z.literal('pong'), n: z.int(), id: z.int() }),
  /** The server goes and closes with 1001. Who waits so long, each another time, finds its successor unhurried. */
  z.object({ type: z.literal('closing'), n: z.int(), reconnectInMs: z.int() }),
  z.object({ type: z.literal('error'), n: z.int(), refusal: z.string(), field: z.string(), rule: z.string() }),
]);

/** As a browser reads it: decimals are text. */
export type ServerMessage = z.input<typeof serverMessage>;

/**
 * Close codes of ours (4000–4999 are free for applications, RFC 6455 §7.4.2). `tooMany`: messages of a connection, or
 * connections of a person or an address; the reason says which.
 */
export const CLOSE = {
  ticketInvalid: 4401,
  forbidden: 4403,
  slowReader: 4408,
  tooMany: 4429,
} as const;
