import type { Rules } from './contract';
import { countText, durationText, qtyText, roundDollarsText, shareText } from './display';
import { conduct } from './explain-conduct';
import { type Explain, type Explained, LIMITS, type NothingLeft, shareOf } from './explain-limits';
import { explainPayout } from './explain-payout';
import { zoneText } from './rules';

/**
 * What each part of a rule set says, in the order in which a trader meets it. A part that is missing here does not
 * compile.
 */
const PARTS: { readonly [Part in keyof Rules]: Explain } = {
  // What the shares of the other rows are shares of.
  startingUsd: () => [],
  target: (rules) => [targetOf(rules)],
  ...LIMITS,
  activity: (rules) => needed(rules.activity),
  consistency: (rules) => [...consistency(rules), ...deadlines(rules)],
  payout: explainPayout,
  exposure: (rules) => exposure(rules.exposure),
  conduct: (rules) => conduct(rules),
  execution: (rules) => execution(rules.execution),
  dayZone: ({ dayZone, dayResetAt }) => {
    const means = 'A new trading day begins at this time of that place, daylight saving included.';
    return [{ name: 'Day begins', value: `${dayResetAt} ${zoneText(dayZone)}`, means, isMain: true }];
  },
  // It stands beside its zone.
  dayResetAt: () => [],
};

/** What a rule set says; what it does not limit is left out. */
export const explainRules = (rules: Rules): readonly Explained[] =>
  Object.values(PARTS).flatMap((explain) => explain(rules));

function execution(rules: Rules['execution']): readonly Explained[] {
  const { restingFills, latencyMs, liquidityShared, levelShareMax, volumeShareMax, primary, ...left } = rules;
  left satisfies NothingLeft;
  const isThrough = restingFills === 'through';
  const resting = isThrough
    ? 'A limit order that rests fills when the venue trades at a better price than its own.'
    : 'A limit order that rests also fills at its own price, once what stood before it there has traded.';
  const isAll = liquidityShared === 'all';
  const whose = isAll ? 'What anybody here has taken' : 'What any of your accounts has taken';
  const most = levelShareMax === '1' ? '' : ` You may take at most ${shareText(levelShareMax)} of a price level.`;
  const shared = `${whose} of a price level stays taken until the venue shows the level anew.${most}`;
  const value = isThrough ? 'Fill when traded through' : 'Fill by their place in the queue';
  const named = isAll ? 'Shared by everybody' : 'Shared by your accounts';
  return [
    { name: 'Resting orders', value, means: resting, isMain: false },
    { name: 'Liquidity', value: named, means: `${shared} Getting out finds all that you have left.`, isMain: false },
    ...volume(volumeShareMax),
    venue(primary),
    ...latency(latencyMs),
  ];
}

function venue(primary: Rules['execution']['primary']): Explained {
  const name = { kraken: 'Kraken', coinbase: 'Coinbase' }[primary];
  const means = `Orders in coins fill from the book of ${name}. What coins are worth, and whether a stop is reached, several venues have to agree on.`;
  return { name: 'Coins fill at', value: name, means, isMain: false };
}

function volume(volumeShareMax: string | null): readonly Explained[] {
  if (volumeShareMax === null) return [];
  const means =
    'Orders that add risk take at most this share of what the venue traded in the last hour, all your accounts together.';
  return [{ name: 'Traded volume', value: `At most ${shareText(volumeShareMax)}`, means, isMain: false }];
}

function targetOf(rules: Rules): Explained {
  if (!rules.target) {
    const means = 'There is nothing to reach: the account stays open until a rule ends it.';
    return { name: 'Profit target', value: 'None', means, isMain: true };
  }
  const { profitUsd, counts, closesAll, ...left } = rules.target;
  left satisfies NothingLeft;
  const reached = {
    realized_flat: 'Closed profit of this much passes, once every position is closed.',
    realized: 'Closed profit of this much passes, also while positions are open.',
    equity: 'Profit of this much passes, open profit included.',
  }[counts];
  const { shortWins, tradeHeldMsMin } = rules.activity;
  const winShare = rules.conduct.news?.winShare ?? null;
  const news =
    winShare === null ? '' : ` Of what a trade won that was filled around news ${shareText(winShare)} counts.`;
  const short =
    shortWins === 'excluded'
      ? ` What a trade won that was open for less than ${durationText(tradeHeldMsMin)} does not count; its losses do.`
      : '';
  return {
    name: 'Profit target',
    value: roundDollarsText(profitUsd),
    share: shareOf(profitUsd, rules),
    means: `${reached}${closesAll ? ' Every position is closed for you when equity gets there.' : ''}${short}${news}`,
    isMain: true,
  };
}

