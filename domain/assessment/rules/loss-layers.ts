import type { Account } from '../../account/account';
import type { LimitName } from '../../account/rule-name';
import type { Usd } from '../../kernel/money';
import type { LossLayer, RuleSet } from './rule-set';
import { rulesInForce } from './rules-in-force';

/** The name of a layer's limit, by its span. */
export const LAYER_NAMES = {
  day: 'second_daily_loss',
  week: 'weekly_loss',
  month: 'monthly_loss',
  total: 'static_loss',
} as const satisfies Readonly<Record<LossLayer['span'], LimitName>>;

/** The layer that a limit is of; undefined for another one. */
export const layerOf = ({ lossLayers }: Pick<RuleSet, 'lossLayers'>, rule: LimitName): LossLayer | undefined =>
  lossLayers.find(({ span }) => LAYER_NAMES[span] === rule);

/** What the daily loss counts from: taken when the day began, but a `peak` rises with the day. */
export const dailyAnchor = ({ dailyLoss }: RuleSet, account: Account): Usd =>
  dailyLoss?.anchor === 'peak' ? account.standing.peaks.dayPeakUsd : account.dayAnchorUsd;

/** What a layer counts from. The first, partial week and month count from the starting balance. */
export function layerAnchor(rules: RuleSet, account: Account, { span, anchor }: LossLayer): Usd {
  const { startingUsd } = rulesInForce(rules, account);
  const { standing } = account;
  if (anchor === 'initial') return startingUsd;
  if (anchor === 'same') return span === 'day' ? dailyAnchor(rules, account) : standing.peaks.highWaterUsd;
  switch (span) {
    case 'day':
      return standing.day.balanceUsd;
    case 'week':
      return standing.periods.weekUsd ?? startingUsd;
    case 'month':
      return standing.periods.monthUsd ?? startingUsd;
    case 'total':
      return startingUsd;
  }
}

/** Whether a limit that is touched, and does not fail, stops trading. */
export function pausesBy(rules: Pick<RuleSet, 'dailyLoss' | 'lossLayers'>, rule: LimitName): boolean {
  const severity = rule === 'daily_loss' ? rules.dailyLoss?.severity : layerOf(rules, rule)?.severity;
  return (severity ?? 'fail') !== 'fail';
}
