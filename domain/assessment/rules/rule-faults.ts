import { MILLION, type Ppm, parseUsd, subUsd, type Usd } from '../../kernel/money';
import type { Fault } from '../../kernel/result';
import { widthOf } from './limits';
import type { Leverage, RuleSet, Width } from './rule-set';
import { isTimeZone } from './trading-day';

/** Keeps every sum of an account far inside 64 bits of millionths. */
const STARTING_MAX = parseUsd('100000000') as Usd;
const WHOLE = MILLION;
/** The search for reversals looks back a few hours: a longer rule would not be seen whole. */
const REVERSE_WITHIN_MS_MAX = 3_600_000;
/** Within more than a minute anybody does what everybody does. */
const COPY_WITHIN_MS_MAX = 60_000;

type Check = {
  /** From the rule set on: `maxLoss.width`. */
  readonly field: string;
  readonly rule: string;
  readonly holds: (rules: RuleSet) => boolean;
};

/** In this order: the first that does not hold is named. */
const CHECKS: readonly Check[] = [
  { field: 'startingUsd', rule: 'must be above 0', holds: ({ startingUsd }) => startingUsd > 0n },
  { field: 'startingUsd', rule: 'must be at most 100000000', holds: ({ startingUsd }) => startingUsd <= STARTING_MAX },
  { field: 'target.profitUsd', rule: 'must be above 0', holds: ({ target }) => isNoneOrAbove(target?.profitUsd) },
  {
    field: 'target.profitUsd',
    rule: 'must not be above startingUsd',
    holds: ({ target, startingUsd }) => target === null || target.profitUsd <= startingUsd,
  },
  { field: 'maxLoss.width', rule: 'must be above 0', holds: ({ maxLoss }) => isAboveZero(maxLoss.width) },
  {
    field: 'maxLoss.width',
    rule: 'must be below startingUsd, a share below 1',
    holds: ({ maxLoss, startingUsd }) => isBelow(maxLoss.width, startingUsd),
  },
  {
    field: 'maxLoss.trails',
    rule: 'must be balance where the floor moves with closed trades',
    holds: ({ maxLoss }) => maxLoss.mode !== 'trailing_closed' || maxLoss.trails === 'balance',
  },
  {
    field: 'maxLoss.lockUsd',
    rule: 'must be null for a floor that never moves',
    holds: ({ maxLoss }) => maxLoss.mode !== 'static' || maxLoss.lockUsd === null,
  },
  {
    field: 'maxLoss.lockUsd',
    rule: 'must not be below the first floor, startingUsd less the width',
    holds: (rules) => rules.maxLoss.lockUsd === null || rules.maxLoss.lockUsd >= firstFloor(rules),
  },
  {
    field: 'maxLoss.payoutEffect',
    rule: 'must be none for a floor that never moves',
    holds: ({ maxLoss }) => maxLoss.mode !== 'static' || maxLoss.payoutEffect === 'none',
  },
  {
    field: 'dailyLoss.width',
    rule: 'must be above 0',
    holds: ({ dailyLoss }) => !dailyLoss || isAboveZero(dailyLoss.width),
  },
  {
    field: 'dailyLoss.width',
    rule: 'must not be above the maximum loss',
    holds: (rules) => !rules.dailyLoss || widthOf(rules.dailyLoss.width, rules.startingUsd) <= maxLossUsd(rules),
  },
  {
    field: 'dailyLoss.gainCapUsd',
    rule: 'must be above 0',
    holds: ({ dailyLoss }) => isNoneOrAbove(dailyLoss?.gainCapUsd),
  },
  {
    field: 'riskPerTrade.limitUsd',
    rule: 'must be above 0',
    holds: ({ riskPerTrade }) => isNoneOrAbove(riskPerTrade?.limitUsd),
  },
  {
    field: 'riskPerTrade.limitUsd',
    rule: 'must not be above the maximum loss',
    holds: (rules) => !rules.riskPerTrade || rules.riskPerTrade.limitUsd <= maxLossUsd(rules),
  },
  {
    field: 'riskPerTrade.stopWithinMs',
    rule: 'must be above 0',
    holds: ({ riskPerTrade }) => isNoneOrAbove(riskPerTrade?.stopWithinMs),
  },
  {
    field: 'riskPerTrade.stopCorrection',
    rule: 'must be null where no stop is asked for',
    holds: ({ riskPerTrade }) => riskPerTrade?.stopWithinMs !== null || riskPerTrade.stopCorrection === null,
  },
  {
    field: 'riskPerTrade.stopCorrection.count',
    rule: 'must be above 0',
    holds: ({ riskPerTrade }) => isNoneOrAbove(riskPerTrade?.stopCorrection?.count),
  },
  {
    field: 'riskPerTrade.stopCorrection.withinMs',
    rule: 'must be above 0',
    holds: ({ riskPerTrade }) => isNoneOrAbove(riskPerTrade?.stopCorrection?.withinMs),
  },
  {
    field: 'openLoss.share',
    rule: 'must be above 0 and at most 1',
    holds: ({ openLoss }) => !openLoss || (openLoss.share > 0n && isShare(openLoss.share)),
  },
  {
    field: 'exposure.leverageMax',
    rule: 'must be a whole number from 1 to 100',
    holds: ({ exposure }) => isLeverage(exposure),
  },
  {
    field: 'exposure.leverageOf',
    rule: 'must name every instrument',
    holds: ({ exposure }) => exposure.leverageOf.every(({ instrument }) => instrument !== ''),
  },
  {
    field: 'exposure.leverageOf',
    rule: 'must name each instrument once, in the order of the alphabet',
    holds: ({ exposure }) => exposure.leverageOf.every(({ instrument }, at, all) => isAfter(instrument, all[at - 1])),
  },
  {
    field: 'exposure.leverageOf',
    rule: 'must have whole numbers from 1 to 100',
    holds: ({ exposure }) => exposure.leverageOf.every(isLeverage),
  },
  { field: 'exposure.positionsMax', rule: 'must be above 0', holds: caps('positionsMax') },
  { field: 'exposure.positionUsdMax', rule: 'must be above 0', holds: caps('positionUsdMax') },
  { field: 'exposure.eventUsdMax', rule: 'must be above 0', holds: caps('eventUsdMax') },
  { field: 'exposure.categoryUsdMax', rule: 'must be above 0', holds: caps('categoryUsdMax') },
  { field: 'exposure.liquidityUsdMin', rule: 'must be above 0', holds: caps('liquidityUsdMin') },
  {
    field: 'exposure.outcomePriceMin',
    rule: 'must be from 0 to 1',
    holds: ({ exposure }) => isShare(exposure.outcomePriceMin),
  },
  {
    field: 'exposure.outcomePriceMax',
    rule: 'must be above outcomePriceMin and at most 1',
    holds: ({ exposure }) => isShare(exposure.outcomePriceMax) && exposure.outcomePriceMax > exposure.outcomePriceMin,
  },
  { field: 'activity.tradesMin', rule: 'must not be negative', holds: ({ activity }) => activity.tradesMin >= 0 },
  { field: 'activity.daysMin', rule: 'must not be negative', holds: ({ activity }) => activity.daysMin >= 0 },
  {
    field: 'activity.dayGainUsd',
    rule: 'must be above 0 where a day counts by its gain',
    holds: ({ activity }) => activity.dayCountsIf !== 'gain' || activity.dayGainUsd > 0n,
  },
  {
    field: 'activity.daySizeShareMin',
    rule: 'must be above 0 and at most 1 where a day counts by size',
    holds: ({ activity }) => activity.dayCountsIf !== 'size' || isPart(activity.daySizeShareMin),
  },
  {
    field: 'activity.shortWins',
    rule: 'must be count where tradeHeldMsMin is 0',
    holds: ({ activity }) => activity.shortWins === 'count' || activity.tradeHeldMsMin > 0,
  },
  {
    field: 'activity.inactivityDays',
    rule: 'must be above 0',
    holds: ({ activity }) => isNoneOrAbove(activity.inactivityDays),
  },
  {
    field: 'activity.timeLimitDays',
    rule: 'must be above 0',
    holds: ({ activity }) => isNoneOrAbove(activity.timeLimitDays),
  },
  {
    field: 'activity.timeLimitDays',
    rule: 'must not be below daysMin',
    holds: ({ activity }) => activity.timeLimitDays === null || activity.timeLimitDays >= activity.daysMin,
  },
  {
    field: 'consistency',
    rule: 'must be null without a target',
    holds: ({ consistency, target }) => consistency === null || target !== null,
  },
  {
    field: 'consistency.shareMax',
    rule: 'must be above 0 and at most 1',
    holds: ({ consistency }) => !consistency || isPart(consistency.shareMax),
  },
  {
    field: 'conduct.hedgeSignalAfterMs',
    rule: 'must be above 0',
    holds: ({ conduct }) => isNoneOrAbove(conduct.hedgeSignalAfterMs),
  },
  {
    field: 'conduct.reverseSignalWithinMs',
    rule: 'must be from 1 to 3600000',
    holds: ({ conduct }) => isNoneOrWithin(conduct.reverseSignalWithinMs, REVERSE_WITHIN_MS_MAX),
  },
  {
    field: 'conduct.copySignal.withinMs',
    rule: 'must be from 1 to 60000',
    holds: ({ conduct }) => isNoneOrWithin(conduct.copySignal?.withinMs ?? null, COPY_WITHIN_MS_MAX),
  },
  {
    field: 'conduct.copySignal.times',
    rule: 'must be at least 2: once is chance',
    holds: ({ conduct }) => conduct.copySignal === null || conduct.copySignal.times >= 2,
  },
  { field: 'dayZone', rule: 'must be an IANA time zone such as Europe/Berlin', holds: isKnownZone },
  {
    field: 'dayResetAt',
    rule: 'must be a time of day such as 00:30',
    holds: ({ dayResetAt }) => /^([01]\d|2[0-3]):[0-5]\d$/.test(dayResetAt),
  },
];

