import { type Account, balanceOf, type Marks } from '../../account/account';
import { exitPrice, type Position, valueAt } from '../../account/positions/position';
import { type Bound, lastExit, unpricedBounds } from '../../account/positions/valuation';
import { type Instant, isoText, plusMs } from '../../kernel/instant';
import { formatPpm, formatPrice, formatQty, formatUsd, type Price, ppm, subUsd, type Usd } from '../../kernel/money';
import type { Quote } from '../../market/book';
import { marksOf } from '../context/marks';
import { lastActivity } from '../judging/deadlines';
import type { Broken, Deadline, Judgement, TooLargeShare } from '../judging/judgement';
import { lossAtStops } from '../judging/planned-loss';
import { correctionOf, stopDueAt } from '../judging/stops';
import { lossOf, openLossBasis } from '../rules/limits';
import { dailyAnchor, layerAnchor, layerOf } from '../rules/loss-layers';
import type { LossLayer, RuleRoom, RuleSet, Width } from '../rules/rule-set';

import { rulesInForce } from '../rules/rules-in-force';
import { type BreakdownLine, money } from './breakdown-line';
import { gateLines } from './gate-lines';

type Given = {
  readonly rules: RuleSet;
  readonly account: Account;
  readonly quotes: readonly Quote[];
  readonly at: Instant;
};

/** The sum of a verdict line by line, as it would be done with a pencil. */
export function breakdownOf(pinned: Given, judgement: Judgement): readonly BreakdownLine[] {
  const given = { ...pinned, rules: rulesInForce(pinned.rules, pinned.account) };
  return [...verdictLines(given, judgement), ...capitalLines(pinned, given)];
}

/** Limits in dollars, and what counts from the start, are those of the capital. */
const capitalLines = ({ rules: sold }: Given, { rules }: Given): readonly BreakdownLine[] =>
  sold === rules
    ? []
    : [money('starting balance as sold', sold.startingUsd), money('capital that it grew to', rules.startingUsd)];

function verdictLines(given: Given, judgement: Judgement): readonly BreakdownLine[] {
  const { account, quotes } = given;
  const { equityUsd, verdict } = judgement;
  switch (verdict.kind) {
    case 'failed':
      return brokenLines(given, judgement, verdict.broken);
    case 'passed':
      return profitLines(given, judgement);
    case 'open':
    case 'paused':
    case 'close':
      return equityLines(account, marksOf(quotes), equityUsd);
  }
}

/** What the values of positions without a price are called, in which a limit is judged, or a pass. */
const BOUND_WORDS: Readonly<Record<Bound, string>> = {
  worstUsd: 'at least',
  expectedUsd: 'at its last good price',
  bestUsd: 'at most',
};

const time = (label: string, at: Instant): BreakdownLine => ({ label, value: isoText(at) });

/** Cash and what each position would bring: their sum is the equity, as the bound says where something has no price. */
const equityLines = (
  account: Account,
  marks: Marks,
  equityUsd: Usd,
  bound: Bound = 'expectedUsd',
): readonly BreakdownLine[] => [
  money('cash', account.cashUsd),
  ...account.positions.map((position) => valueLine(position, marks, bound)),
  money('equity', equityUsd),
];

function valueLine(position: Position, marks: Marks, bound: Bound): BreakdownLine {
  const quote = marks.get(position.instrument);
  const exit = exitPrice(position, quote);
  if (exit !== null) return exitLine(position, exit);
  const { instrument, qty, costUsd } = position;
  const last = lastExit(position, quote);
  const known = last
    ? `no price since ${formatPrice(last.price)} at ${isoText(last.receivedAt)}`
    : `it never had a price, and cost ${formatUsd(costUsd)}`;
  const label = `${instrument}: ${formatQty(qty)} ${BOUND_WORDS[bound]} (${known})`;
  return money(label, unpricedBounds(position, quote)[bound]);
}

const exitLine = (position: Position, exit: Price): BreakdownLine =>
  money(`${position.instrument}: ${formatQty(position.qty)} × ${formatPrice(exit)}`, valueAt(position, exit));

/** Cash and what each position cost: their sum is the balance. */
const balanceLines = (account: Account, balanceUsd: Usd): readonly BreakdownLine[] => [
  money('cash', account.cashUsd),
  ...account.positions.map(({ instrument, costUsd }) => money(`${instrument}: cost`, costUsd)),
  money('balance', balanceUsd),
];

function brokenLines(given: Given, judgement: Judgement, broken: Broken): readonly BreakdownLine[] {
  if (broken.kind === 'deadline') return [...deadlineLines(given, broken), time('judged at', given.at)];
  if (broken.kind === 'share') return shareLines(given, judgement, broken);
  return [...limitLines(given, judgement, broken), ...touchLines(given, broken)];
}

