import type { PayoutRules } from '../../../../domain/assessment/rules/payout-rules';
import { ruleFault } from '../../../../domain/assessment/rules/rule-faults';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { type InstrumentId, idOf } from '../../../../domain/kernel/ids';
import { ppm, usd } from '../../../../domain/kernel/money';
import { dollars, RULES } from '../../../fixtures/domain-story';
import { payingOut, widthFrom } from '../rule-sets';

type Part = 'target' | 'maxLoss' | 'dailyLoss' | 'riskPerTrade' | 'exposure' | 'activity' | 'conduct';

/** The rules of the story with one part changed. */
const having = <P extends Part>(part: P, change: Partial<NonNullable<RuleSet[P]>>): RuleSet => ({
  ...RULES,
  [part]: { ...RULES[part], ...change },
});

const trailing = (change: Partial<RuleSet['maxLoss']>) => having('maxLoss', { mode: 'trailing_eod', ...change });
const ONCE = { stopCorrection: { count: 1, withinMs: 1 } };
const NO_STOP = 'must be null where no stop is asked for';
const corrected = (count: number, withinMs: number) => ({ stopWithinMs: 1, stopCorrection: { count, withinMs } });
const OPEN_SHARE = 'must be above 0 and at most 1';
const times = (leverage: number) => ppm(BigInt(Math.round(leverage * 10)) * 100_000n);

const leverages = (...each: readonly [string, number][]) =>
  each.map(([id, leverageMax]) => ({ instrument: idOf<InstrumentId>(id), leverageMax: times(leverageMax) }));
const IN_ORDER = 'must be in the order of the alphabet, those without a name first, and of their balances';
const REFUSED = 'must be unjudged where an order is refused for it';
const NO_MISS = 'must be null where no stop is asked for, or each that is missing fails';
const MISSES = { stopMissesToFail: 3 };
const MISSED = { ...MISSES, stopWithinMs: 1, stopSeverity: 'close' } as const;
const stepped = (...steps: readonly (readonly [string | null, string, string])[]) =>
  having('exposure', {
    sizeSteps: steps.map(([id, from, most]) => ({
      instrument: id === null ? null : idOf<InstrumentId>(id),
      fromBalanceUsd: dollars(from),
      most: { kind: 'usd', usd: dollars(most) },
    })),
  });
const flatAt = (time: string, quietMs: number) => having('conduct', { flatAt: { time, quietMs } });
const newsOf = (change: Partial<NonNullable<RuleSet['conduct']['news']>>) =>
  having('conduct', { news: { beforeMs: 60_000, afterMs: 0, bars: 'new_risk', winShare: null, ...change } });
const PASSED = 'must be null with a target: what is passed is not paid out of';
const LEAST = 'must leave the trader minUsd after the split';
const wonDays = (dayUsd: string) => ({ min: 5, dayUsd: dollars(dayUsd) });
const paying = (change: Partial<PayoutRules>): RuleSet => payingOut({ ...RULES, target: null }, change);
const LAYERED = 'must be one of each span, in the order day, week, month, total';
const LAYER = {
  span: 'day',
  anchor: 'balance',
  width: widthFrom('1'),
  severity: 'fail',
  weekBegins: 'monday',
} as const;
const layersOf = (...each: readonly (readonly ['day' | 'week' | 'month', string])[]): RuleSet => ({
  ...RULES,
  lossLayers: each.map(([span, width]) => ({ ...LAYER, span, width: widthFrom(width) })),
});
const SPREAD = { of: 'net', per: 'day', severity: 'gate' } as const;
const capped = (shareMax: bigint) => ({ ...RULES, consistency: { ...SPREAD, shareMax: ppm(shareMax) } });

const sized = (least: bigint) => having('activity', { dayCountsIf: 'size', daySizeShareMin: ppm(least) });
const SIZED = 'must be above 0 and at most 1 where a day counts by size';

