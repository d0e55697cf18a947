import type { DeadlineName, LimitName, RuleName } from '../../domain/account/rule-name';
import type { Broken, Gate, TooLargeShare } from '../../domain/assessment/judging/judgement';
import { layerOf } from '../../domain/assessment/rules/loss-layers';
import type { RuleRoom, RuleSet } from '../../domain/assessment/rules/rule-set';
import { addUsd, type Ppm, subUsd, type Usd, usd } from '../../domain/kernel/money';
import type { JudgedPosition, ReportContent } from '../../usecases/ports/assessments/report-renderer';
import { counted, exactDollars, exactGain, localTime, percent } from './figures';

export const RULE_NAMES: Readonly<Record<RuleName, string>> = {
  daily_loss: 'Daily loss',
  max_drawdown: 'Maximum loss',
  risk_per_trade: 'Risk per trade',
  planned_risk: 'Risk planned at the stops',
  open_loss: 'Open loss',
  second_daily_loss: 'Second daily loss',
  weekly_loss: 'Weekly loss',
  monthly_loss: 'Monthly loss',
  static_loss: 'Loss of the account',
  stop_missing: 'Stop within its time',
  inactivity: 'Inactivity',
  time_limit: 'Time limit',
  consistency: 'Consistency',
};

export const ANCHOR_NAMES: Readonly<Record<NonNullable<RuleSet['dailyLoss']>['anchor'], string>> = {
  initial: 'the starting balance',
  balance: 'the balance at the start of the day',
  equity: 'the equity at the start of the day',
  higher: 'the higher of balance and equity at the start of the day',
  peak: 'the highest equity of the day',
};

const TRAILED: Readonly<Record<RuleSet['maxLoss']['trails'], string>> = {
  balance: 'balance',
  equity: 'equity',
  higher: 'of balance and equity',
};

/** What a maximum loss counts from. */
export function markName({ mode, trails }: RuleSet['maxLoss']): string {
  switch (mode) {
    case 'static':
      return 'the starting balance';
    case 'trailing_eod':
      return `the highest ${TRAILED[trails]} at the end of a day`;
    case 'trailing_closed':
      return 'the highest balance after a fill';
    case 'trailing_intraday':
      return `the highest ${TRAILED[trails]}`;
  }
}

/** The sum that each limit was judged by, with the figures of this assessment. */
export const ARITHMETIC: Readonly<Record<LimitName, (content: ReportContent, room: RuleRoom) => string>> = {
  daily_loss: ({ judgement, snapshot }, room) => {
    const name = ANCHOR_NAMES[snapshot.rules.dailyLoss?.anchor ?? 'balance'];
    const origin = { name, usd: addUsd(room.floorUsd ?? usd(0n), room.limitUsd) };
    return lossFrom(origin, { name: 'equity', usd: judgement.equityUsd }, room);
  },
  max_drawdown: ({ judgement, snapshot }, room) => {
    const { maxLoss } = snapshot.rules;
    const value = maxLoss.testedOn === 'equity' ? judgement.equityUsd : judgement.balanceUsd;
    const floor = room.floorUsd ?? usd(0n);
    if (maxLoss.mode !== 'static' && floor === maxLoss.lockUsd) {
      return `${maxLoss.testedOn} of ${exactDollars(value)} against a floor that is locked at ${exactDollars(floor)}`;
    }
    const origin = { name: markName(maxLoss), usd: addUsd(floor, room.limitUsd) };
    return lossFrom(origin, { name: maxLoss.testedOn, usd: value }, room);
  },
  risk_per_trade: ({ openPositions }, room) => {
    const limit = `a loss of ${exactDollars(room.limitUsd)} breaks the rule`;
    if (room.usedUsd === 0n) return `no position had lost anything, fees included; ${limit}`;
    const worst = openPositions.find((judged) => lossOf(judged) === room.usedUsd);
    if (!worst) return `a trade that is closed had lost ${exactDollars(room.usedUsd)}, fees included; ${limit}`;
    const { position, unrealizedUsd } = worst;
    return (
      `${position.instrument} had lost ${exactDollars(room.usedUsd)} (${exactGain(unrealizedUsd)} unrealized, ` +
      `${exactGain(position.realizedUsd)} realized, ${exactDollars(position.feesUsd)} of fees); ${limit}`
    );
  },
  planned_risk: (_, { usedUsd, limitUsd }) =>
    `at its stops the position with the widest would lose ${exactDollars(usedUsd)}, its fees included; ` +
    `a planned loss of ${exactDollars(limitUsd)} breaks the rule`,
  second_daily_loss: layerSum,
  weekly_loss: layerSum,
  monthly_loss: layerSum,
  static_loss: layerSum,
  open_loss: ({ judgement: { equityUsd, balanceUsd } }, { usedUsd, limitUsd }) => {
    const open = usedUsd > 0n ? `an open loss of ${exactDollars(usedUsd)}` : 'no open loss';
    return (
      `equity of ${exactDollars(equityUsd)} against a balance of ${exactDollars(balanceUsd)} is ${open}; ` +
      `an open loss of ${exactDollars(limitUsd)} breaks the rule`
    );
  },
};

