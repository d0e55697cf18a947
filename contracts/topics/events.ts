import * as z from 'zod';
import { closingReason, order, orderTicket, payouts, position, warned } from '../account';
import { assessmentStatus, holdKind, ruleName } from '../assessment';
import { ppmText, priceText, qtyText, usdText } from '../decimal';
import {
  accountId,
  assessmentId,
  fillId,
  instrumentId,
  orderId,
  payoutId,
  purchaseId,
  registrationId,
  reportId,
  studyId,
  tierId,
  userId,
  violationId,
} from '../ids';
import { payout } from '../market';
import { place } from '../program';
import { studyFailure, studyScope } from '../study';
import { marketData } from './market-events';

const account = { accountId, assessmentId, userId };

/** Its key is the study; `assessmentId` is null where it is about a tier. */
const study = { studyId, userId, assessmentId: assessmentId.nullable() };

const level = z.object({ price: priceText, qty: qtyText });

const peaks = { highWaterUsd: usdText, dayPeakUsd: usdText };

/** Where the rules have limits of weeks or months. */
const periods = z.object({ weekUsd: usdText.nullable(), monthUsd: usdText.nullable() }).optional();

const correctedStanding = z.object({
  warned,
  peaks: z.object(peaks),
  day: z.object({ balanceUsd: usdText, excludedUsd: usdText, isPaused: z.boolean() }),
  days: z.object({ counted: z.int(), bestUsd: usdText, winningUsd: usdText }),
  trades: z.object({ worstUsd: usdText, bestUsd: usdText, excludedUsd: usdText }),
  periods,
  payouts,
});

