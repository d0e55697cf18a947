import type { Account } from '../../account/account';
import { capitalOf } from '../../account/standing/growth';
import { addUsd, divide, type Rounding, subUsd, type Usd, usd } from '../../kernel/money';
import type { RuleSet, Width } from './rule-set';

/**
 * The rules as they hold for an account whose capital has grown: what is measured from the starting balance counts from
 * the capital, and limits and caps in dollars grow in proportion, the last millionth for the trader where it is a
 * loss. The lock of a floor moves by what was added, so that no floor comes nearer. Rules that are in force already,
 * and those of an account that has not grown, are left as they are.
 */
export function rulesInForce(rules: RuleSet, { standing }: Pick<Account, 'standing'>): RuleSet {
  const { startingUsd } = rules;
  const capitalUsd = capitalOf(startingUsd, standing.payouts.growth);
  if (capitalUsd === startingUsd) return rules;
  const grown = <Amount extends Usd | null>(amount: Amount, rounding: Rounding) =>
    (amount === null ? null : usd(divide(amount * capitalUsd, startingUsd, rounding))) as Amount;
  const wide = (width: Width): Width => (width.kind === 'usd' ? { ...width, usd: grown(width.usd, 'ceil') } : width);
  const { maxLoss, dailyLoss, lossLayers, riskPerTrade, exposure } = rules;
  const lockUsd = maxLoss.lockUsd === null ? null : addUsd(maxLoss.lockUsd, subUsd(capitalUsd, startingUsd));
  return {
    ...rules,
    startingUsd: capitalUsd,
    maxLoss: { ...maxLoss, width: wide(maxLoss.width), lockUsd },
    dailyLoss: dailyLoss && {
      ...dailyLoss,
      width: wide(dailyLoss.width),
      gainCapUsd: grown(dailyLoss.gainCapUsd, 'ceil'),
    },
    lossLayers: lossLayers.map((layer) => ({ ...layer, width: wide(layer.width) })),
    riskPerTrade: riskPerTrade && { ...riskPerTrade, limitUsd: grown(riskPerTrade.limitUsd, 'ceil') },
    exposure: {
      ...exposure,
      positionUsdMax: grown(exposure.positionUsdMax, 'floor'),
      eventUsdMax: grown(exposure.eventUsdMax, 'floor'),
      categoryUsdMax: grown(exposure.categoryUsdMax, 'floor'),
      marketUsdMax: grown(exposure.marketUsdMax, 'floor'),
    },
  };
}
