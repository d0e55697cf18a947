import type { Rules } from './contract';
import { durationText, percent, roundDollarsText, shareText } from './display';
import { readUsd } from './read-decimal';
import { RULE_NAMES } from './rules';

/** One parameter of a rule set in figures and in words. */
export type Explained = {
  readonly name: string;
  readonly value: string;
  /** The limit as a share of the starting balance. */
  readonly share?: string;
  readonly means: string;
  /** Stands on the card of a tier; the others wait behind it. */
  readonly isMain: boolean;
};

type Width = Rules['maxLoss']['width'];

/** What a rule set says of one of its parts; nothing where it does not limit. */
export type Explain = (rules: Rules) => readonly Explained[];

/** Left of a part once each of its parameters was told: one that is added has no words yet, and does not compile. */
export type NothingLeft = Readonly<Record<string, never>>;

/** The rules that end or pause an assessment when too much is lost. */
export const LIMITS = {
  maxLoss: (rules) => [maxLoss(rules), ...payouts(rules)],
  dailyLoss: (rules) => dailyLoss(rules),
  lossLayers: (rules) => rules.lossLayers.map((layer) => lossLayer(rules, layer)),
  riskPerTrade: (rules) => riskPerTrade(rules),
  openLoss: (rules) => openLoss(rules),
  touch: ({ touch }) => [
    {
      name: 'Touching a limit',
      value: touch === 'breach' ? 'Breaks it' : 'Is still safe',
      means:
        touch === 'breach'
          ? 'A loss that equals its limit to the millionth of a dollar breaks the rule.'
          : 'A loss that equals its limit keeps the rule; a millionth of a dollar more breaks it.',
      isMain: false,
    },
  ],
  touchMs: ({ touchMs }) => [
    {
      name: 'Limit broken for',
      value: touchMs === 0 ? 'None' : durationText(touchMs),
      means:
        touchMs === 0
          ? 'One price that breaks a limit is enough to fail the assessment.'
          : 'A limit that fails the assessment does so once it was broken at every price for that long; until then ' +
            'orders may only reduce. What is lost for good, on closed trades, counts at once.',
      isMain: false,
    },
  ],
} satisfies { readonly [Part in keyof Rules]?: Explain };

export const shareOf = (part: string, rules: Rules): string => percent(readUsd(part), readUsd(rules.startingUsd));

/** An amount with its share, or a share of something that moves. */
const widthText = (width: Width, rules: Rules): Pick<Explained, 'value' | 'share'> =>
  width.kind === 'usd'
    ? { value: roundDollarsText(width.usd), share: shareOf(width.usd, rules) }
    : { value: shareText(width.share) };

const WORTH = { balance: 'balance', equity: 'equity', higher: 'balance or equity, whichever is higher,' } as const;

function maxLoss(rules: Rules): Explained {
  const { mode, width, trails, testedOn, lockUsd, payoutEffect, ...left } = rules.maxLoss;
  left satisfies NothingLeft;
  const tested = testedOn === 'equity' ? 'Equity' : 'The balance';
  const paid = payoutEffect === 'none' ? '' : ' but by a payout';
  const rises = `The floor rises with it and never falls${payoutEffect === 'lowers_mark' ? paid : ''}.`;
  const lock = lockUsd === null ? '' : ` It rises no further than ${roundDollarsText(lockUsd)}.`;
  const means = {
    static: `${tested} may never fall this far below the starting balance. The floor does not move${paid}.`,
    trailing_eod: `${tested} may never fall this far below the highest ${WORTH[trails]} with which a trading day began. ${rises}${lock}`,
    trailing_closed: `${tested} may never fall this far below the highest ${WORTH[trails]} after any fill or settlement. ${rises}${lock}`,
    trailing_intraday: `${tested} may never fall this far below the highest ${WORTH[trails]} at any price so far. ${rises}${lock}`,
  }[mode];
  const kind = mode === 'static' ? '' : ' trailing';
  const { value, share } = widthText(width, rules);
  return { name: RULE_NAMES.max_drawdown, value: `${value}${kind}`, ...(share && { share }), means, isMain: true };
}

const PAYOUTS = {
  lowers_mark: { value: 'Lower the floor', means: 'The maximum drawdown counts from as much less as was paid out.' },
  floor_to_start: { value: 'Lift the floor', means: 'With a payout the floor moves to the starting balance.' },
} as const;

function payouts({ maxLoss: { payoutEffect } }: Rules): readonly Explained[] {
  return payoutEffect === 'none' ? [] : [{ name: 'Payouts', ...PAYOUTS[payoutEffect], isMain: false }];
}

const ANCHORS = {
  initial: 'the starting balance',
  balance: 'the balance with which the trading day began',
  equity: 'the equity with which the trading day began',
  higher: 'the balance or equity with which the trading day began, whichever was higher',
  peak: 'the highest equity of the trading day',
} as const;

const SEVERITIES = {
  fail: 'The assessment fails when it does.',
  pause: 'When it does, orders that add risk are refused until the next day; nothing fails.',
  close:
    'When it does, every position is closed and orders that add risk are refused until the next day; nothing fails.',
} as const;

function dailyLoss(rules: Rules): readonly Explained[] {
  if (!rules.dailyLoss) return [];
  const { anchor, width, severity, gainCapUsd, ...left } = rules.dailyLoss;
  left satisfies NothingLeft;
  const limit: Explained = {
    name: RULE_NAMES.daily_loss,
    ...widthText(width, rules),
    means: `Equity may not fall this far below ${ANCHORS[anchor]}. ${SEVERITIES[severity]}`,
    isMain: true,
  };
  if (gainCapUsd === null) return [limit];
  const closes = severity === 'close' ? 'every position is closed and ' : '';
  const means =
    `Once the balance has gained this much in a day, ${closes}orders that add risk are refused until the next day; ` +
    'open profit does not count.';
  const value = roundDollarsText(gainCapUsd);
  return [limit, { name: 'Daily gain', value, share: shareOf(gainCapUsd, rules), means, isMain: false }];
}

