import { makePurchaseStore } from '../../adapters/cockroach/purchase/purchase-store';
import { readMessage } from '../../adapters/stripe/messages';
import { settlePurchase } from '../../usecases/purchase/settle-purchase';
import { readConfig } from '../config';
import { functionDatabase } from '../database';
import { systemClock, uuidIds } from '../edge';
import { lazy } from '../lazy';
import { openPaymentProvider, stripeWebhookSecrets } from '../stripe';

/** What the function `stripe-webhook` does with a message that is genuine. */
export const settlement = lazy(async () =>
  settlePurchase({
    purchases: makePurchaseStore(await functionDatabase()),
    provider: await openPaymentProvider(),
    clock: systemClock,
    ids: uuidIds,
    holdsUnpaid: readConfig('HOLD_UNPAID').HOLD_UNPAID === 'on',
  }),
);

export const readStripeMessage = async (raw: Buffer, signature: string | undefined) =>
  readMessage(raw, signature, await stripeWebhookSecrets(), systemClock.now());
