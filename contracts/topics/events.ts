import * as z from 'zod';
import { position } from '../account';
import { assessmentStatus, ruleName } from '../assessment';
import { priceText, qtyText, usdText } from '../decimal';
import {
  accountId,
  assessmentId,
  fillId,
  instrumentId,
  orderId,
  purchaseId,
  reportId,
  tierId,
  userId,
  violationId,
} from '../ids';

const account = { accountId, assessmentId, userId };

const level = z.object({ price: priceText, qty: qtyText });

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
  'assessment.created': z.object({
    ...account,
    tierId,
    tierName: z.string(),
    ruleSetVersion: z.int(),
    ruleSetHash: z.string(),
    startingUsd: usdText,
  }),
  'assessment.day-opened': z.object({ ...account, day: z.string(), dayAnchorUsd: usdText }),
  'assessment.abandoned': z.object({
    ...account,
    status: z.literal('failed'),
    breach: ruleName,
    violationId,
    equityUsd: usdText,
  }),
  'assessment.completed': z.object({ ...account, status: z.literal('passed'), equityUsd: usdText }),
  'trading.order-placed': z.object({
    ...account,
    orderId,
    instrument: instrumentId,
    side: z.enum(['buy', 'sell']),
    type: z.literal('market'),
    qty: qtyText,
  }),
  'trading.order-filled': z.object({
    ...account,
    orderId,
    fillId,
    instrument: instrumentId,
    side: z.enum(['buy', 'sell']),
    qty: qtyText,
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
  }),
  'rules.violation-detected': z.object({
    ...account,
    violationId,
    rule: ruleName,
    limitUsd: usdText,
    usedUsd: usdText,
    equityUsd: usdText,
    evidenceHash: z.string(),
  }),
  'report.ready': z.object({ ...account, reportId, title: z.string(), assessmentStatus, sha256: z.string() }),
  'market-data.quote': z.object({
    instrument: instrumentId,
    venue: z.enum(['kraken', 'polymarket']),
    sequence: z.int(),
    venueProof: z.string(),
    quality: z.enum(['good', 'gapped', 'crossed', 'stale']),
    venueAt: z.int(),
    receivedAt: z.int(),
    /** Absent on an empty side, and then the quality is not `good`. */
    bid: level.nullable(),
    ask: level.nullable(),
  }),
};

export type EventType = keyof typeof eventData;
export type EventData<T extends EventType> = z.output<(typeof eventData)[T]>;
