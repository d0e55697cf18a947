import { type Account, balanceOf } from '../../account/account';
import type { Periods } from '../../account/standing/periods';
import { addUsd, divide, MILLION, type Ppm, portion, subUsd, type Usd, usd, ZERO_USD } from '../../kernel/money';
import { maxLossFloor, widthOf } from '../rules/limits';
import type { RuleSet, Width } from '../rules/rule-set';
import { rulesInForce } from '../rules/rules-in-force';

const WHOLE = MILLION;

/** The trader's share of the profit, rounded down, and the fee that is given back with it. */
export const payoutUsd = (profitUsd: Usd, share: Ppm, refundUsd: Usd): Usd =>
  addUsd(portion(profitUsd, share, 'floor'), refundUsd);

/**
 * The account after money has left it. A payout is no loss: what the day counts from falls with it, but for a day that
 * counts from the starting balance; what it does to the high-water mark is the tier's rule.
 */
export function afterPayout(pinned: RuleSet, account: Account, amountUsd: Usd): Account {
  const rules = rulesInForce(pinned, account);
  const { standing } = account;
  const lessPaid = (value: Usd) => subUsd(value, amountUsd);
  return {
    ...account,
    cashUsd: lessPaid(account.cashUsd),
    dayAnchorUsd: rules.dailyLoss?.anchor === 'initial' ? account.dayAnchorUsd : lessPaid(account.dayAnchorUsd),
    standing: {
      ...standing,
      peaks: {
        ...standing.peaks,
        highWaterUsd: markAfter(rules, standing.peaks.highWaterUsd, amountUsd),
        dayPeakUsd: lessPaid(standing.peaks.dayPeakUsd),
      },
      day: { ...standing.day, balanceUsd: lessPaid(standing.day.balanceUsd) },
      periods: periodsAfter(rules, standing.periods, lessPaid),
    },
  };
}

/** A week and a month count from as much less, the first of them from the starting balance. */
function periodsAfter({ lossLayers, startingUsd }: RuleSet, periods: Periods, lessPaid: (value: Usd) => Usd): Periods {
  const counts = (span: 'week' | 'month') =>
    lossLayers.some((layer) => layer.span === span && layer.anchor === 'balance');
  return {
    weekUsd: counts('week') ? lessPaid(periods.weekUsd ?? startingUsd) : periods.weekUsd,
    monthUsd: counts('month') ? lessPaid(periods.monthUsd ?? startingUsd) : periods.monthUsd,
  };
}

function markAfter({ maxLoss, startingUsd }: RuleSet, highWaterUsd: Usd, amountUsd: Usd): Usd {
  switch (maxLoss.payoutEffect) {
    case 'none':
      return highWaterUsd;
    case 'lowers_mark':
      return subUsd(highWaterUsd, amountUsd);
    case 'floor_to_start':
      return liftedMark({ maxLoss, startingUsd });
  }
}

/** The mark of an account whose floor a payout moved to the starting balance. */
export const liftedMark = ({ maxLoss, startingUsd }: Pick<RuleSet, 'maxLoss' | 'startingUsd'>): Usd =>
  markOver(startingUsd, maxLoss.width);

/** The high-water mark whose floor this is, rounded down: the last millionth is the trader's. */
const markOver = (floorUsd: Usd, width: Width): Usd =>
  width.kind === 'usd' ? addUsd(floorUsd, width.usd) : usd(divide(floorUsd * WHOLE, WHOLE - width.share, 'floor'));

/**
 * The most that may be paid out of the profit so that the account keeps its whole width above the floor; less than that
 * and one bad trade ends it.
 */
export function safePayoutUsd(pinned: RuleSet, account: Account): Usd {
  const rules = rulesInForce(pinned, account);
  let [safe, unsafe] = [-1n, balanceOf(account) - rules.startingUsd + 1n];
  while (unsafe - safe > 1n) {
    const middle = (safe + unsafe) / 2n;
    if (keepsWidth(rules, afterPayout(rules, account, usd(middle)))) safe = middle;
    else unsafe = middle;
  }
  return safe > 0n ? usd(safe) : ZERO_USD;
}

const keepsWidth = (rules: RuleSet, account: Account): boolean =>
  balanceOf(account) - maxLossFloor(rules, account) >=
  widthOf(rules.maxLoss.width, account.standing.peaks.highWaterUsd);
