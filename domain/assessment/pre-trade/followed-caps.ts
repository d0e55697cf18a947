import type { Account } from '../../account/account';
import { divide, type Usd, usd, ZERO_USD } from '../../kernel/money';
import type { RuleSet } from '../rules/rule-set';

/**
 * A cap in dollars as it is today: where caps follow the balance it is as much more, or less, than it was at the start
 * as the balance with which the day began; rounded down. Null: there is none.
 */
export function followedCap(
  { exposure, startingUsd }: Pick<RuleSet, 'exposure' | 'startingUsd'>,
  { standing }: Pick<Account, 'standing'>,
  capUsd: Usd | null,
): Usd | null {
  if (capUsd === null || exposure.capsFollow === 'start') return capUsd;
  const { balanceUsd } = standing.day;
  return balanceUsd <= 0n ? ZERO_USD : usd(divide(capUsd * balanceUsd, startingUsd, 'floor'));
}