/** What each event says. Unknown fields are let through, so that an older consumer survives a newer producer. */
export const eventData = {
  'payment.purchase-completed': z.object({
    purchaseId,
    assessmentId,
    userId,
    tierId,
    ruleSetVersion: z.int(),
    ruleSetHash: z.string(),
    paidUsd: usdText,
  }),
  /** What became of the payment after the purchase was granted; null: it stands again. */
  'payment.purchase-changed': z.object({
    purchaseId,
    assessmentId,
    userId,
    reversal: holdKind.nullable(),
  }),
  'assessment.created': z.object({
    ...account,
    tierId,
    tierName: z.string(),
    ruleSetVersion: z.int(),
    ruleSetHash: z.string(),
    startingUsd: usdText,
    ...place,
  }),
  /** `dayPeakUsd`: what the account was worth when it began. */
  'assessment.day-opened': z.object({ ...account, day: z.string(), dayAnchorUsd: usdText, dayPeakUsd: usdText }),
  'assessment.abandoned': z.object({
    ...account,
    status: z.literal('failed'),
    breach: ruleName,
    violationId,
    equityUsd: usdText,
  }),
  'assessment.completed': z.object({ ...account, status: z.literal('passed'), equityUsd: usdText }),
  /** No order may add risk until it is released; what is held may be closed, and the rules go on judging. */
  'assessment.held': z.object({ ...account, hold: holdKind, at: z.int() }),
  'assessment.released': z.object({ ...account, at: z.int() }),
  /**
   * A part of the profit left the account, of which `traderUsd` is the trader's; then what is remembered of limits that
   * count from it.
   */
  'assessment.payout-taken': z.object({
    ...account,
    payoutId,
    at: z.int(),
    amountUsd: usdText,
    traderUsd: usdText,
    cashUsd: usdText,
    balanceUsd: usdText,
    dayAnchorUsd: usdText,
    ...peaks,
    periods,
  }),
  /** The capital grew by the plan of the rules, to `capitalUsd`; limits that count from it grew in proportion. */
  'assessment.capital-grown': z.object({
    ...account,
    at: z.int(),
    addedUsd: usdText,
    capitalUsd: usdText,
    cashUsd: usdText,
    balanceUsd: usdText,
  }),
  /** What the rules remember: the mark that a trailing maximum loss counts from, and the day's highest equity. */
  'assessment.high-water-raised': z.object({
    ...account,
    highWaterUsd: usdText,
    dayPeakUsd: usdText,
    /** When the latest of the prices was received that raised them. */
    peakedAt: z.int(),
  }),
  /** `order` is null for an order that never rests: of it the other fields tell what the ticket does not. */
  'trading.order-placed': z.object({
    ...account,
    ticket: orderTicket,
    order: order.nullable(),
    placedAt: order.shape.placedAt,
    bookSequence: order.shape.bookSequence,
    origin: order.shape.origin,
  }),
  /** `amendedFor`: the platform itself changed it, for the venue trades in other steps now. */
  'trading.order-amended': z.object({ ...account, order, amendedFor: z.enum(['instrument_changed']).optional() }),
  /** The market moved it on: its trail followed the price, or trades consumed a part of what stands before it. */
  'trading.order-advanced': z.object({ ...account, order }),
  'trading.order-triggered': z.object({ ...account, order }),
  /** Also when it expired; its fills so far stay. */
  'trading.order-cancelled': z.object({ ...account, order }),
  'trading.order-filled': z.object({
    ...account,
    orderId,
    fillId,
    instrument: instrumentId,
    side: z.enum(['buy', 'sell']),
    qty: qtyText,
    /** Counts the order's fills from 1. */
    part: z.int(),
    liquidity: z.enum(['taker', 'maker']),
    price: priceText,
    feeUsd: usdText,
    realizedUsd: usdText,
    /** The account after the fill; `position` is null when it is flat in the instrument. */
    cashUsd: usdText,
    balanceUsd: usdText,
    tradesClosed: z.int(),
    position: position.nullable(),
    bookSequence: z.int(),
    venueProof: z.string(),
    closedFor: closingReason.optional(),
    /** Around news, where the rules count in part what is won then. */
    inNews: z.literal(true).optional(),
    levels: z.array(level),
    /** The cash that the fill itself moved, without its fee: negative for a buy. */
    fillCashUsd: usdText,
    filledAt: z.int(),
    venueAt: z.int(),
    /** Where it leaves its order in the market. */
    queueAhead: order.shape.queueAhead,
    tapeSeenAt: order.shape.tapeSeenAt,
    exactFee: order.shape.exactFee,
    /** For younger orders of the instrument this state of the book is past: the fill took of it. */
    consumesBook: z.boolean(),
    /** The levels of the venue's book that it took, where it filled at the order's own price and not at theirs. */
    tookLevels: z.array(level).optional(),
    /** What it took of the venue's trades. */
    tookTrades: z.array(z.object({ tradeId: z.string(), qty: qtyText })).optional(),
  }),
  /** A resolved outcome was paid out; `corrects` reverses an earlier payout that was wrong. */
  'trading.position-settled': z.object({
    ...account,
    instrument: instrumentId,
    payout,
    qty: qtyText,
    paidUsd: usdText,
    realizedUsd: usdText,
    cashUsd: usdText,
    balanceUsd: usdText,
    /** What the day counts from and whether it is paused: a correction can move them. */
    dayAnchorUsd: usdText,
    isPaused: z.boolean(),
    corrects: z.boolean(),
    /** What was settled, as it was held. */
    position,
    settledAt: z.int(),
    /** What the account remembered when it was first settled. */
    before: z.object({ day: z.string(), ...peaks, isPaused: z.boolean(), warned }),
    /** What the account remembers from then on, where the right payout follows a wrong one. */
    corrected: correctedStanding.nullable(),
  }),
  /** The daily loss stopped trading until the next trading day: no violation. */
  'rules.trading-paused': z.object({ ...account, rule: ruleName }),
  /** A position was found without its stop and has to have one at `dueAt`; `left` such corrections remain. */
  'rules.stop-corrected': z.object({ ...account, instrument: instrumentId, dueAt: z.int(), left: z.int() }),
  /** More than `percent` of a limit is used: 50, 80 or 95. */
  'rules.limit-warned': z.object({ ...account, rule: ruleName, percent: z.int() }),
  /** Prices break a limit that fails the assessment once it has been broken for long enough, counted from `at`. */
  'rules.limit-touched': z.object({ ...account, rule: ruleName, at: z.int() }),
  /** They no longer do, before it was long enough. */
  'rules.limit-recovered': z.object({ ...account, rule: ruleName }),
  /** A limit in dollars, and the most that a share may be, have `limitUsd` and `usedUsd`; a deadline has `dueAt`. */
  'rules.violation-detected': z.object({
    ...account,
    violationId,
    rule: ruleName,
    limitUsd: usdText.nullable(),
    usedUsd: usdText.nullable(),
    dueAt: z.int().nullable(),
    equityUsd: usdText,
    evidenceHash: z.string(),
  }),
  /** The odds of an account or a tier are asked for: `scope` says how much of them. */
  'monte-carlo.requested': z.object({ ...study, scope: studyScope }),
  /** So many of the paths that are known to be needed are played: once a second at most, never falling. */
  'monte-carlo.progressed': z.object({ ...study, done: z.int(), of: z.int() }),
  'monte-carlo.completed': z.object({ ...study, passedShare: ppmText }),
  'monte-carlo.failed': z.object({ ...study, reason: studyFailure }),
  'monte-carlo.cancelled': z.object(study),
  'report.ready': z.object({ ...account, reportId, title: z.string(), assessmentStatus, sha256: z.string() }),
  /**
   * A mail is to be written. It names whom and says nothing that a reader of the topic could use: the address is looked
   * up and the link is made when the mail goes out.
   */
  'identity.mail-requested': z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('verify-email'), registrationId }),
    z.object({ kind: z.literal('already-registered'), userId }),
    z.object({ kind: z.literal('reset-password'), userId }),
    z.object({ kind: z.literal('password-changed'), userId }),
  ]),
  ...marketData,
};

export type EventType = keyof typeof eventData;
export type EventData<T extends EventType> = z.output<(typeof eventData)[T]>;
