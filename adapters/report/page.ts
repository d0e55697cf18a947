import { addUsd, subUsd } from '../../domain/kernel/money';
import type { ReportContent } from '../../usecases/ports/report-renderer';
import { type Block, type Cell, cell, left, type Page, right } from './block';
import { drawdownChart, equityChart } from './chart';
import { dollars, duration, exactDollars, factor, gain, localDate, localTime, NONE, percent } from './figures';
import { dayTable, positionTable, toneOf, tripTables } from './tables';
import { ARITHMETIC, RULE_NAMES, verdictSentence } from './verdict-text';

/** The report's text: what was decided and why, then how the account got there, then the terms it was judged by. */
export function pageOf(content: ReportContent): Page {
  const { summary, snapshot, title, writtenAt } = content;
  const zone = snapshot.rules.dayZone;
  const [from, to] = [localDate(summary.createdAt, zone), localDate(summary.endedAt, zone)];
  const span = from === to ? from : `${from} to ${to}`;
  return {
    title,
    subtitle: `Assessment report · ${span} · all times ${zone}`,
    verdict: {
      word: summary.status === 'passed' ? 'Passed' : 'Failed',
      sentence: verdictSentence(content),
      tone: summary.status === 'passed' ? 'good' : 'bad',
    },
    blocks: [
      { kind: 'tiles', facts: headline(content) },
      section('Equity'),
      { kind: 'chart', drawing: equityChart(content) },
      section('Drawdown'),
      { kind: 'chart', drawing: drawdownChart(content) },
      section('The verdict, rule by rule'),
      ...verdictBlocks(content),
      section('Performance'),
      { kind: 'facts', facts: performanceFacts(content) },
      ...dayTable(content),
      ...tripTables(content),
      section('Terms and evidence'),
      { kind: 'facts', facts: termFacts(content) },
    ],
    footer: `Written ${localTime(writtenAt, zone)} · Assessment ${summary.assessmentId}`,
  };
}

const section = (text: string): Block => ({ kind: 'section', text });

function headline({ judgement, snapshot, drawdown, performance }: ReportContent) {
  const result = subUsd(judgement.equityUsd, snapshot.rules.startingUsd);
  return [
    { label: 'Result', value: gain(result), tone: toneOf(result) },
    { label: 'Final equity', value: dollars(judgement.equityUsd) },
    { label: 'Deepest drawdown', value: dollars(drawdown.deepestUsd) },
    { label: 'Trades', value: String(performance.trades) },
    { label: 'Win rate', value: performance.winRate === undefined ? NONE : percent(performance.winRate) },
    { label: 'Profit factor', value: performance.profitFactor === undefined ? NONE : factor(performance.profitFactor) },
  ];
}

function verdictBlocks(content: ReportContent): readonly Block[] {
  const { judgement, summary, snapshot } = content;
  const zone = snapshot.rules.dayZone;
  const broken = judgement.verdict.kind === 'failed' ? judgement.verdict.broken.rule : undefined;
  const rows = judgement.rooms.map((room): readonly Cell[] => [
    cell(RULE_NAMES[room.rule]),
    room.rule === broken
      ? cell('Broken', 'bad')
      : room.roomUsd <= 0n
        ? cell('Also broken', 'bad')
        : cell('Kept', 'good'),
    cell(exactDollars(room.limitUsd)),
    cell(exactDollars(room.usedUsd)),
    cell(exactDollars(room.roomUsd)),
  ]);
  const lines = judgement.rooms.map((room) => `${RULE_NAMES[room.rule]}: ${ARITHMETIC[room.rule](content, room)}.`);
  return [
    {
      kind: 'paragraph',
      text:
        `Decided at ${localTime(summary.endedAt, zone)} on exact amounts. Longs count at the bid, shorts at the ask. ` +
        'Touching a limit breaks it; where several are broken, the one that equity met first is the reason.',
    },
    { kind: 'table', columns: [left('Rule'), left('State'), right('Limit'), right('Used'), right('Room')], rows },
    ...lines.map((text): Block => ({ kind: 'paragraph', text })),
    ...positionTable(content),
  ];
}

function performanceFacts({ performance, drawdown, feesUsd, judgement, summary, snapshot }: ReportContent) {
  const money = (amount: typeof performance.bestUsd) => (amount === undefined ? NONE : gain(amount));
  const deepest = `${dollars(drawdown.deepestUsd)} (${percent(drawdown.deepestOfPeak)} of ${dollars(drawdown.peakUsd)})`;
  return [
    { label: 'Starting balance', value: dollars(snapshot.rules.startingUsd) },
    { label: 'Final balance', value: dollars(judgement.balanceUsd) },
    { label: 'Closed trades, net of fees', value: gain(performance.netUsd), tone: toneOf(performance.netUsd) },
    { label: 'Fees paid', value: dollars(feesUsd) },
    { label: 'Winners / losers', value: `${performance.wins} / ${performance.losses}` },
    { label: 'Average winner', value: money(performance.averageWinUsd) },
    { label: 'Average loser', value: money(performance.averageLossUsd) },
    { label: 'Best trade', value: money(performance.bestUsd) },
    { label: 'Worst trade', value: money(performance.worstUsd) },
    { label: 'Deepest drawdown', value: deepest },
    { label: 'Took', value: duration(summary.createdAt, summary.endedAt) },
  ];
}

function termFacts({ snapshot, summary, evidenceHash }: ReportContent) {
  const { rules, ruleSetVersion, ruleSetHash } = snapshot;
  const floor = subUsd(rules.startingUsd, rules.maxDrawdownUsd);
  const target = addUsd(rules.startingUsd, rules.profitTargetUsd);
  return [
    { label: 'Tier', value: summary.tierName },
    { label: 'Rules', value: `Version ${ruleSetVersion}, pinned at purchase` },
    { label: 'Rules’ SHA-256', value: ruleSetHash },
    { label: 'Profit target', value: `${dollars(rules.profitTargetUsd)}: a balance of ${dollars(target)}, flat` },
    { label: 'Maximum drawdown', value: `${dollars(rules.maxDrawdownUsd)}: equity of ${dollars(floor)}` },
    { label: 'Daily loss', value: `${dollars(rules.dailyLossUsd)} below the balance at the start of the day` },
    { label: 'Risk per trade', value: dollars(rules.riskPerTradeUsd) },
    { label: 'Trades at least', value: String(rules.tradesMin) },
    { label: 'Leverage at most', value: `${rules.leverageMax} : 1` },
    { label: 'Trading day', value: `begins at ${rules.dayResetAt}, ${rules.dayZone}` },
    { label: 'Assessment', value: summary.assessmentId },
    ...(summary.violationId ? [{ label: 'Violation', value: summary.violationId }] : []),
    ...(evidenceHash ? [{ label: 'Evidence’s SHA-256', value: evidenceHash }] : []),
  ];
}