/** Without one an order fills at the first price that is known to hold after it; that is no rule of a tier. */
function latency(latencyMs: number): readonly Explained[] {
  if (latencyMs === 0) return [];
  const value = durationText(latencyMs);
  const means = `An order fills at a price that the venue is known to have ${value} after it arrived. Without such a price it is refused, and nothing is filled.`;
  return [{ name: 'On its way', value, means, isMain: false }];
}

type Activity = Rules['activity'];
type DayTerms = Pick<Activity, 'dayCountsIf' | 'dayGainUsd' | 'daySizeShareMin' | 'daySizeOf'>;

/** What has to have happened in a day. */
function dayCountsText({ dayCountsIf, dayGainUsd, daySizeShareMin, daySizeOf }: DayTerms): string {
  switch (dayCountsIf) {
    case 'opened':
      return 'a position was opened in it';
    case 'closed':
      return 'a trade was closed in it';
    case 'gain':
      return `the closed result was at least ${roundDollarsText(dayGainUsd)} in it`;
    case 'size':
      return `a trade was closed in it of at least ${shareText(daySizeShareMin)} of your average size${
        daySizeOf === 'past' ? ' of before' : ''
      }`;
    case 'calendar':
      return 'it has begun, traded or not';
  }
}

/** What is asked for beside the profit. */
function needed(activity: Activity): readonly Explained[] {
  const { tradesMin, tradeHeldMsMin, daysMin, dayCountsIf, dayGainUsd, daySizeShareMin, ...others } = activity;
  // The one is told with the target, the others are of deadlines.
  const { daySizeOf, shortWins: _, inactivityDays: __, timeLimitDays: ___, inactivityBy: ____, ...left } = others;
  left satisfies NothingLeft;
  const held =
    tradeHeldMsMin > 0 ? ` One that was open for less than ${durationText(tradeHeldMsMin)} does not count.` : '';
  const rows: (Explained | false)[] = [
    tradesMin > 0 && {
      name: 'Trades needed',
      value: String(tradesMin),
      means: `Positions opened and closed again before the target counts.${held}`,
      isMain: true,
    },
    daysMin > 0 && {
      name: dayCountsIf === 'calendar' ? 'Days needed' : 'Trading days needed',
      value: String(daysMin),
      means: `A day counts when ${dayCountsText({ dayCountsIf, dayGainUsd, daySizeShareMin, daySizeOf })}.`,
      isMain: true,
    },
  ];
  return rows.filter((row) => row !== false);
}

const consistency = ({ consistency: rule }: Rules): readonly Explained[] =>
  rule === null
    ? []
    : [
        {
          name: 'Consistency',
          value: `Best ${rule.per} at most ${shareText(rule.shareMax)}`,
          means: consistencyText(rule),
          isMain: true,
        },
      ];

function consistencyText({ per, of, severity, shareMax: _, ...left }: NonNullable<Rules['consistency']>): string {
  left satisfies NothingLeft;
  const whole = of === 'net' ? 'the profit of all days' : 'what the winning days made';
  const most = `The best ${per === 'day' ? 'day' : 'single trade'} may make up at most this share of ${whole}.`;
  return severity === 'gate'
    ? `${most} Until then the target waits.`
    : `${most} With more the assessment fails in the moment in which it would have passed.`;
}

const ACTIVITY: Readonly<Record<Activity['inactivityBy'], string>> = {
  fill: 'nothing was filled',
  opened: 'no position was opened',
  closed: 'no trade was closed by an order',
};

function deadlines({ activity: { inactivityDays, inactivityBy, timeLimitDays } }: Rules): readonly Explained[] {
  const rows: (Explained | false)[] = [
    timeLimitDays !== null && {
      name: 'Time limit',
      value: countText(timeLimitDays, 'day'),
      means: 'The assessment fails when it has not passed by then; days are of 24 hours from its beginning.',
      isMain: true,
    },
    inactivityDays !== null && {
      name: 'Inactivity',
      value: countText(inactivityDays, 'day'),
      means: `The assessment fails when ${ACTIVITY[inactivityBy]} for this long.`,
      isMain: false,
    },
  ];
  return rows.filter((row) => row !== false);
}

