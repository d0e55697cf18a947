import type { Account } from '../../account/account';
import { ACCOUNT } from '../../account/codecs/account-codec';
import { COUNT, INSTANT, list, record, text } from '../../kernel/codec';
import type { AccountId, AssessmentId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import { invariant } from '../../kernel/invariant';
import { formatUsd } from '../../kernel/money';
import type { Quote } from '../../market/book';
import { marksOf } from '../context/marks';
import { judge } from '../judging/judge';
import type { Gate, Judgement } from '../judging/judgement';
import type { RuleRoom, RuleSet } from '../rules/rule-set';
import { RULE_SET } from '../rules/rule-set-codec';
import { type TradingDay, tradingDayAt } from '../rules/trading-day';
import { ZONES_VERSION } from '../rules/zones/zone-data';
import { QUOTE } from './quote-codec';
import { breakdownOf } from './verdict-breakdown';

/** All that a verdict is decided from. Nothing else may enter the decision, or it could not be repeated. */
export type EvidenceInput = {
  readonly assessmentId: AssessmentId;
  readonly accountId: AccountId;
  readonly accountVersion: number;
  readonly ruleSetVersion: number;
  readonly ruleSetHash: string;
  readonly rules: RuleSet;
  readonly at: Instant;
  readonly account: Account;
  readonly quotes: readonly Quote[];
};

/** How the trading day of the verdict was cut, by which version of the time zones: another may cut it otherwise. */
type Cut = { readonly tradingDay: TradingDay & { readonly zones: string } };

/** 2: orders, standing, deadlines, gates and the arithmetic. */
const FORMAT = 2;

const INPUT = record<EvidenceInput & Cut>({
  assessmentId: text(),
  accountId: text(),
  accountVersion: COUNT,
  ruleSetVersion: COUNT,
  ruleSetHash: text(),
  rules: RULE_SET,
  at: INSTANT,
  account: ACCOUNT,
  quotes: list(QUOTE),
  tradingDay: record({ day: text(), startsAt: INSTANT, endsAt: INSTANT, zones: text() }),
});

/**
 * The evidence as text: JSON with keys in this order, quotes and positions by instrument, decimals as text, two-space
 * indent. The same input gives the same bytes; their SHA-256 is stored beside them.
 */
export function evidenceText(input: EvidenceInput, judgement: Judgement): string {
  const { day, startsAt, endsAt } = tradingDayAt(input.at, input.rules);
  return textOf({ ...input, tradingDay: { day, startsAt, endsAt, zones: ZONES_VERSION } }, judgement);
}

function textOf(input: EvidenceInput & Cut, judgement: Judgement): string {
  const quotes = [...input.quotes].sort((a, b) => (a.instrument < b.instrument ? -1 : 1));
  return JSON.stringify(
    {
      format: FORMAT,
      ...(INPUT.encode({ ...input, quotes }) as object),
      judgement: judgementForm(judgement),
      arithmetic: breakdownOf(input, judgement),
    },
    null,
    2,
  );
}

/**
 * Decides stored evidence again from its inputs alone, and writes it anew: equal bytes prove the verdict. The day is the
 * one that was cut then: neither limits nor deadlines ask where it ends.
 */
export function replayEvidence(stored: string): string {
  const { input, judgement } = decideAgain(stored);
  return textOf(input, judgement);
}

/** What stored evidence holds, and the judgement that follows from it. */
export function decideAgain(stored: string): { readonly input: EvidenceInput & Cut; readonly judgement: Judgement } {
  const form: { readonly format?: unknown } = JSON.parse(stored);
  invariant(form.format === FORMAT, `evidence format ${form.format} is not known`);
  const input = INPUT.decode(form);
  const judgement = judge(input.rules, input.account, marksOf(input.quotes), input.at);
  return { input, judgement };
}

/** The canonical text of a rule set, by which it is hashed and pinned. */
export const ruleSetText = (rules: RuleSet): string => JSON.stringify(RULE_SET.encode(rules));

const judgementForm = (judgement: Judgement) => {
  const { equityUsd, worstUsd, bestUsd, unpriced, inDoubt, balanceUsd, rooms, deadlines, gates, verdict } = judgement;
  return {
    equityUsd: formatUsd(equityUsd),
    worstUsd: formatUsd(worstUsd),
    bestUsd: formatUsd(bestUsd),
    unpriced,
    inDoubt,
    balanceUsd: formatUsd(balanceUsd),
    rooms: rooms.map(roomForm),
    deadlines: deadlines.map(({ rule, dueAt }) => ({ rule, dueAt })),
    gates: gates.map(gateForm),
    verdict: verdict.kind,
    brokenRule: verdict.kind === 'failed' ? verdict.broken.rule : null,
  };
};

const roomForm = ({ rule, limitUsd, usedUsd, roomUsd, floorUsd }: RuleRoom) => ({
  rule,
  limitUsd: formatUsd(limitUsd),
  usedUsd: formatUsd(usedUsd),
  roomUsd: formatUsd(roomUsd),
  floorUsd: floorUsd === null ? null : formatUsd(floorUsd),
});

const gateForm = ({ gate, have, need, isMet }: Gate) => ({ gate, have: `${have}`, need: `${need}`, isMet });