/** Whether somebody could be judged by these rules; the first contradiction, named by its field. */
export const ruleFault = (rules: RuleSet): Fault | undefined => {
  const broken = CHECKS.find(({ holds }) => !holds(rules));
  return broken && { field: `rules.${broken.field}`, rule: broken.rule };
};

const isNoneOrAbove = (value: bigint | number | null | undefined): boolean =>
  value === null || value === undefined || value > 0;

const isNoneOrWithin = (value: number | null, max: number): boolean => value === null || (value > 0 && value <= max);

const isAboveZero = (width: Width): boolean => (width.kind === 'usd' ? width.usd > 0n : width.share > 0n);

const isBelow = (width: Width, startingUsd: Usd): boolean =>
  width.kind === 'usd' ? width.usd < startingUsd : width.share < WHOLE;

const isLeverage = ({ leverageMax }: Pick<Leverage, 'leverageMax'>): boolean =>
  Number.isInteger(leverageMax) && leverageMax >= 1 && leverageMax <= 100;

/** One order alone: the hash of rules must not tell two lists apart that say the same. */
const isAfter = (name: string, before: Leverage | undefined): boolean => !before || name > before.instrument;

const isShare = (share: Ppm): boolean => share >= 0n && share <= WHOLE;

const isPart = (share: Ppm): boolean => share > 0n && isShare(share);

const maxLossUsd = ({ maxLoss, startingUsd }: RuleSet): Usd => widthOf(maxLoss.width, startingUsd);

const firstFloor = (rules: RuleSet): Usd => subUsd(rules.startingUsd, maxLossUsd(rules));

type Cap = 'positionsMax' | 'positionUsdMax' | 'eventUsdMax' | 'categoryUsdMax' | 'liquidityUsdMin';

function caps(name: Cap): Check['holds'] {
  return ({ exposure }) => isNoneOrAbove(exposure[name]);
}

/** Offsets such as +02:00 are no zones: they have no daylight saving. */
function isKnownZone({ dayZone }: RuleSet): boolean {
  return /^[A-Za-z]/.test(dayZone) && isTimeZone(dayZone);
}