/** Goal: rules by which somebody can be judged, up to the very edge. */
test.each<[string, RuleSet]>([
  ['sound rules', RULES],
  ['nothing but a maximum loss', { ...RULES, target: null, dailyLoss: null, riskPerTrade: null }],
  ['a target as large as the account', having('target', { profitUsd: dollars('100000') })],
  ['a maximum loss a millionth short of everything', having('maxLoss', { width: widthFrom('99999.999999') })],
  ['a maximum loss of nearly the whole mark', having('maxLoss', { width: widthFrom('0.999999') })],
  ['a daily loss as wide as the maximum loss', having('dailyLoss', { width: widthFrom('10000') })],
  ['a daily loss that is a share as wide', having('dailyLoss', { width: widthFrom('0.1') })],
  ['a risk as large as the maximum loss', having('riskPerTrade', { limitUsd: dollars('10000') })],
  ['a lock at the first floor', trailing({ lockUsd: dollars('90000') })],
  ['a lock above the start', trailing({ lockUsd: dollars('100100') })],
  ['a floor that follows closed trades', having('maxLoss', { mode: 'trailing_closed', trails: 'balance' })],
  ['a floor that follows equity', trailing({ trails: 'equity' })],
  ['a layer of each span but the account', layersOf(['day', '1'], ['week', '2'], ['month', '3'])],
  ['leverage in parts', having('exposure', { leverageMax: times(2.5) })],
  ['sizes by balance', stepped([null, '0', '1'], [null, '5', '2'], ['BTC-USD', '0', '1'], ['BTC-USD', '5', '3'])],
  ['a plan that is judged', having('riskPerTrade', { plan: 'fail' })],
  ['misses that are counted', having('riskPerTrade', MISSED)],
  ['flat before the reset', flatAt('23:59', 0)],
  ['nothing held over news', newsOf({ bars: 'positions', winShare: ppm(0n) })],
  ['no leverage beyond what is there', having('exposure', { leverageMax: times(1) })],
  ['all the leverage there is', having('exposure', { leverageMax: times(100) })],
  ['leverages of their own', having('exposure', { leverageOf: leverages(['BTC-USD', 1], ['ETH-USD', 100]) })],
  ['days needed, in any time', having('activity', { daysMin: 3 })],
  ['a payout that lowers a trailing mark', trailing({ payoutEffect: 'lowers_mark' })],
  ['days that need a gain', having('activity', { dayCountsIf: 'gain', dayGainUsd: dollars('0.000001') })],
  ['days that need a size', sized(1n)],
  ['days that need the average size', sized(1_000_000n)],
  ['a share of a size that no day counts by', having('activity', { daySizeShareMin: ppm(1_000_001n) })],
  ['wins that were too short', having('activity', { shortWins: 'excluded', tradeHeldMsMin: 1 })],
  ['a time limit as long as the days needed', having('activity', { daysMin: 30, timeLimitDays: 30 })],
  ['reversals within an hour', having('conduct', { reverseSignalWithinMs: 3_600_000 })],
  ['copies within a minute, twice', having('conduct', { copySignal: { withinMs: 60_000, times: 2 } })],
  ['a best day of the whole', capped(1_000_000n)],
  ['any price of an outcome', having('exposure', { outcomePriceMin: ppm(0n), outcomePriceMax: ppm(1_000_000n) })],
  ['the largest account', { ...RULES, startingUsd: dollars('100000000') }],
  ['a zone with daylight saving', { ...RULES, dayZone: 'America/New_York', dayResetAt: '23:59' }],
])('%s', (_, rules) => {
  expect(ruleFault(rules)).toBeUndefined();
});

