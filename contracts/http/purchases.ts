import * as z from 'zod';
import { usdText } from '../decimal';
import { accountId, assessmentId, purchaseId, tierId } from '../ids';
import { tierSlug } from '../leaderboard';
import { program } from '../program';
import { text } from '../text';
import { isoMoment } from '../time';
import { leaderboardRoutes } from './leaderboards';
import { route } from './route';

export const tier = z.object({
  tierId,
  slug: z.string(),
  name: z.string(),
  priceUsd: usdText,
  ruleSetVersion: z.int(),
  /** SHA-256 of the canonical program, hex. */
  ruleSetHash: z.string(),
  ...program.shape,
});

const tierTemplate = z.object({
  slug: tierSlug,
  firm: z.string(),
  name: z.string(),
  /** The day on which the sources were read. */
  readOn: z.string(),
  sources: z.array(z.string()).readonly(),
  /** What the firm publishes, the parameters that say it, and what they leave out. */
  rules: z
    .array(
      z.object({
        rule: z.string(),
        published: z.string(),
        said: z.array(z.string()).readonly(),
        missing: z.string().nullable(),
      }),
    )
    .readonly(),
  ...program.shape,
});

const purchase = z.object({
  purchaseId,
  /** A tier, or a fresh start of a phase that failed. */
  kind: z.enum(['tier', 'reset']),
  /** The failed assessment that a reset starts anew. */
  resetOf: assessmentId.nullable(),
  tierSlug: z.string(),
  tierName: z.string(),
  priceUsd: usdText,
  status: z.enum(['pending', 'completed', 'expired', 'refunded', 'disputed']),
  assessmentId: assessmentId.nullable(),
  createdAt: isoMoment,
});

export const tierRoutes = {
  ...leaderboardRoutes,
  listTiers: route({
    method: 'GET',
    path: '/tiers',
    access: 'public',
    summary: 'Assessments on sale, with their rules',
    status: 200,
    response: z.object({ tiers: z.array(tier) }),
  }),
  listTierTemplates: route({
    method: 'GET',
    path: '/admin/tier-templates',
    access: 'admin',
    summary: 'Published rules of well-known firms, to start a tier from; what of each cannot be said, and why',
    status: 200,
    response: z.object({ templates: z.array(tierTemplate) }),
  }),
  publishTier: route({
    method: 'PUT',
    path: '/admin/tiers/{slug}',
    access: 'admin',
    summary: 'Puts a tier on sale or changes it; a changed program becomes a new version, what is sold keeps its own',
    params: z.strictObject({ slug: tierSlug }),
    bodyBytesMax: 256 * 1024, // Five phases may each name a leverage for a hundred instruments.
    body: z.strictObject({ name: text().trim().min(1).max(80), priceUsd: usdText, ...program.shape }),
    status: 200,
    response: tier,
  }),
};

const checkout = z.object({ purchaseId, checkoutUrl: z.string() });

export const purchaseRoutes = {
  startPurchase: route({
    method: 'POST',
    path: '/purchases',
    access: 'session',
    summary: 'Opens a Stripe Checkout for a tier; the purchase id is the idempotency key',
    body: z.strictObject({ purchaseId, tierSlug }),
    status: 201,
    response: checkout,
  }),
  startReset: route({
    method: 'POST',
    path: '/assessments/{assessmentId}/reset',
    access: 'session',
    summary: 'Opens a Stripe Checkout for a fresh start of the phase that failed; paid, it opens the next attempt',
    params: z.strictObject({ assessmentId }),
    body: z.strictObject({ purchaseId }),
    status: 201,
    response: checkout,
  }),
  retryAssessment: route({
    method: 'POST',
    path: '/assessments/{assessmentId}/retry',
    access: 'session',
    summary: 'Uses a free retry of the phase that failed; asked again, the answer is the same new attempt',
    params: z.strictObject({ assessmentId }),
    status: 201,
    response: z.object({ assessmentId, accountId }),
  }),
  listPurchases: route({
    method: 'GET',
    path: '/purchases',
    access: 'session',
    summary: 'One’s own purchases, newest first',
    status: 200,
    response: z.object({ purchases: z.array(purchase) }),
  }),
  getPurchase: route({
    method: 'GET',
    path: '/purchases/{purchaseId}',
    access: 'session',
    summary: 'One purchase, to watch it complete after checkout',
    params: z.strictObject({ purchaseId }),
    status: 200,
    response: purchase,
  }),
};

export const webhookRoutes = {
  stripe: route({
    method: 'POST',
    path: '/webhooks/stripe',
    access: 'public',
    summary: 'Stripe’s signed events; the only thing that grants an assessment',
    rawBody: true,
    bodyBytesMax: 512 * 1024,
    status: 200,
    response: z.object({ received: z.literal(true) }),
  }),
};
