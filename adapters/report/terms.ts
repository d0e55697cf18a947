import type { Consistency, RuleSet, Width } from '../../domain/assessment/rules/rule-set';
import { addUsd, formatPpm, formatQty } from '../../domain/kernel/money';
import type { ReportContent } from '../../usecases/ports/assessments/report-renderer';
import { counted, dollars, percent } from './figures';
import { payoutTerms } from './payout-terms';
import { ANCHOR_NAMES, markName } from './verdict-text';

type Term = { readonly label: string; readonly value: string };

/** What the assessment was judged by, and where the proof of its verdict is. */
export function termFacts({ snapshot, summary, evidenceHash }: ReportContent): readonly Term[] {
  const { rules, ruleSetVersion, ruleSetHash } = snapshot;
  return [
    { label: 'Tier', value: summary.tierName },
    { label: 'Rules', value: `Version ${ruleSetVersion}, pinned at purchase` },
    { label: 'Rules’ SHA-256', value: ruleSetHash },
    ...targetTerms(rules),
    ...lossTerms(rules),
    ...activityTerms(rules),
    ...payoutTerms(rules),
    ...capTerms(rules),
    ...clockTerms(rules),
    { label: 'Leverage at most', value: leverageText(rules) },
    { label: 'Trading day', value: `begins at ${rules.dayResetAt}, ${rules.dayZone}` },
    { label: 'Assessment', value: summary.assessmentId },
    ...(summary.violationId ? [{ label: 'Violation', value: summary.violationId }] : []),
    { label: 'Evidence’s SHA-256', value: evidenceHash },
  ];
}

const leverageText = ({ exposure: { leverageMax, leverageOf } }: RuleSet): string =>
  [leverageMax, ...leverageOf.map((each) => each.leverageMax)]
    .map((times, at) => `${at === 0 ? '' : `${leverageOf[at - 1]?.instrument} `}${formatPpm(times)} : 1`)
    .join(', ');

const COUNTED: Readonly<Record<NonNullable<RuleSet['target']>['counts'], string>> = {
  realized_flat: 'a balance of {goal}, flat',
  realized: 'a balance of {goal}',
  equity: 'an equity of {goal}',
};

function targetTerms({ target, startingUsd, consistency }: RuleSet): readonly Term[] {
  if (!target) return [{ label: 'Profit target', value: 'none' }];
  const goal = COUNTED[target.counts].replace('{goal}', dollars(addUsd(startingUsd, target.profitUsd)));
  const of = consistency?.of === 'net' ? 'the profit' : 'the profit of winning days';
  return [
    { label: 'Profit target', value: `${dollars(target.profitUsd)}: ${goal}` },
    ...(consistency ? [consistencyTerm(consistency, of)] : []),
  ];
}

const consistencyTerm = ({ per, shareMax, severity }: Consistency, of: string): Term => ({
  label: per === 'day' ? 'Best day at most' : 'Best trade at most',
  value: `${percent(shareMax)} of ${of}${severity === 'fail' ? '; more of it fails in place of a pass' : ''}`,
});

function lossTerms({ maxLoss, dailyLoss, lossLayers, riskPerTrade, openLoss }: RuleSet): readonly Term[] {
  const lock = maxLoss.lockUsd === null ? '' : `, the floor no higher than ${dollars(maxLoss.lockUsd)}`;
  const maximum = `${widthText(maxLoss.width)} below ${markName(maxLoss)}${lock}`;
  const daily = dailyLoss ? `${widthText(dailyLoss.width)} below ${ANCHOR_NAMES[dailyLoss.anchor]}` : 'none';
  return [
    { label: 'Maximum loss', value: maximum },
    { label: 'Daily loss', value: dailyLoss ? `${daily}; ${SEVERITY[dailyLoss.severity]}` : daily },
    ...lossLayers.map((layer) => ({
      label: LAYER_LABELS[layer.span],
      value: `${widthText(layer.width)} below ${layerOrigin(layer)}; ${LAYER_ENDS[layer.severity]}`,
    })),
    ...(riskPerTrade ? [{ label: 'Risk per trade', value: riskText(riskPerTrade) }] : []),
    ...(openLoss ? [{ label: 'Open loss', value: openLossText(openLoss) }] : []),
  ];
}

type Layer = RuleSet['lossLayers'][number];

function layerOrigin({ span, anchor }: Layer): string {
  switch (anchor) {
    case 'initial':
      return 'the starting balance';
    case 'balance':
      return 'the balance it began with';
    case 'same':
      return span === 'day' ? 'what the daily loss counts from' : 'the high-water mark';
  }
}

const LAYER_LABELS: Readonly<Record<Layer['span'], string>> = {
  day: 'Second daily loss',
  week: 'Weekly loss',
  month: 'Monthly loss',
  total: 'Loss of the account',
};