const LAYER_ORIGINS: Readonly<Record<RuleSet['lossLayers'][number]['span'], string>> = {
  day: 'the balance at the start of the day',
  week: 'the balance at the start of the week',
  month: 'the balance at the start of the month',
  total: 'the starting balance',
};

function originOf({ span, anchor }: RuleSet['lossLayers'][number]): string {
  if (anchor === 'same') return span === 'day' ? 'what the day counts from' : 'the high-water mark';
  return LAYER_ORIGINS[anchor === 'balance' ? span : 'total'];
}

function layerSum({ judgement, snapshot }: ReportContent, room: RuleRoom): string {
  const layer = layerOf(snapshot.rules, room.rule);
  const name = layer ? originOf(layer) : LAYER_ORIGINS.total;
  const origin = { name, usd: addUsd(room.floorUsd ?? usd(0n), room.limitUsd) };
  return lossFrom(origin, { name: 'equity', usd: judgement.equityUsd }, room);
}

const lossOf = ({ position, unrealizedUsd }: JudgedPosition): Usd =>
  subUsd(position.feesUsd, addUsd(position.realizedUsd, unrealizedUsd));

type Named = { readonly name: string; readonly usd: Usd };

function lossFrom(origin: Named, now: Named, room: RuleRoom): string {
  const loss = subUsd(origin.usd, now.usd);
  const change = loss > 0n ? `a loss of ${exactDollars(loss)}` : 'no loss';
  return (
    `${now.name} of ${exactDollars(now.usd)} against ${origin.name}, ${exactDollars(origin.usd)}, is ${change}; ` +
    `a loss of ${exactDollars(room.limitUsd)} breaks the rule`
  );
}

/** What had not happened when its time was over. */
export const MISSED: Readonly<Record<DeadlineName, string>> = {
  stop_missing: 'a position was still without a stop',
  inactivity: 'nothing had been filled for the days allowed',
  time_limit: 'the days allowed were over',
};

const INACTIVE: Readonly<Record<RuleSet['activity']['inactivityBy'], string>> = {
  fill: MISSED.inactivity,
  opened: 'no position had been opened for the days allowed',
  closed: 'no trade had been closed by an order for the days allowed',
};

/** Why it ended as it did, in one sentence that can be checked with a pencil. */
export function verdictSentence(content: ReportContent): string {
  const { verdict } = content.judgement;
  return verdict.kind === 'failed' ? failedSentence(content, verdict.broken) : passedSentence(content);
}

function failedSentence(content: ReportContent, broken: Broken): string {
  if (broken.kind === 'limit') return `${RULE_NAMES[broken.rule]}: ${ARITHMETIC[broken.rule](content, broken)}.`;
  if (broken.kind === 'share') return `${RULE_NAMES.consistency}: ${shareText(content, broken)}.`;
  const dueAt = localTime(broken.dueAt, content.snapshot.rules.dayZone);
  const { inactivityBy } = content.snapshot.rules.activity;
  const missed = broken.rule === 'inactivity' ? INACTIVE[inactivityBy] : MISSED[broken.rule];
  return `${RULE_NAMES[broken.rule]}: at ${dueAt} ${missed}.`;
}

function shareText({ snapshot }: ReportContent, { per, usedUsd, totalUsd, limitUsd }: TooLargeShare): string {
  const { consistency } = snapshot.rules;
  const whole = consistency?.of === 'net' ? 'the profit' : 'the profit of winning days';
  return (
    `when everything else was met, the best ${per} had made ${exactDollars(usedUsd)} of ${whole}, ` +
    `${exactDollars(totalUsd)}; ${exactDollars(limitUsd)} was the most it may have made`
  );
}

function passedSentence({ judgement, snapshot }: ReportContent): string {
  const { startingUsd, target } = snapshot.rules;
  const [name, value] =
    target?.counts === 'equity' ? ['equity', judgement.equityUsd] : ['balance', judgement.balanceUsd];
  const others = judgement.gates.filter(({ gate }) => gate !== 'target_usd').map(gateText);
  const goal = exactDollars(addUsd(startingUsd, target?.profitUsd ?? usd(0n)));
  const counted = judgement.gates.find(({ gate }) => gate === 'target_usd')?.have ?? value - startingUsd;
  const excludedUsd = usd(value - startingUsd - counted);
  const less =
    excludedUsd > 0n ? `, less ${exactDollars(excludedUsd)} that was won in trades that were too short,` : '';
  const reached = `the ${name} of ${exactDollars(value)}${less} had reached the target of ${goal}`;
  return others.length === 0 ? `${capital(reached)}.` : `With ${listed(others)}, ${reached}.`;
}

/** One thing that a pass asks for, as it was met. */
function gateText({ gate, have, need }: Gate): string {
  switch (gate) {
    case 'target_usd':
      return `a profit of ${exactDollars(usd(have))}`;
    case 'flat_positions':
      return 'every position closed';
    case 'trades':
      return `${counted(have, 'trade')} complete (at least ${need} needed)`;
    case 'days':
      return `${counted(have, 'day')} that count (at least ${need} needed)`;
    case 'best_day_ppm':
      return `${percent(have as Ppm)} of the profit from the best day (at most ${percent(need as Ppm)})`;
    case 'best_trade_ppm':
      return `${percent(have as Ppm)} of the profit from the best trade (at most ${percent(need as Ppm)})`;
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
