import { ruleFault } from '../../../../domain/assessment/rules/rule-faults';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { ppm } from '../../../../domain/kernel/money';
import { dollars, RULES } from '../../../fixtures/domain-story';
import { capped, flatAt, having, MISSED, MISSES, NO_MISS, newsOf, REFUSED, SIZED, sized } from './changed-rules';

/** Goal: what few firms ask contradicts nothing either: field and rule are named. */
test.each<[string, RuleSet, string, string]>([
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