const LAYER_ENDS: Readonly<Record<Layer['severity'], string>> = {
  fail: 'it ends the assessment',
  pause: 'it pauses trading while it is touched',
  close: 'it closes every position while it is touched',
};

/** A rule that only orders are held to ends nothing. */
const riskText = ({ limitUsd, severity, plan }: NonNullable<RuleSet['riskPerTrade']>): string =>
  severity === 'fail'
    ? `${dollars(limitUsd)}; it ends the assessment${plan === 'fail' ? ', planned at the stops as well' : ''}`
    : `${dollars(limitUsd)} at its stops; an order beyond it is refused`;

const SEVERITY: Readonly<Record<NonNullable<RuleSet['dailyLoss']>['severity'], string>> = {
  fail: 'it ends the assessment',
  pause: 'it pauses trading until the next day',
  close: 'it closes every position until the next day',
};

const openLossText = ({ share, severity }: NonNullable<RuleSet['openLoss']>): string =>
  `${percent(share)} of the profit at the start of the day, without one of the maximum loss; ` +
  (severity === 'fail' ? 'it ends the assessment' : 'it closes every position');

const widthText = (width: Width): string => (width.kind === 'usd' ? dollars(width.usd) : percent(width.share));

function activityTerms({ activity }: RuleSet): readonly Term[] {
  const { tradesMin, daysMin, dayCountsIf, daySizeShareMin, inactivityDays, timeLimitDays } = activity;
  const past = activity.daySizeOf === 'past' ? ' of before' : '';
  const sized =
    dayCountsIf === 'size' ? `, each with a trade of ${percent(daySizeShareMin)} of the average size${past}` : '';
  const days = dayCountsIf === 'calendar' ? 'Days at least' : 'Days that count at least';
  return [
    ...(tradesMin > 0 ? [{ label: 'Trades at least', value: `${tradesMin}` }] : []),
    ...(daysMin > 0 ? [{ label: days, value: `${daysMin}${sized}` }] : []),
    ...(activity.shortWins === 'excluded'
      ? [
          {
            label: 'Wins that do not count',
            value: `of trades open for less than ${activity.tradeHeldMsMin} milliseconds`,
          },
        ]
      : []),
    ...(inactivityDays === null
      ? []
      : [{ label: WITHOUT[activity.inactivityBy], value: counted(inactivityDays, 'day') }]),
    ...(timeLimitDays === null ? [] : [{ label: 'Time limit', value: counted(timeLimitDays, 'day') }]),
  ];
}

const WITHOUT: Readonly<Record<RuleSet['activity']['inactivityBy'], string>> = {
  fill: 'Without a fill at most',
  opened: 'Without a new position at most',
  closed: 'Without a closed trade at most',
};

/** Caps that few tiers have. */
function capTerms({ exposure: { marketUsdMax, tradesPerDayMax, sizeSteps, capsFollow } }: RuleSet): readonly Term[] {
  const steps = sizeSteps.map(({ instrument, fromBalanceUsd, most }) => {
    const size = most.kind === 'usd' ? dollars(most.usd) : `${formatQty(most.units)} units`;
    return `${instrument ?? 'each'} ${size} from a balance of ${dollars(fromBalanceUsd)}`;
  });
  return [
    ...(marketUsdMax === null ? [] : [{ label: 'One market costs at most', value: dollars(marketUsdMax) }]),
    ...(tradesPerDayMax === null ? [] : [{ label: 'Positions opened a day at most', value: `${tradesPerDayMax}` }]),
    ...(steps.length === 0 ? [] : [{ label: 'Position at most', value: steps.join('; ') }]),
    ...(capsFollow === 'start'
      ? []
      : [{ label: 'Caps in dollars', value: 'follow the balance of the day’s beginning' }]),
  ];
}

const NEWS: Readonly<Record<NonNullable<RuleSet['conduct']['news']>['bars'], string>> = {
  new_risk: 'no new risk',
  nothing: 'everything may be traded',
  orders: 'nothing but stops',
  positions: 'nothing is held',
};

/** What the clock forbids. */
function clockTerms({ conduct: { flatAt, news }, riskPerTrade }: RuleSet): readonly Term[] {
  const misses = riskPerTrade?.stopMissesToFail ?? null;
  const share = news?.winShare ?? null;
  return [
    ...(misses === null ? [] : [{ label: 'Missing stops that end it', value: `${misses}` }]),
    ...(flatAt === null ? [] : [{ label: 'Flat every day', value: `from ${flatAt.time} until the reset` }]),
    ...(news === null || news.bars === 'new_risk' ? [] : [{ label: 'Around news', value: NEWS[news.bars] }]),
    ...(share === null ? [] : [{ label: 'Wins around news', value: `${percent(share)} of them counts` }]),
  ];
}
