import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../domain/kernel/instant';

/** Stripe's own tolerance: an older message may be a replay. */
const TOLERANCE_S = 300;

/**
 * Whether one of the secrets signed these very bytes not long ago. The header is `t=<epoch seconds>,v1=<hex>,…`; signed
 * is `<t>.<body>` with HMAC-SHA256. While a secret is rotated Stripe sends a signature for each.
 * https://docs.stripe.com/webhooks#verify-manually
 */
export function isSigned(raw: Buffer, header: string | undefined, secrets: readonly string[], now: Instant): boolean {
  const fields = (header ?? '').split(',').map((field) => field.trim().split('='));
  const time = fields.find(([name]) => name === 't')?.[1] ?? '';
  if (!/^\d{1,12}$/.test(time) || Math.abs(now / 1000 - Number(time)) > TOLERANCE_S) return false;
  const given = fields.flatMap(([name, value]) => (name === 'v1' && value ? [Buffer.from(value, 'hex')] : []));
  return secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(`${time}.`).update(raw).digest();
    return given.some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
  });
}
