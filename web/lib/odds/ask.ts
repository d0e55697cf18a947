import * as z from 'zod';
import { plainRule } from '../../../contracts/requests/plain-rule';
import { faultsOf } from '../../../contracts/requests/request-faults';
import { studyRequest, TRADE_FILE_BYTES_MAX } from '../../../contracts/study';
import type { Fault } from '../../../domain/kernel/result';
import type { StudyBody } from '../contract';
import { typedDecimal } from '../read-decimal';
import { percentFault, shareOfPercent } from '../ticket';

/** Odds as they are typed: a rate in per cent, everything a text. */
export type StrategyDraft = {
  readonly winPercent: string;
  readonly payoff: string;
  readonly riskUsd: string;
  readonly tradesPerDay: string;
  readonly heldMinutes: string;
  readonly restsOnWeekends: boolean;
};

export const EMPTY_STRATEGY: StrategyDraft = {
  winPercent: '45',
  payoff: '1.5',
  riskUsd: '50',
  tradesPerDay: '3',
  heldMinutes: '60',
  restsOnWeekends: false,
};

export type Subject = { readonly kind: 'assessment' | 'tier'; readonly id: string };

export type TradeFile = { readonly name: string; readonly text: string };

/** What is asked, while it is being written. */
export type OddsDraft = {
  readonly subject: Subject | undefined;
  readonly source: 'own' | 'file' | 'odds';
  readonly file: TradeFile | undefined;
  readonly strategy: StrategyDraft;
  readonly days: string;
  readonly paths: string;
  /** Empty: the platform takes one. */
  readonly seed: string;
};

export const EMPTY_DRAFT: OddsDraft = {
  subject: undefined,
  source: 'own',
  file: undefined,
  strategy: EMPTY_STRATEGY,
  days: '60',
  paths: '20000',
  seed: '',
};

/** A whole number as the wire wants it; anything else is left as it was typed, and refused by the contract's words. */
export const whole = (text: string): number | string => (/^\s*\d{1,9}\s*$/.test(text) ? Number(text) : text);

/** A rate in per cent as a share; what is no percentage stays as it is. */
const shareOf = (percent: string): string =>
  typedDecimal(percent, 4) === undefined ? percent : shareOfPercent(percent);

export const strategyBody = (draft: StrategyDraft) => ({
  winRate: shareOf(draft.winPercent),
  payoff: draft.payoff.trim(),
  riskUsd: draft.riskUsd.trim(),
  tradesPerDay: whole(draft.tradesPerDay),
  heldMinutes: whole(draft.heldMinutes),
  restsOnWeekends: draft.restsOnWeekends,
});

function subjectBody(subject: Subject | undefined) {
  if (!subject) return undefined;
  return subject.kind === 'assessment'
    ? { kind: 'assessment', assessmentId: subject.id }
    : { kind: 'tier', tierId: subject.id };
}

function tradesBody(draft: OddsDraft) {
  const kind = draft.source;
  if (kind === 'own') return { kind };
  return kind === 'file' ? { kind, csv: draft.file?.text } : { kind, strategy: strategyBody(draft.strategy) };
}

/** What is sent; `studyId` is the sender's, so that asking twice asks once. */
export const askedBody = (draft: OddsDraft, studyId: string): unknown => ({
  studyId,
  subject: subjectBody(draft.subject),
  trades: tradesBody(draft),
  days: whole(draft.days),
  paths: whole(draft.paths),
  ...(draft.seed.trim() !== '' && { seed: draft.seed.trim() }),
});

export type Asked =
  | { readonly ok: true; readonly body: StudyBody }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** The request, or what the contract says against it, at the fields that it names. */
export function readAsk(draft: OddsDraft, studyId: string): Asked {
  const body = askedBody(draft, studyId);
  const parsed = studyRequest.safeParse(body, { error: plainRule });
  const faults = [...ownFaults(draft), ...(parsed.success ? [] : faultsOf(parsed.error))];
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  return { ok: true, body: z.encode(studyRequest, parsed.data) };
}

/** What a page knows better than a contract: that nothing was chosen, and that a rate is one of 100. */
export function ownFaults(draft: OddsDraft): readonly Fault[] {
  const { source } = draft;
  return [
    ...(draft.subject ? [] : [{ field: 'subject', rule: 'choose what is to be judged' }]),
    ...(source === 'file' && !draft.file ? [{ field: 'trades.csv', rule: 'choose a file' }] : []),
    ...(source === 'odds' ? strategyFaults(draft.strategy, 'trades.strategy') : []),
  ];
}

export function strategyFaults({ winPercent, payoff, riskUsd }: StrategyDraft, at: string): readonly Fault[] {
  const rate = percentFault(winPercent);
  const isPositive = (text: string) => (typedDecimal(text, 6) ?? 1n) > 0n;
  return [
    ...(rate === undefined ? [] : [{ field: `${at}.winRate`, rule: rate.toLowerCase() }]),
    ...(isPositive(payoff) ? [] : [{ field: `${at}.payoff`, rule: 'must be greater than zero' }]),
    ...(isPositive(riskUsd) ? [] : [{ field: `${at}.riskUsd`, rule: 'must be greater than zero' }]),
  ];
}

/** As a page says it. */
export const FILE_MAX_TEXT = `${TRADE_FILE_BYTES_MAX / 1_000_000} MB`;

/** Why a file cannot be taken, before it is read. */
export function fileFault({ name, size }: { readonly name: string; readonly size: number }): string | undefined {
  if (size === 0) return `${name} is empty`;
  if (size <= TRADE_FILE_BYTES_MAX) return undefined;
  return `${name} has ${Math.ceil(size / 100_000) / 10} MB; at most ${FILE_MAX_TEXT} are read`;
}