/** Checked before an order: such an order is refused, which breaks nothing. */
function exposure({ leverageMax, leverageOf, outcomePriceMin, outcomePriceMax, ...caps }: Rules['exposure']) {
  const { positionsMax, positionUsdMax, eventUsdMax, categoryUsdMax, liquidityUsdMin, ...flags } = caps;
  const { netsOutcomes, allowsBothOutcomes, ...others } = flags;
  const { marketUsdMax, tradesPerDayMax, sizeSteps, capsFollow, ...left } = others;
  left satisfies NothingLeft;
  const dollarCap = (name: string, amount: string | null, means: string): Explained | false =>
    amount !== null && { name, value: roundDollarsText(amount), means, isMain: false };
  const leverages = [`${leverageMax} : 1`, ...leverageOf.map((each) => `${each.instrument} ${each.leverageMax} : 1`)];
  const hasBand = Number(outcomePriceMin) > 0 || Number(outcomePriceMax) < 1;
  const rows: (Explained | false)[] = [
    {
      name: 'Leverage',
      value: leverages.join(', '),
      means:
        'A crypto position may be worth this many times the margin it binds. What all of them bind may not exceed the ' +
        'equity, less what outcomes are worth; checked before each order that adds risk.',
      isMain: true,
    },
    positionsMax !== null && {
      name: 'Open positions',
      value: `At most ${positionsMax}`,
      means: 'An order that would open one more is refused; what waiting orders may open counts.',
      isMain: false,
    },
    dollarCap(
      'Position size',
      positionUsdMax,
      'An order is refused if it could make one crypto position worth more; a price that moves breaks nothing.',
    ),
    tradesPerDayMax !== null && {
      name: 'Trades a day',
      value: `At most ${tradesPerDayMax}`,
      means:
        'An order that would open one more position in a trading day is refused; what waiting orders may open counts.',
      isMain: false,
    },
    sizeSteps.length > 0 && {
      name: 'Size by balance',
      value: sizeSteps.map(stepText).join('; '),
      means:
        'One crypto position may be this large, waiting orders included, while a trading day began with the balance named. ' +
        'An order beyond it is refused; below the lowest balance the lowest step holds.',
      isMain: false,
    },
    capsFollow === 'day_balance' && {
      name: 'Caps',
      value: 'Follow the balance',
      means:
        'The caps in dollars of positions, markets, events and categories grow and shrink with the balance with which a ' +
        'trading day began.',
      isMain: false,
    },
    dollarCap(
      'Per market',
      marketUsdMax,
      'A purchase is refused if both outcomes of one market would cost more together, fees and waiting orders included.',
    ),
    dollarCap(
      'Per event',
      eventUsdMax,
      'A purchase is refused if all outcomes of one event would cost more together, fees and waiting orders included.',
    ),
    dollarCap(
      'Per category',
      categoryUsdMax,
      'A purchase is refused if all outcomes of one category would cost more together, fees and waiting orders included.',
    ),
    dollarCap(
      'Liquidity',
      liquidityUsdMin,
      'The side of the book that an order takes must be worth this much; getting out is not held to it.',
    ),
    hasBand && {
      name: 'Outcome prices',
      value: `${shareText(outcomePriceMin)} to ${shareText(outcomePriceMax)}`,
      means: 'Outcomes are bought only at prices inside this band.',
      isMain: false,
    },
    netsOutcomes && {
      name: 'Opposite outcomes',
      value: 'Netted',
      means: 'Of YES and NO of one market only the one that cost more counts towards the caps.',
      isMain: false,
    },
    !allowsBothOutcomes && {
      name: 'YES and NO',
      value: 'One of them',
      means: 'YES and NO of one market may not be held or ordered at the same time.',
      isMain: false,
    },
  ];
  return rows.filter((row) => row !== false);
}

type SizeStep = Rules['exposure']['sizeSteps'][number];

/** "BTC-USD from $50,000: 2 units". */
const stepText = ({ instrument, fromBalanceUsd, most }: SizeStep): string =>
  `${instrument ?? 'each'} from ${roundDollarsText(fromBalanceUsd)}: ` +
  (most.kind === 'usd' ? roundDollarsText(most.usd) : `${qtyText(most.units)} units`);
