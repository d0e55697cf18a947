import * as z from 'zod';
import { assessmentStatus, holdKind } from '../assessment';
import { accountId, blackoutId, decisionId, instrumentId, purchaseId, signalId, userId } from '../ids';
import { text } from '../text';
import { moment } from '../time';
import { route } from './route';

/** What somebody of the risk desk decided on a signal; nothing follows from it for any account. */
export const riskDecision = z.object({
  decisionId,
  outcome: z.enum(['dismissed', 'confirmed']),
  reason: z.string(),
  decidedBy: userId,
  decidedAt: z.int(),
});

/** Something that somebody should look at and decide: a person's conduct, a verdict on a wrong payout, a payment. */
export const riskSignal = z.object({
  signalId,
  kind: z.enum(['hedging', 'reversing', 'copying', 'wrong_payout', 'payment']),
  userId,
  /** From when to when it was seen; it may go on after `seenUntil`. */
  beganAt: z.int(),
  seenUntil: z.int(),
  detectedAt: z.int(),
  /**
   * The opposite positions: of hedging one of each account, of reversing what was closed and what was opened. Of
   * copying what both accounts traded first that day. Of a wrong payout the position that it was paid for.
   */
  legs: z.array(z.object({ accountId, instrument: instrumentId, side: z.enum(['long', 'short']) })),
  /** How the assessment ended, and how it stands by the same evidence with the right payout; null of conduct. */
  verdict: z.object({ given: assessmentStatus, rightly: assessmentStatus }).nullable(),
  /** A copying signal has it: how often that day, and whose the second leg's account is; `userId` is the first leg's. */
  copied: z.object({ times: z.int(), otherUserId: userId }).nullable(),
  /** A payment's signal has it: what became of the payment, null where it stands again, and the accounts that came by it. */
  payment: z
    .object({ purchaseId, reversal: holdKind.nullable(), accountIds: z.array(accountId).readonly() })
    .nullable(),
  /** Oldest first: the last one counts, the others stay on record. */
  decisions: z.array(riskDecision),
});

/** Scheduled news. How long before and after it no new risk is taken is each tier's rule. */
export const blackout = z.object({
  blackoutId,
  /** Null: every instrument. */
  instruments: z.array(instrumentId).readonly().nullable(),
  title: z.string(),
  at: z.int(),
});

const WHY = 'must say why, in 1 to 1000 characters';
const reason = text(WHY).trim().min(1, WHY).max(1_000, WHY);

const title = text().trim().min(1).max(120);

/** No instrument twice. */
const concerned = z
  .array(instrumentId)
  .min(1)
  .max(200)
  .refine((all) => new Set(all).size === all.length, 'must name each instrument once')
  .readonly();

export const riskDeskRoutes = {
  listSignals: route({
    method: 'GET',
    path: '/risk/signals',
    access: 'risk',
    summary: 'Signals about conduct and about verdicts on wrong payouts, the last detected first, at most 500',
    query: z.strictObject({ which: z.enum(['all', 'undecided', 'decided']).optional() }),
    status: 200,
    response: z.object({ signals: z.array(riskSignal) }),
  }),
  putDecision: route({
    method: 'PUT',
    path: '/risk/signals/{signalId}/decisions/{decisionId}',
    access: 'risk',
    summary: 'Puts on record what was decided on a signal and why; a later decision supersedes, no account is changed',
    params: z.strictObject({ signalId, decisionId }),
    body: z.strictObject({ outcome: riskDecision.shape.outcome, reason }),
    status: 200,
    response: riskDecision,
  }),
  listBlackouts: route({
    method: 'GET',
    path: '/admin/blackouts',
    access: 'risk',
    summary: 'Scheduled news from a day ago on, earliest first',
    status: 200,
    response: z.object({ blackouts: z.array(blackout) }),
  }),
  putBlackout: route({
    method: 'PUT',
    path: '/admin/blackouts/{blackoutId}',
    access: 'risk',
    summary: 'Adds or changes scheduled news; tiers with a news rule allow no new risk around it',
    params: z.strictObject({ blackoutId }),
    body: z.strictObject({ instruments: concerned.nullable(), title, at: moment }),
    status: 200,
    response: blackout,
  }),
  deleteBlackout: route({
    method: 'DELETE',
    path: '/admin/blackouts/{blackoutId}',
    access: 'risk',
    summary: 'Takes scheduled news back; it counts no longer within seconds',
    params: z.strictObject({ blackoutId }),
    status: 204,
  }),
};