type LossLayer = Rules['lossLayers'][number];

const LAYERS = {
  day: { name: RULE_NAMES.second_daily_loss, from: 'the balance with which the trading day began' },
  week: { name: RULE_NAMES.weekly_loss, from: 'the balance with which the week began' },
  month: { name: RULE_NAMES.monthly_loss, from: 'the balance with which the month began' },
  total: { name: RULE_NAMES.static_loss, from: 'the starting balance' },
} as const;

/** What the rule counts from that a layer stands beside. */
const SAME = {
  day: 'what the daily loss counts from',
  total: 'the high-water mark that the maximum loss counts from; its floor does not stop with that of the maximum loss',
} as const;

const LAYER_SEVERITIES = {
  fail: SEVERITIES.fail,
  pause: 'While it is touched orders that add risk are refused, the rest of the day at least; nothing fails.',
  close:
    'While it is touched every position is closed and orders that add risk are refused, the rest of the day at least; nothing fails.',
} as const;

function lossLayer(rules: Rules, { span, anchor, width, severity, weekBegins, ...left }: LossLayer): Explained {
  left satisfies NothingLeft;
  const { name, from } = LAYERS[span];
  const origin =
    anchor === 'same' ? SAME[span === 'day' ? 'day' : 'total'] : anchor === 'initial' ? LAYERS.total.from : from;
  const begins = weekBegins.charAt(0).toUpperCase() + weekBegins.slice(1);
  const week = span === 'week' ? ` A week begins with the trading day of ${begins}.` : '';
  const means = `Equity may not fall this far below ${origin}. ${LAYER_SEVERITIES[severity]}${week}`;
  return { name, ...widthText(width, rules), means, isMain: true };
}

function riskPerTrade(rules: Rules): readonly Explained[] {
  if (!rules.riskPerTrade) return [];
  const { limitUsd, severity, plan, stopWithinMs, stopSeverity, stopMissesToFail, stopCorrection, ...left } =
    rules.riskPerTrade;
  left satisfies NothingLeft;
  const limit: Explained = {
    name: RULE_NAMES.risk_per_trade,
    value: roundDollarsText(limitUsd),
    share: shareOf(limitUsd, rules),
    means: severity === 'fail' ? failingRisk(plan) : blockingRisk(stopWithinMs !== null),
    isMain: true,
  };
  if (stopWithinMs === null) return [limit];
  const end =
    stopSeverity === 'fail'
      ? 'the assessment fails'
      : `the position is closed for you at the market, its fee and its loss included${missesText(stopMissesToFail)}`;
  const value = stopWithinMs === 0 ? 'At once' : `Within ${durationText(stopWithinMs)}`;
  const spared = stopCorrection === null ? '' : ` ${sparedText(stopCorrection)}`;
  const means = `A crypto position needs stop orders for all of it within this time of its opening, or ${end}.${spared}`;
  return [limit, { name: 'Stop-loss', value, means, isMain: false }];
}

type StopCorrection = NonNullable<NonNullable<Rules['riskPerTrade']>['stopCorrection']>;

function sparedText({ count, withinMs, ...left }: StopCorrection): string {
  left satisfies NothingLeft;
  const first = count === 1 ? 'The first time it is' : `The first ${count} times it is`;
  return `${first} missing, you have ${durationText(withinMs)} more to place it.`;
}

const COSTS = 'A prediction position may not cost more, fees included: such an order is refused.';

/** A plan that is judged fails as a loss does. */
const failingRisk = (plan: 'unjudged' | 'fail'): string =>
  'No single position may lose this much, fees included: open or closed, it fails the assessment. ' +
  (plan === 'fail'
    ? 'So do stops at which a crypto position would lose this much, before it has lost anything. '
    : '') +
  COSTS;

const missesText = (misses: number | null): string =>
  misses === null ? '' : `; the ${ordinalText(misses)} such position fails the assessment`;

function ordinalText(count: number): string {
  const [tens, ones] = [count % 100, count % 10];
  if (tens >= 11 && tens <= 13) return `${count}th`;
  return `${count}${({ 1: 'st', 2: 'nd', 3: 'rd' } as Record<number, string>)[ones] ?? 'th'}`;
}

/** Only stops make a loss a planned one: what an order without them may lose is nobody's plan, and is not measured. */
const blockingRisk = (hasStops: boolean): string =>
  'An order is refused if its crypto position would lose more than this at its stops, the fees of getting in included. ' +
  `Where there is no stop there is nothing to measure, and the order is taken${hasStops ? '; see the stop-loss below' : ''}. ` +
  `A loss that grows larger fails nothing. ${COSTS}`;

function openLoss(rules: Rules): readonly Explained[] {
  if (!rules.openLoss) return [];
  const { share, severity, ...left } = rules.openLoss;
  left satisfies NothingLeft;
  const whose = 'of the profit with which the trading day began or, without one, of the maximum drawdown';
  const end =
    severity === 'fail'
      ? 'The assessment fails when it is.'
      : 'When it is, every position is closed for you; nothing fails.';
  const means = `The loss of all open positions together may not be this share ${whose}. ${end}`;
  return [{ name: RULE_NAMES.open_loss, value: shareText(share), means, isMain: true }];
}
