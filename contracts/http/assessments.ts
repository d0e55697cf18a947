import * as z from 'zod';
import { accountSnapshot, closingReason } from '../account';
import { assessmentStatus, holdKind, ruleName } from '../assessment';
import { ppmText, priceText, qtyText, usdText, wholeText } from '../decimal';
import { accountId, assessmentId, instrumentId, payoutId, reportId, violationId } from '../ids';
import { place } from '../program';
import { ruleSet } from '../rule-set';
import { candle } from './markets';
import { route } from './route';

const summary = z.object({
  assessmentId,
  accountId,
  tierName: z.string(),
  ...place,
  status: assessmentStatus,
  hold: holdKind.nullable(),
  startingUsd: usdText,
  /** What the account has grown to. */
  capitalUsd: usdText,
  /** The rules pay something out of it. */
  paysOut: z.boolean(),
  balanceUsd: usdText,
  createdAt: z.int(),
  endedAt: z.int().nullable(),
  breach: ruleName.nullable(),
  violationId: violationId.nullable(),
  reportId: reportId.nullable(),
});

/**
 * A position from flat to flat, or through it. The cash of its moves comes to what it realized; that, less its fees, is
 * what it made. A move that turned a position around stands with both its trades, which share its cash and its fee.
 */
const completedTrade = z.object({
  instrument: instrumentId,
  direction: z.enum(['long', 'short']),
  openedAt: z.int(),
  closedAt: z.int(),
  qty: qtyText,
  entryPrice: priceText,
  exitPrice: priceText,
  realizedUsd: usdText,
  feesUsd: usdText,
  netUsd: usdText,
  closedFor: closingReason.optional(),
  moves: z.array(
    z.object({ side: z.enum(['buy', 'sell']), qty: qtyText, cashUsd: usdText, feeUsd: usdText, filledAt: z.int() }),
  ),
});

/** `have` of `need`: dollars in whole millionths, else a number of what the gate names. */
const gateOf = <const Name extends string>(...names: readonly [Name, ...Name[]]) =>
  z.object({ gate: z.enum(names), have: wholeText, need: wholeText, isMet: z.boolean() });

/** The most that may leave the account by one payout, and who gets which part; what it waits for, met or not. */
const payoutOffer = z.object({
  amountUsd: usdText,
  traderUsd: usdText,
  firmUsd: usdText,
  /** The trader's part of any amount, rounded down. */
  split: ppmText,
  /** So much of it leaves the account its whole width above the floor of the maximum loss. */
  safeUsd: usdText,
  gates: z
    .array(
      gateOf(
        'days_since_start',
        'days_since_payout',
        'days_won',
        'profit_usd',
        'profit_over_best_day_usd',
        'trader_usd',
        'open_positions',
        'working_orders',
        'touched_limits',
        'holds',
      ),
    )
    .readonly(),
  isOpen: z.boolean(),
  /** When the days that the schedule asks for are over. */
  opensAt: z.int(),
});

const growth = z.object({
  capitalUsd: usdText,
  nextUsd: usdText,
  gates: z.array(gateOf('days_since_growth', 'profit_since_growth_usd', 'payouts_since_growth')).readonly(),
});

/** `amountUsd` left the account, of which `traderUsd` is owed to the trader. */
const payout = z.object({ payoutId, amountUsd: usdText, traderUsd: usdText, takenAt: z.int() });

/** With how it may begin anew where it has failed: free retries first, then the price of a reset, or neither. */
const listed = summary.extend({ retriesLeft: z.int(), resetPriceUsd: usdText.nullable() });

export const assessmentRoutes = {
  listAssessments: route({
    method: 'GET',
    path: '/assessments',
    access: 'session',
    summary: 'One’s own assessments, newest first',
    status: 200,
    response: z.object({ assessments: z.array(listed) }),
  }),
  getAssessment: route({
    method: 'GET',
    path: '/assessments/{assessmentId}',
    access: 'session',
    summary: 'One assessment with its pinned rules and its account',
    params: z.strictObject({ assessmentId }),
    status: 200,
    response: summary.extend({
      ruleSetVersion: z.int(),
      ruleSetHash: z.string(),
      rules: ruleSet,
      account: accountSnapshot,
    }),
  }),
  getPayouts: route({
    method: 'GET',
    path: '/assessments/{assessmentId}/payouts',
    access: 'session',
    summary:
      'What may be taken out of the account now and what is missing, how it grows, and what was taken, newest first',
    params: z.strictObject({ assessmentId }),
    status: 200,
    response: z.object({
      offer: payoutOffer.nullable(),
      growth: growth.nullable(),
      payouts: z.array(payout).readonly(),
    }),
  }),
  takePayout: route({
    method: 'POST',
    path: '/assessments/{assessmentId}/payouts',
    access: 'session',
    summary: 'Take a part of the profit out of the account; the same id again answers the same payout with 200',
    params: z.strictObject({ assessmentId }),
    body: z.strictObject({
      payoutId,
      amountUsd: usdText.refine((value) => value > 0n, 'must be greater than zero'),
    }),
    status: 201,
    response: payout,
  }),
  getEvidence: route({
    method: 'GET',
    path: '/assessments/{assessmentId}/evidence',
    access: 'session',
    summary:
      'Everything the verdict, a pass or a failure, was decided from: the bytes that were stored, their SHA-256 as ETag',
    params: z.strictObject({ assessmentId }),
    status: 200,
  }),
  getEvidenceTrades: route({
    method: 'GET',
    path: '/assessments/{assessmentId}/evidence/trades',
    access: 'session',
    summary: 'The trades that were complete when the verdict fell, each with its fills; newest first, at most 500',
    params: z.strictObject({ assessmentId }),
    status: 200,
    response: z.object({ trades: z.array(completedTrade) }),
  }),
  getEvidencePath: route({
    method: 'GET',
    path: '/assessments/{assessmentId}/evidence/prices',
    access: 'session',
    summary: 'One-minute candles around the verdict of all that was held then, or traded in the hour before it',
    params: z.strictObject({ assessmentId }),
    status: 200,
    response: z.object({
      at: z.int(),
      instruments: z.array(z.object({ instrument: instrumentId, candles: z.array(candle) })),
    }),
  }),
};

export const reportRoutes = {
  listReports: route({
    method: 'GET',
    path: '/reports',
    access: 'session',
    summary: 'One’s own reports, newest first',
    status: 200,
    response: z.object({
      reports: z.array(z.object({ reportId, assessmentId, title: z.string(), createdAt: z.int(), sha256: z.string() })),
    }),
  }),
  getReport: route({
    method: 'GET',
    path: '/reports/{reportId}/{format}',
    access: 'session',
    summary: 'A report as HTML or PDF',
    params: z.strictObject({ reportId, format: z.enum(['html', 'pdf']) }),
    status: 200,
  }),
};
