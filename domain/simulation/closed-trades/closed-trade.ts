import type { Instant } from '../../kernel/instant';
import { divide, largerUsd, smallerUsd, type Usd, ZERO_USD } from '../../kernel/money';
import type { PastTrade } from '../strategy';
import { CENT } from '../unsupported';

/** A trade that somebody made, here or elsewhere. */
export type ClosedTrade = {
  /** Null where nobody wrote it down. */
  readonly openedAt: Instant | null;
  readonly closedAt: Instant;
  /** The result net of fees. */
  readonly netUsd: Usd;
  /** The worst and the best that it stood at while it was open; null where nobody looked: it went to its result. */
  readonly worstUsd: Usd | null;
  readonly bestUsd: Usd | null;
};

/** The trade in whole cents, each rounded down: a gain is never drawn larger than it was, a loss never smaller. */
export function pastTrade({ netUsd, worstUsd, bestUsd }: ClosedTrade): PastTrade {
  const worst = smallerUsd(worstUsd ?? ZERO_USD, smallerUsd(netUsd, ZERO_USD));
  const best = largerUsd(bestUsd ?? ZERO_USD, largerUsd(netUsd, ZERO_USD));
  return { resultCents: wholeCents(netUsd), worstCents: wholeCents(worst), bestCents: wholeCents(best) };
}

const wholeCents = (amount: Usd): bigint => divide(amount, CENT, 'floor');
