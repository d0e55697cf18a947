import { type Usd, usd } from '../kernel/money';
import type { Fault } from '../kernel/result';

const CENT = 10_000n;
/** Stripe's limits for one charge in US dollars. */
const PRICE_MIN = usd(50n * CENT);
const PRICE_MAX = usd(99_999_999n * CENT);

/** Why a price cannot be charged; undefined when it can. */
export function priceFault(priceUsd: Usd): Fault | undefined {
  if (priceUsd % CENT !== 0n) return { field: 'priceUsd', rule: 'must be whole cents' };
  if (priceUsd < PRICE_MIN) return { field: 'priceUsd', rule: 'must be at least 0.50' };
  if (priceUsd > PRICE_MAX) return { field: 'priceUsd', rule: 'must be at most 999999.99' };
  return undefined;
}

/** The provider counts in cents; a price that can be charged has no remainder. */
export const centsOf = (amount: Usd): bigint => amount / CENT;
export const usdOfCents = (cents: number): Usd => usd(BigInt(cents) * CENT);
