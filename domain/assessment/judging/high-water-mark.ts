import { type Account, balanceOf } from '../../account/account';
import type { Peaks } from '../../account/standing';
import type { Instant } from '../../kernel/instant';
import { largerUsd, type Usd } from '../../kernel/money';
import type { MaxLoss, RuleSet } from '../rules/rule-set';

/**
 * What a judgement leaves behind: a higher high-water mark that trails every price, and the day's peak where the daily
 * loss counts from it. After the test, so that a new peak never breaks its own floor. The same account if neither rose.
 */
export function raiseHighWater(rules: RuleSet, account: Account, equityUsd: Usd): Account {
  const { maxLoss, dailyLoss } = rules;
  const { highWaterUsd, dayPeakUsd } = account.standing.peaks;
  const mark = maxLoss.mode === 'trailing_intraday' ? trailedEquity(maxLoss, account, equityUsd) : highWaterUsd;
  const peak = dailyLoss?.anchor === 'peak' ? equityUsd : dayPeakUsd;
  if (mark <= highWaterUsd && peak <= dayPeakUsd) return account;
  return withPeaks(account, {
    highWaterUsd: largerUsd(mark, highWaterUsd),
    dayPeakUsd: largerUsd(peak, dayPeakUsd),
  });
}

/** The same, at prices whose latest was received at `at`. */
export function raiseHighWaterAt(rules: RuleSet, account: Account, equityUsd: Usd, at: Instant): Account {
  const remembered = raiseHighWater(rules, account, equityUsd);
  return remembered === account ? account : withPeaks(remembered, { at });
}

/**
 * What a fill leaves behind, to be taken after each of them: the mark of `trailing_closed` follows the balance, and
 * with no position left the next one is warned of its own loss anew, and of the loss that is open.
 */
export function raiseAfterFill(rules: RuleSet, account: Account): Account {
  const { peaks, warned } = account.standing;
  const { highWaterUsd } = peaks;
  const balance = rules.maxLoss.mode === 'trailing_closed' ? balanceOf(account) : highWaterUsd;
  const isRaised = balance > highWaterUsd;
  const isForgotten = account.positions.length === 0 && (warned.risk_per_trade ?? warned.open_loss) !== undefined;
  if (!isRaised && !isForgotten) return account;
  const { risk_per_trade, open_loss, ...others } = warned;
  const standing = isForgotten ? { ...account.standing, warned: others } : account.standing;
  return isRaised ? withPeaks({ ...account, standing }, { highWaterUsd: balance }) : { ...account, standing };
}

/** What the high-water mark of this account would trail now. */
export function trailedEquity({ trails }: MaxLoss, account: Account, equityUsd: Usd): Usd {
  switch (trails) {
    case 'equity':
      return equityUsd;
    case 'balance':
      return balanceOf(account);
    case 'higher':
      return largerUsd(balanceOf(account), equityUsd);
  }
}

const withPeaks = (account: Account, change: Partial<Peaks>): Account => ({
  ...account,
  standing: { ...account.standing, peaks: { ...account.standing.peaks, ...change } },
});