/** Since when prices broke it, where the rules ask for a time; what is lost for good needs none. */
function touchLines({ rules, account, at }: Given, { rule }: RuleRoom): readonly BreakdownLine[] {
  const since = account.standing.touched[rule];
  if (rules.touchMs === 0 || since === undefined) return [];
  return [
    time('touched at', since),
    { label: 'broken at every price for, in ms', value: `${at - since}` },
    { label: 'of', value: `${rules.touchMs}` },
  ];
}

function limitLines(given: Given, judgement: Judgement, broken: RuleRoom): readonly BreakdownLine[] {
  const { rules, account, quotes } = given;
  const marks = marksOf(quotes);
  switch (broken.rule) {
    case 'daily_loss':
      return [
        ...equityLines(account, marks, judgement.bestUsd, 'bestUsd'),
        money('the day counts from', dailyAnchor(rules, account)),
        ...floorLines(broken, rules.dailyLoss?.width),
      ];
    case 'second_daily_loss':
    case 'weekly_loss':
    case 'monthly_loss':
    case 'static_loss': {
      const layer = layerOf(rules, broken.rule);
      return [
        ...equityLines(account, marks, judgement.bestUsd, 'bestUsd'),
        ...(layer ? [money(originOf(layer), layerAnchor(rules, account, layer))] : []),
        ...floorLines(broken, layer?.width),
      ];
    }
    case 'max_drawdown':
      return [
        ...(rules.maxLoss.testedOn === 'equity'
          ? equityLines(account, marks, judgement.bestUsd, 'bestUsd')
          : balanceLines(account, judgement.balanceUsd)),
        money('high-water mark', account.standing.peaks.highWaterUsd),
        ...floorLines(broken, rules.maxLoss.width, rules.maxLoss.lockUsd),
      ];
    case 'risk_per_trade':
      return [...worstLines(account, marks, broken), money('limit', broken.limitUsd), money('room', broken.roomUsd)];
    case 'planned_risk':
      return [...plannedLines(account, broken), money('limit', broken.limitUsd), money('room', broken.roomUsd)];
    case 'open_loss':
      return [
        ...equityLines(account, marks, judgement.bestUsd, 'bestUsd'),
        ...balanceLines(account, judgement.balanceUsd),
        money('loss that is open', broken.usedUsd),
        ...openLossLines(rules, account, broken),
      ];
  }
}

const LAYER_ORIGINS: Readonly<Record<LossLayer['span'], string>> = {
  day: 'the day counts from',
  week: 'the week counts from',
  month: 'the month counts from',
  total: 'starting balance',
};

const originOf = ({ span, anchor }: LossLayer): string =>
  span === 'total' && anchor === 'same' ? 'high-water mark' : LAYER_ORIGINS[span];

/** Every gate as it stood, and the largest result with the profit that it is a part of. */
const shareLines = (given: Given, judgement: Judgement, broken: TooLargeShare): readonly BreakdownLine[] => [
  ...profitLines(given, judgement),
  money(broken.per === 'day' ? 'best day' : 'best trade', broken.usedUsd),
  money(given.rules.consistency?.of === 'net' ? 'profit of all days' : 'profit of winning days', broken.totalUsd),
  money('the most it may be', broken.limitUsd),
];

/** What the target counts, what it counts from, and the gates. */
const profitLines = ({ rules, account, quotes }: Given, judgement: Judgement): readonly BreakdownLine[] => [
  ...(rules.target?.counts === 'equity'
    ? equityLines(account, marksOf(quotes), judgement.worstUsd, 'worstUsd')
    : balanceLines(account, judgement.balanceUsd)),
  money('starting balance', rules.startingUsd),
  ...excludedLines(rules, account),
  ...judgement.gates.flatMap(gateLines),
];

/** What was won, and does not count. */
function excludedLines({ conduct }: RuleSet, { standing }: Account): readonly BreakdownLine[] {
  const { excludedUsd } = standing.trades;
  if (excludedUsd <= 0n) return [];
  const isShort = (conduct.news?.winShare ?? null) === null;
  return [money(isShort ? 'won in trades that were too short' : 'won, and does not count', excludedUsd)];
}

/** Anchor less width is the floor, value less floor the room. */
const floorLines = (room: RuleRoom, width: Width | undefined, lockUsd: Usd | null = null): readonly BreakdownLine[] => [
  money(width?.kind === 'share' ? `width: ${formatPpm(width.share)} of it` : 'width', room.limitUsd),
  ...(lockUsd === null ? [] : [money('the floor rises to at most', lockUsd)]),
  ...(room.floorUsd === null ? [] : [money('floor', room.floorUsd)]),
  money('room', room.roomUsd),
];

