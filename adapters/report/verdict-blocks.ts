import type { Gate } from '../../domain/assessment/judging/judgement';
import { isBroken } from '../../domain/assessment/rules/limits';
import { type Ppm, usd } from '../../domain/kernel/money';
import type { ReportContent } from '../../usecases/ports/assessments/report-renderer';
import { type Block, type Cell, cell, left, right } from './block';
import { CLOSED_FOR } from './closed-for';
import { exactDollars, exactGain, localTime, percent } from './figures';
import { positionTable } from './tables';
import { ARITHMETIC, RULE_NAMES } from './verdict-text';

/** Every limit, every deadline and everything that a pass asks for, as the verdict found them. */
export function verdictBlocks(content: ReportContent): readonly Block[] {
  const { judgement, summary, snapshot } = content;
  const { dayZone, touch, touchMs } = snapshot.rules;
  const lines = judgement.rooms.map((room) => `${RULE_NAMES[room.rule]}: ${ARITHMETIC[room.rule](content, room)}.`);
  return [
    {
      kind: 'paragraph',
      text:
        `Decided at ${localTime(summary.endedAt, dayZone)} on exact amounts. Longs count at the bid, shorts at the ask. ` +
        `${touch === 'breach' ? 'Touching' : 'Passing'} a limit breaks it; where several are broken, the one that was ` +
        `met first is the reason.${touchMs === 0 ? '' : ` One that prices break fails once they did for ${touchMs} ms.`}`,
    },
    ...forcedClosings(content),
    limitTable(content),
    ...lines.map((text): Block => ({ kind: 'paragraph', text })),
    ...deadlineTable(content),
    ...gateTable(content),
    ...positionTable(content),
  ];
}

/** What the platform closed just before, which the verdict then found as a loss. */
function forcedClosings({ trips, summary, snapshot }: ReportContent): readonly Block[] {
  return trips
    .filter(({ closedAt, closedFor }) => closedAt === summary.endedAt && closedFor && closedFor !== 'assessment_ended')
    .map(({ instrument, closedFor, netUsd, feesUsd }) => ({
      kind: 'paragraph',
      text:
        `At ${localTime(summary.endedAt, snapshot.rules.dayZone)} the platform closed ${instrument}, for ` +
        `${CLOSED_FOR[closedFor ?? 'assessment_ended']}. That trade made ${exactGain(netUsd)}, its fees of ` +
        `${exactDollars(feesUsd)} included, before the rules were judged.`,
    }));
}

function limitTable({ judgement, snapshot }: ReportContent): Block {
  const { verdict } = judgement;
  const broken = verdict.kind === 'failed' ? verdict.broken.rule : undefined;
  const rows = judgement.rooms.map((room): readonly Cell[] => [
    cell(RULE_NAMES[room.rule]),
    room.rule === broken
      ? cell('Broken', 'bad')
      : isBroken(snapshot.rules, room)
        ? cell('Also reached', 'bad')
        : cell('Kept', 'good'),
    cell(exactDollars(room.limitUsd)),
    cell(exactDollars(room.usedUsd)),
    cell(exactDollars(room.roomUsd)),
  ]);
  return {
    kind: 'table',
    columns: [left('Rule'), left('State'), right('Limit'), right('Used'), right('Room')],
    rows,
  };
}

function deadlineTable({ judgement, summary, snapshot }: ReportContent): readonly Block[] {
  if (judgement.deadlines.length === 0) return [];
  const rows = judgement.deadlines.map(({ rule, dueAt }): readonly Cell[] => [
    cell(RULE_NAMES[rule]),
    dueAt <= summary.endedAt ? cell('Missed', 'bad') : cell('Kept', 'good'),
    cell(localTime(dueAt, snapshot.rules.dayZone)),
  ]);
  return [{ kind: 'table', columns: [left('Deadline'), left('State'), right('Was due')], rows }];
}

function gateTable({ judgement }: ReportContent): readonly Block[] {
  if (judgement.gates.length === 0) return [];
  const rows = judgement.gates.map((gate): readonly Cell[] => [
    cell(GATE_NAMES[gate.gate]),
    gate.isMet ? cell('Met', 'good') : cell('Not met'),
    cell(amountOf(gate, gate.have)),
    cell(amountOf(gate, gate.need)),
  ]);
  return [
    { kind: 'table', columns: [left('A pass asks for'), left('State'), right('There was'), right('Needed')], rows },
  ];
}

const GATE_NAMES: Readonly<Record<Gate['gate'], string>> = {
  target_usd: 'Profit',
  flat_positions: 'Open positions, none',
  trades: 'Trades, at least',
  days: 'Days that count, at least',
  best_day_ppm: 'Best day’s share, at most',
  best_trade_ppm: 'Best trade’s share, at most',
};

function amountOf({ gate }: Gate, amount: bigint): string {
  switch (gate) {
    case 'target_usd':
      return exactDollars(usd(amount));
    case 'best_day_ppm':
    case 'best_trade_ppm':
      return percent(amount as Ppm);
    case 'flat_positions':
    case 'trades':
    case 'days':
      return `${amount}`;
  }
}