/** Goal: a contradiction is named by its field and the rule before anybody buys it. */
test.each<[string, RuleSet, string, string]>([
  ['no money', { ...RULES, startingUsd: dollars('0') }, 'startingUsd', 'must be above 0'],
  [
    'too much money',
    { ...RULES, startingUsd: dollars('100000000.000001') },
    'startingUsd',
    'must be at most 100000000',
  ],
  ['a target of nothing', having('target', { profitUsd: dollars('0') }), 'target.profitUsd', 'must be above 0'],
  [
    'a target beyond the account',
    having('target', { profitUsd: dollars('100000.01') }),
    'target.profitUsd',
    'must not be above startingUsd',
  ],
  ['no maximum loss', having('maxLoss', { width: widthFrom('0') }), 'maxLoss.width', 'must be above 0'],
  [
    'a share of nothing',
    having('maxLoss', { width: { kind: 'share', share: ppm(0n) } }),
    'maxLoss.width',
    'must be above 0',
  ],
  [
    'a maximum loss of everything',
    having('maxLoss', { width: widthFrom('100000') }),
    'maxLoss.width',
    'must be below startingUsd, a share below 1',
  ],
  [
    'a share of everything',
    having('maxLoss', { width: { kind: 'share', share: ppm(1_000_000n) } }),
    'maxLoss.width',
    'must be below startingUsd, a share below 1',
  ],
  [
    'closed trades that trail equity',
    having('maxLoss', { mode: 'trailing_closed', trails: 'equity' }),
    'maxLoss.trails',
    'must be balance where the floor moves with closed trades',
  ],
  [
    'a lock for a floor that stands still',
    having('maxLoss', { lockUsd: dollars('100000') }),
    'maxLoss.lockUsd',
    'must be null for a floor that never moves',
  ],
  [
    'a lock below the first floor',
    trailing({ lockUsd: dollars('89999.999999') }),
    'maxLoss.lockUsd',
    'must not be below the first floor, startingUsd less the width',
  ],
  [
    'a payout that moves a floor that stands still',
    having('maxLoss', { payoutEffect: 'floor_to_start' }),
    'maxLoss.payoutEffect',
    'must be none for a floor that never moves',
  ],
  ['no daily loss', having('dailyLoss', { width: widthFrom('0') }), 'dailyLoss.width', 'must be above 0'],
  ['a negative daily loss', having('dailyLoss', { width: widthFrom('-1') }), 'dailyLoss.width', 'must be above 0'],
  [
    'a daily loss that never breaks first',
    having('dailyLoss', { width: widthFrom('0.100001') }),
    'dailyLoss.width',
    'must not be above the maximum loss',
  ],
  ['a gain of nothing', having('dailyLoss', { gainCapUsd: dollars('0') }), 'dailyLoss.gainCapUsd', 'must be above 0'],
  ['no risk', having('riskPerTrade', { limitUsd: dollars('0') }), 'riskPerTrade.limitUsd', 'must be above 0'],
  [
    'a risk that never breaks first',
    having('riskPerTrade', { limitUsd: dollars('10000.01') }),
    'riskPerTrade.limitUsd',
    'must not be above the maximum loss',
  ],
  ['a stop at once', having('riskPerTrade', { stopWithinMs: 0 }), 'riskPerTrade.stopWithinMs', 'must be above 0'],
  ['a correction of no stop', having('riskPerTrade', ONCE), 'riskPerTrade.stopCorrection', NO_STOP],
  [
    'a correction never',
    having('riskPerTrade', corrected(0, 1)),
    'riskPerTrade.stopCorrection.count',
    'must be above 0',
  ],
  ['or in no time', having('riskPerTrade', corrected(1, 0)), 'riskPerTrade.stopCorrection.withinMs', 'must be above 0'],
  ['a layer of nothing', layersOf(['day', '0']), 'lossLayers[0].width', 'must be above 0'],
  ['two of one span', layersOf(['week', '1'], ['week', '2']), 'lossLayers', LAYERED],
  ['a month before a week', layersOf(['month', '1'], ['week', '2']), 'lossLayers', LAYERED],
  [
    'a layer of everything',
    layersOf(['month', '100000']),
    'lossLayers',
    'must have widths below startingUsd, a share below 1',
  ],
  [
    'a loss of the account that pauses',
    { ...RULES, lossLayers: [{ ...LAYER, span: 'total', anchor: 'initial', severity: 'pause' }] },
    'lossLayers',
    'must count from the starting balance and fail where it is of the whole account',
  ],
  [
    'a month that begins on a Sunday',
    { ...RULES, lossLayers: [{ ...LAYER, span: 'month', weekBegins: 'sunday' }] },
    'lossLayers',
    'must have the weekday monday where it is not of a week',
  ],
  ['no open loss', { ...RULES, openLoss: { share: ppm(0n), severity: 'fail' } }, 'openLoss.share', OPEN_SHARE],
  [
    'more than all',
    { ...RULES, openLoss: { share: ppm(1_000_001n), severity: 'close' } },
    'openLoss.share',
    OPEN_SHARE,
  ],
  ...[0, 101].map((leverageMax): [string, RuleSet, string, string] => [
    `a leverage of ${leverageMax}`,
    having('exposure', { leverageMax: times(leverageMax) }),
    'exposure.leverageMax',
    'must be from 0.1 to 100',
  ]),
  ...[0, 101].map((each): [string, RuleSet, string, string] => [
    `a leverage of ${each} for one`,
    having('exposure', { leverageOf: leverages(['BTC-USD', 5], ['SOL-USD', each]) }),
    'exposure.leverageOf',
    'must have numbers from 0.1 to 100',
  ]),
  [
    'a leverage of nothing named',
    having('exposure', { leverageOf: leverages(['', 5]) }),
    'exposure.leverageOf',
    'must name every instrument',
  ],
  [
    'two leverages of one',
    having('exposure', { leverageOf: leverages(['SOL-USD', 2], ['SOL-USD', 3]) }),
    'exposure.leverageOf',
    'must name each instrument once, in the order of the alphabet',
  ],
  [
    'leverages in another order',
    having('exposure', { leverageOf: leverages(['SOL-USD', 2], ['BTC-USD', 5]) }),
    'exposure.leverageOf',
    'must name each instrument once, in the order of the alphabet',
  ],
  ['no trades of a day', having('exposure', { tradesPerDayMax: 0 }), 'exposure.tradesPerDayMax', 'must be above 0'],
  ['no market', having('exposure', { marketUsdMax: dollars('0') }), 'exposure.marketUsdMax', 'must be above 0'],
  ['a size of nothing', stepped([null, '0', '0']), 'exposure.sizeSteps[0].most', 'must be above 0'],
  ['a size of nothing named', stepped(['', '0', '1']), 'exposure.sizeSteps', 'must name an instrument, or none'],
  ['a size below nothing', stepped([null, '-1', '1']), 'exposure.sizeSteps', 'must have balances from 0 on'],
  ['sizes of one balance', stepped([null, '5', '1'], [null, '5', '2']), 'exposure.sizeSteps', IN_ORDER],
  ['sizes by name, then all', stepped(['BTC-USD', '0', '1'], [null, '0', '2']), 'exposure.sizeSteps', IN_ORDER],
  ['a plan of no verdict', having('riskPerTrade', { severity: 'block', plan: 'fail' }), 'riskPerTrade.plan', REFUSED],
  ['misses of no stop', having('riskPerTrade', MISSES), 'riskPerTrade.stopMissesToFail', NO_MISS],
  [
    'misses that fail at once',
    having('riskPerTrade', { ...MISSES, stopWithinMs: 1, stopSeverity: 'fail' }),
    'riskPerTrade.stopMissesToFail',
    NO_MISS,
  ],
  [
    'no misses',
    having('riskPerTrade', { ...MISSED, stopMissesToFail: 0 }),
    'riskPerTrade.stopMissesToFail',
    'must be above 0',
  ],
  ['flat at the reset', flatAt('00:00', 0), 'conduct.flatAt.time', 'must differ from dayResetAt'],
  ['flat at no time', flatAt('24:00', 0), 'conduct.flatAt.time', 'must be a time of day such as 00:30'],
  ['a quiet that is negative', flatAt('12:00', -1), 'conduct.flatAt.quietMs', 'must not be negative'],
  ['more of a win than all', newsOf({ winShare: ppm(1_000_001n) }), 'conduct.news.winShare', 'must be from 0 to 1'],
  [
    'nothing held over news that is near',
    newsOf({ beforeMs: 59_999, bars: 'positions' }),
    'conduct.news.beforeMs',
    'must be at least 60000 where positions are closed before news',
  ],
  ['no positions', having('exposure', { positionsMax: 0 }), 'exposure.positionsMax', 'must be above 0'],
  [
    'positions of nothing',
    having('exposure', { positionUsdMax: dollars('0') }),
    'exposure.positionUsdMax',
    'must be above 0',
  ],
  ['events of nothing', having('exposure', { eventUsdMax: dollars('0') }), 'exposure.eventUsdMax', 'must be above 0'],
  [
    'categories of nothing',
    having('exposure', { categoryUsdMax: dollars('0') }),
    'exposure.categoryUsdMax',
    'must be above 0',
  ],
  [
    'liquidity of nothing',
    having('exposure', { liquidityUsdMin: dollars('0') }),
    'exposure.liquidityUsdMin',
    'must be above 0',
  ],
  [
    'prices below 0',
    having('exposure', { outcomePriceMin: ppm(-1n) }),
    'exposure.outcomePriceMin',
    'must be from 0 to 1',
  ],
  [
    'prices above 1',
    having('exposure', { outcomePriceMax: ppm(1_000_001n) }),
    'exposure.outcomePriceMax',
    'must be above outcomePriceMin and at most 1',
  ],
  [
    'a band of nothing',
    having('exposure', { outcomePriceMin: ppm(5n), outcomePriceMax: ppm(5n) }),
    'exposure.outcomePriceMax',
    'must be above outcomePriceMin and at most 1',
  ],
  ['trades below 0', having('activity', { tradesMin: -1 }), 'activity.tradesMin', 'must not be negative'],
  ['days below 0', having('activity', { daysMin: -1 }), 'activity.daysMin', 'must not be negative'],
  [
    'days that gain nothing',
    having('activity', { dayCountsIf: 'gain' }),
    'activity.dayGainUsd',
    'must be above 0 where a day counts by its gain',
  ],
  ['days of any size', sized(0n), 'activity.daySizeShareMin', SIZED],
  ['days of more than the average size', sized(1_000_001n), 'activity.daySizeShareMin', SIZED],
  [
    'wins that are never too short',
    having('activity', { shortWins: 'excluded' }),
    'activity.shortWins',
    'must be count where tradeHeldMsMin is 0',
  ],
  ['inactive at once', having('activity', { inactivityDays: 0 }), 'activity.inactivityDays', 'must be above 0'],
  ['over at once', having('activity', { timeLimitDays: 0 }), 'activity.timeLimitDays', 'must be above 0'],
  [
    'over before the days needed',
    having('activity', { daysMin: 31, timeLimitDays: 30 }),
    'activity.timeLimitDays',
    'must not be below daysMin',
  ],
  ['a best day of nothing to win', { ...capped(1n), target: null }, 'consistency', 'must be null without a target'],
  ['a payout of what is passed', { ...paying({}), target: RULES.target }, 'payout', PASSED],
  ['a payout that is none of the trader’s', paying({ split: ppm(0n) }), 'payout.split', OPEN_SHARE],
  ['a payout of more than all', paying({ split: ppm(1_000_001n) }), 'payout.split', OPEN_SHARE],
  ['a negative buffer', paying({ bufferUsd: usd(-1n) }), 'payout.bufferUsd', 'must not be negative'],
  ['a part of the profit that is none', paying({ shareOfProfitMax: ppm(0n) }), 'payout.shareOfProfitMax', OPEN_SHARE],
  ['a day won by nothing', paying({ winningDays: wonDays('0') }), 'payout.winningDays.dayUsd', 'must be above 0'],
  ['a best day that may be nothing', paying({ consistencyMax: ppm(0n) }), 'payout.consistencyMax', OPEN_SHARE],
  ['no least payout at all', paying({ minUsd: usd(0n) }), 'payout.minUsd', 'must be above 0'],
  ['a most below the least', paying({ minUsd: dollars('50'), maxUsd: dollars('62.499999') }), 'payout.maxUsd', LEAST],
  ['a most of which the trader gets nothing', paying({ maxUsd: usd(1n) }), 'payout.maxUsd', LEAST],
  ['a best day of nothing', capped(0n), 'consistency.shareMax', 'must be above 0 and at most 1'],
  ['a best day of more than all', capped(1_000_001n), 'consistency.shareMax', 'must be above 0 and at most 1'],
  ['hedges at once', having('conduct', { hedgeSignalAfterMs: 0 }), 'conduct.hedgeSignalAfterMs', 'must be above 0'],
  [
    'reverses at once',
    having('conduct', { reverseSignalWithinMs: 0 }),
    'conduct.reverseSignalWithinMs',
    'must be from 1 to 3600000',
  ],
  [
    'reverses after more than an hour',
    having('conduct', { reverseSignalWithinMs: 3_600_001 }),
    'conduct.reverseSignalWithinMs',
    'must be from 1 to 3600000',
  ],
  [
    'copies at once',
    having('conduct', { copySignal: { withinMs: 0, times: 2 } }),
    'conduct.copySignal.withinMs',
    'must be from 1 to 60000',
  ],
  [
    'copies after more than a minute',
    having('conduct', { copySignal: { withinMs: 60_001, times: 2 } }),
    'conduct.copySignal.withinMs',
    'must be from 1 to 60000',
  ],
  [
    'one copy',
    having('conduct', { copySignal: { withinMs: 500, times: 1 } }),
    'conduct.copySignal.times',
    'must be at least 2: once is chance',
  ],
  [
    'a zone that is none',
    { ...RULES, dayZone: 'Mars/Olympus' },
    'dayZone',
    'must be an IANA time zone such as Europe/Berlin',
  ],
  ['an offset', { ...RULES, dayZone: '+02:00' }, 'dayZone', 'must be an IANA time zone such as Europe/Berlin'],
  ['no zone', { ...RULES, dayZone: '' }, 'dayZone', 'must be an IANA time zone such as Europe/Berlin'],
  [
    'more than a time of day',
    { ...RULES, dayResetAt: '00:30:00' },
    'dayResetAt',
    'must be a time of day such as 00:30',
  ],
  ['a day before it', { ...RULES, dayResetAt: '1 00:30' }, 'dayResetAt', 'must be a time of day such as 00:30'],
  ['no time of day', { ...RULES, dayResetAt: '24:00' }, 'dayResetAt', 'must be a time of day such as 00:30'],
])('%s', (_, rules, field, rule) => {
  expect(ruleFault(rules)).toEqual({ field: `rules.${field}`, rule });
});
