import type { PayoutRules } from '../../../../domain/assessment/rules/payout-rules';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { type InstrumentId, idOf } from '../../../../domain/kernel/ids';
import { ppm } from '../../../../domain/kernel/money';
import { dollars, RULES } from '../../../fixtures/domain-story';
import { payingOut, widthFrom } from '../rule-sets';

type Part = 'target' | 'maxLoss' | 'dailyLoss' | 'riskPerTrade' | 'exposure' | 'activity' | 'conduct';

/** The rules of the story with one part changed. */
export const having = <P extends Part>(part: P, change: Partial<NonNullable<RuleSet[P]>>): RuleSet => ({
  ...RULES,
  [part]: { ...RULES[part], ...change },
});

export const trailing = (change: Partial<RuleSet['maxLoss']>) => having('maxLoss', { mode: 'trailing_eod', ...change });
export const ONCE = { stopCorrection: { count: 1, withinMs: 1 } };
export const NO_STOP = 'must be null where no stop is asked for';
export const corrected = (count: number, withinMs: number) => ({
  stopWithinMs: 1,
  stopCorrection: { count, withinMs },
});
export const OPEN_SHARE = 'must be above 0 and at most 1';
export const times = (leverage: number) => ppm(BigInt(Math.round(leverage * 10)) * 100_000n);

export const leverages = (...each: readonly [string, number][]) =>
  each.map(([id, leverageMax]) => ({ instrument: idOf<InstrumentId>(id), leverageMax: times(leverageMax) }));
export const IN_ORDER = 'must be in the order of the alphabet, those without a name first, and of their balances';
export const REFUSED = 'must be unjudged where an order is refused for it';
export const NO_MISS = 'must be null where no stop is asked for, or each that is missing fails';
export const MISSES = { stopMissesToFail: 3 };
export const MISSED = { ...MISSES, stopWithinMs: 1, stopSeverity: 'close' } as const;
export const stepped = (...steps: readonly (readonly [string | null, string, string])[]) =>
  having('exposure', {
    sizeSteps: steps.map(([id, from, most]) => ({
      instrument: id === null ? null : idOf<InstrumentId>(id),
      fromBalanceUsd: dollars(from),
      most: { kind: 'usd', usd: dollars(most) },
    })),
  });
export const flatAt = (time: string, quietMs: number) => having('conduct', { flatAt: { time, quietMs } });
export const newsOf = (change: Partial<NonNullable<RuleSet['conduct']['news']>>) =>
  having('conduct', { news: { beforeMs: 60_000, afterMs: 0, bars: 'new_risk', winShare: null, ...change } });
export const LAYERED = 'must be one of each span, in the order day, week, month, total';
export const LAYER = {
  span: 'day',
  anchor: 'balance',
  width: widthFrom('1'),
  severity: 'fail',
  weekBegins: 'monday',
} as const;
export const layersOf = (...each: readonly (readonly ['day' | 'week' | 'month', string])[]): RuleSet => ({
  ...RULES,
  lossLayers: each.map(([span, width]) => ({ ...LAYER, span, width: widthFrom(width) })),
});
export const SAME = 'must not count as a daily loss that there is not, or as a maximum loss that never moves';
export const sameAs = (span: 'day' | 'week' | 'total', rules: RuleSet): RuleSet => ({
  ...rules,
  lossLayers: [{ ...LAYER, span, anchor: 'same', severity: 'pause' }],
});
export const SPREAD = { of: 'net', per: 'day', severity: 'gate' } as const;
export const capped = (shareMax: bigint) => ({ ...RULES, consistency: { ...SPREAD, shareMax: ppm(shareMax) } });

export const sized = (least: bigint) => having('activity', { dayCountsIf: 'size', daySizeShareMin: ppm(least) });
export const SIZED = 'must be above 0 and at most 1 where a day counts by size';
export const PASSED = 'must be null with a target: what is passed is not paid out of';
export const LEAST = 'must leave the trader minUsd after the split';
export const wonDays = (dayUsd: string) => ({ min: 5, dayUsd: dollars(dayUsd) });
export const paying = (change: Partial<PayoutRules>): RuleSet => payingOut({ ...RULES, target: null }, change);
