import * as z from 'zod';
import { ruleSet } from '../assessment';
import { usdText } from '../decimal';
import { assessmentId, purchaseId, tierId } from '../ids';
import { route } from './route';

export const tierSlug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be a slug such as sprint-10k')
  .max(60);

export const tier = z.object({
  tierId,
  slug: z.string(),
  name: z.string(),
  priceUsd: usdText,
  ruleSetVersion: z.int(),
  /** SHA-256 of the canonical rule set, hex. */
  ruleSetHash: z.string(),
  rules: ruleSet,
});

const purchase = z.object({
  purchaseId,
  tierSlug: z.string(),
  tierName: z.string(),
  priceUsd: usdText,
  status: z.enum(['pending', 'completed', 'expired', 'refunded', 'disputed']),
  assessmentId: assessmentId.nullable(),
  createdAt: z.string(),
});

export const tierRoutes = {
  listTiers: route({
    method: 'GET',
    path: '/tiers',
    access: 'public',
    summary: 'Assessments on sale, with their rules',
    status: 200,
    response: z.object({ tiers: z.array(tier) }),
  }),
  publishTier: route({
    method: 'PUT',
    path: '/admin/tiers/{slug}',
    access: 'admin',
    summary: 'Puts a tier on sale or changes it; changed rules become a new version, sold assessments keep theirs',
    params: z.strictObject({ slug: tierSlug }),
    body: z.strictObject({ name: z.string().trim().min(1).max(80), priceUsd: usdText, rules: ruleSet }),
    status: 200,
    response: tier,
  }),
};

export const purchaseRoutes = {
  startPurchase: route({
    method: 'POST',
    path: '/purchases',
    access: 'session',
    summary: 'Opens a Stripe Checkout for a tier; the purchase id is the idempotency key',
    body: z.strictObject({ purchaseId, tierSlug }),
    status: 201,
    response: z.object({ purchaseId, checkoutUrl: z.string() }),
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
    status: 200,
    response: z.object({ received: z.literal(true) }),
  }),
};