/** The profit with which the day began, or the width in its place; a share of it is the limit, below the balance. */
function openLossLines(rules: RuleSet, account: Account, room: RuleRoom): readonly BreakdownLine[] {
  const { openLoss, startingUsd } = rules;
  const { balanceUsd: dayBalanceUsd } = account.standing.day;
  const basis = dayBalanceUsd > startingUsd ? 'profit with which the day began' : 'width of the maximum loss';
  return [
    money('balance with which the day began', dayBalanceUsd),
    money('starting balance', startingUsd),
    money(basis, openLossBasis(rules, account)),
    money(`limit: ${formatPpm(openLoss?.share ?? ppm(0n))} of it`, room.limitUsd),
    money('floor', subUsd(balanceOf(account), room.limitUsd)),
    money('room', room.roomUsd),
  ];
}

/** Fees and cost, less what was realized and what closing brings: what the worst position has lost. */
function worstLines(account: Account, marks: Marks, { usedUsd }: RuleRoom): readonly BreakdownLine[] {
  const worst = account.positions.find((position) => lossOf(position, marks, 'bestUsd') === usedUsd);
  if (!worst) return [money('loss of the worst closed trade', usedUsd)];
  return [
    money(`${worst.instrument}: cost`, worst.costUsd),
    money('fees', worst.feesUsd),
    money('realized in part', worst.realizedUsd),
    valueLine(worst, marks, 'bestUsd'),
    money('loss', usedUsd),
  ];
}

/** What the position with the widest stops cost, with its fees, and what it would lose at them. */
const plannedLines = (account: Account, { usedUsd }: RuleRoom): readonly BreakdownLine[] => [
  ...account.positions.flatMap((position) =>
    lossAtStops(account, position) === usedUsd
      ? [money(`${position.instrument}: cost`, position.costUsd), money('fees', position.feesUsd)]
      : [],
  ),
  money('loss at its stops', usedUsd),
];

function deadlineLines({ rules, account, quotes }: Given, { rule, dueAt }: Deadline): readonly BreakdownLine[] {
  const { activity, riskPerTrade } = rules;
  const { startedAt, holds } = account.standing;
  const due = time('due at', dueAt);
  switch (rule) {
    case 'stop_missing': {
      const withinMs = riskPerTrade?.stopWithinMs ?? 0;
      const marks = marksOf(quotes);
      const late = account.positions.filter(
        (position) => stopDueAt(withinMs, account, position, marks.get(position.instrument)) === dueAt,
      );
      const moreMs = riskPerTrade?.stopCorrection?.withinMs ?? 0;
      const corrected = late.filter((position) => correctionOf(account, position));
      return [
        ...late.map(({ instrument, openedAt }) => time(`${instrument}: opened at`, openedAt)),
        { label: 'milliseconds until a stop', value: `${withinMs}` },
        ...missedLines(rules, account),
        ...corrected.map(({ instrument }) => time(`${instrument}: found without it at`, plusMs(dueAt, -moreMs))),
        ...(corrected.length > 0 ? [{ label: 'milliseconds of its correction', value: `${moreMs}` }] : []),
        due,
      ];
    }
    case 'inactivity': {
      const lastAt = lastActivity(rules, account);
      return [
        time(ACTIVITY[activity.inactivityBy], lastAt),
        ...(holds.endedAt !== null && holds.endedAt > lastAt ? [time('held until', holds.endedAt)] : []),
        { label: 'days allowed', value: `${activity.inactivityDays}` },
        due,
      ];
    }
    case 'time_limit':
      return [
        time('began at', startedAt),
        ...(holds.heldMs > 0 ? [{ label: 'milliseconds held', value: `${holds.heldMs}` }] : []),
        { label: 'days allowed', value: `${activity.timeLimitDays}` },
        due,
      ];
  }
}

/** Where a number of missing stops fails: how many there were before, and the one that does. */
const missedLines = ({ riskPerTrade }: RuleSet, { standing }: Account): readonly BreakdownLine[] =>
  (riskPerTrade?.stopMissesToFail ?? null) === null
    ? []
    : [
        { label: 'stops missing before', value: `${standing.trades.missedStops.length}` },
        { label: 'missing stops that fail', value: `${riskPerTrade?.stopMissesToFail}` },
      ];

const ACTIVITY: Readonly<Record<RuleSet['activity']['inactivityBy'], string>> = {
  fill: 'last fill at',
  opened: 'last opening at',
  closed: 'last closing at',
};
