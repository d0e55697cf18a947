import { readSecret } from '../adapters/secrets/secret';
import { makePaymentProvider } from '../adapters/stripe/payment-provider';
import { readConfig } from './config';
import { stripeSecret } from './secret-schemas';

/** Read for each message: a secret that was rotated in counts from then on, without a deploy. */
export async function stripeWebhookSecrets(): Promise<readonly string[]> {
  const { STRIPE_SECRET } = readConfig('STRIPE_SECRET');
  return (await readSecret(STRIPE_SECRET, stripeSecret())).webhookSecrets;
}

export async function openPaymentProvider() {
  const { STRIPE_SECRET, STRIPE_API_URL, PUBLIC_ORIGIN } = readConfig(
    'STRIPE_SECRET',
    'STRIPE_API_URL',
    'PUBLIC_ORIGIN',
  );
  const { apiKey } = await readSecret(STRIPE_SECRET, stripeSecret());
  return makePaymentProvider({ apiKey, apiUrl: STRIPE_API_URL, publicOrigin: PUBLIC_ORIGIN });
}
