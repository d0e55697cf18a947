import { capitalOf } from '../../domain/account/standing/growth';
import { subUsd } from '../../domain/kernel/money';
import type { ReportContent } from '../../usecases/ports/assessments/report-renderer';
import type { Block, Page } from './block';
import { drawdownChart, equityChart } from './chart';
import { dollars, duration, factor, gain, localDate, localTime, NONE, percent } from './figures';
import { dayTable, toneOf, tripTables } from './tables';
import { termFacts } from './terms';
import { verdictBlocks } from './verdict-blocks';
import { verdictSentence } from './verdict-text';

/** The report's text: what was decided and why, then how the account got there, then the terms it was judged by. */
export function pageOf(content: ReportContent): Page {
  const { summary, snapshot, title, writtenAt, holderName } = content;
  const zone = snapshot.rules.dayZone;
  const [from, to] = [localDate(summary.createdAt, zone), localDate(summary.endedAt, zone)];
  const span = from === to ? from : `${from} to ${to}`;
  return {
    title,
    holder: holderName,
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
      { kind: 'paragraph', text: DEEPEST },
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

/** What the figure is, so that it can be held against the venues’ own prices. */
const DEEPEST =
  'The deepest drawdown is the largest fall of equity below the highest before it: cash and what the positions would ' +
  'bring at the best bid, shorts at the best ask, fees of closing them not counted. It is taken at every good price ' +
  'that came while something was held, after each closing, and at the verdict.';

const section = (text: string): Block => ({ kind: 'section', text });

/** What was added to it by the plan of its rules is no result. */
const capitalIn = ({ rules, account }: ReportContent['snapshot']) =>
  capitalOf(rules.startingUsd, account.standing.payouts.growth);

function headline({ judgement, snapshot, drawdown, performance }: ReportContent) {
  const result = subUsd(judgement.equityUsd, capitalIn(snapshot));
  return [
    { label: 'Result', value: gain(result), tone: toneOf(result) },
    { label: 'Final equity', value: dollars(judgement.equityUsd) },
    { label: 'Deepest drawdown', value: dollars(drawdown.deepestUsd) },
    { label: 'Trades', value: String(performance.trades) },
    { label: 'Win rate', value: performance.winRate === undefined ? NONE : percent(performance.winRate) },
    { label: 'Profit factor', value: performance.profitFactor === undefined ? NONE : factor(performance.profitFactor) },
  ];
}

function performanceFacts({ performance, drawdown, fees, settledUsd, judgement, summary, snapshot }: ReportContent) {
  const money = (amount: typeof performance.bestUsd) => (amount === undefined ? NONE : gain(amount));
  const deepest = `${dollars(drawdown.deepestUsd)} (${percent(drawdown.deepestOfPeak)} of ${dollars(drawdown.peakUsd)})`;
  return [
    { label: 'Starting balance', value: dollars(snapshot.rules.startingUsd) },
    ...(capitalIn(snapshot) === snapshot.rules.startingUsd
      ? []
      : [{ label: 'Capital it grew to', value: dollars(capitalIn(snapshot)) }]),
    { label: 'Final balance', value: dollars(judgement.balanceUsd) },
    { label: 'Closed trades, net of fees', value: gain(performance.netUsd), tone: toneOf(performance.netUsd) },
    ...(settledUsd === 0n
      ? []
      : [{ label: 'From resolved outcomes', value: gain(settledUsd), tone: toneOf(settledUsd) }]),
    { label: 'Fees of orders that took', value: dollars(fees.takerUsd) },
    { label: 'Fees of orders that rested', value: dollars(fees.makerUsd) },
    { label: 'Winners / losers', value: `${performance.wins} / ${performance.losses}` },
    { label: 'Average winner', value: money(performance.averageWinUsd) },
    { label: 'Average loser', value: money(performance.averageLossUsd) },
    { label: 'Best trade', value: money(performance.bestUsd) },
    { label: 'Worst trade', value: money(performance.worstUsd) },
    { label: 'Deepest drawdown', value: deepest },
    { label: 'Took', value: duration(summary.createdAt, summary.endedAt) },
  ];
}
