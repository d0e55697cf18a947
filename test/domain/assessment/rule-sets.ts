import type { Account } from '../../../domain/account/account';
import { freshStanding } from '../../../domain/account/standing/standing';
import type { PayoutRules } from '../../../domain/assessment/rules/payout-rules';
import type { DailyLoss, MaxLoss, RuleSet, Width } from '../../../domain/assessment/rules/rule-set';
import { tradingDayAt } from '../../../domain/assessment/rules/trading-day';
import { idOf, type PayoutId } from '../../../domain/kernel/ids';
import { parsePpm, ppm } from '../../../domain/kernel/money';
import { accountWith, dollars, moment, RULES } from '../../fixtures/domain-story';

/** `3000` dollars, or a share such as `0.05`. */
export const widthFrom = (text: string): Width => {
  const share = text.startsWith('0.') ? parsePpm(text) : undefined;
  return share === undefined ? { kind: 'usd', usd: dollars(text) } : { kind: 'share', share };
};

/** One maximum loss and nothing else, on 100,000 unless said otherwise. */
export const maxLossOf = (
  mode: MaxLoss['mode'],
  width: string,
  { starting = '100000', ...more }: Partial<MaxLoss> & { readonly starting?: string } = {},
): RuleSet => ({
  ...RULES,
  startingUsd: dollars(starting),
  target: null,
  maxLoss: { ...RULES.maxLoss, mode, width: widthFrom(width), ...more },
  dailyLoss: null,
  riskPerTrade: null,
});

/** One daily loss; the maximum loss is out of its way. */
export const dailyLossOf = (
  anchor: DailyLoss['anchor'],
  width: string,
  { starting = '100000', ...more }: Partial<DailyLoss> & { readonly starting?: string } = {},
): RuleSet => ({
  ...RULES,
  startingUsd: dollars(starting),
  target: null,
  maxLoss: { ...RULES.maxLoss, width: { kind: 'share', share: ppm(999_999n) } },
  dailyLoss: { anchor, width: widthFrom(width), severity: 'fail', gainCapUsd: null, ...more },
  riskPerTrade: null,
});

/** Four fifths of any profit at any time, unless said otherwise. */
export const payingOut = (rules: RuleSet, change: Partial<PayoutRules> = {}): RuleSet => ({
  ...rules,
  payout: {
    split: ppm(800_000n),
    firstAfterDays: 0,
    everyDays: 0,
    profitMinUsd: null,
    minUsd: null,
    maxUsd: null,
    shareOfProfitMax: null,
    bufferUsd: dollars('0'),
    winningDays: null,
    consistencyMax: null,
    requiresFlat: false,
    scaling: null,
    ...change,
  },
});

/** The id of a payout; one account takes none twice, which the store sees to. */
export const PAYOUT = { payoutId: idOf<PayoutId>('00000000-0000-7000-8000-00000000000a') };

/** Funded on Monday 2 March 2026 at 14:10 UTC. */
export const funded = (rules: RuleSet): Account => {
  const at = moment('2026-03-02T14:10:00Z');
  return accountWith('0', [], {
    cashUsd: rules.startingUsd,
    day: tradingDayAt(at, rules).day,
    dayAnchorUsd: rules.startingUsd,
    standing: freshStanding(rules.startingUsd, at),
  });
};
