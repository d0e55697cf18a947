import * as z from 'zod';
import { plainRule } from '../../../contracts/requests/plain-rule';
import { faultsOf } from '../../../contracts/requests/request-faults';
import { firmStudyRequest } from '../../../contracts/study';
import type { Fault } from '../../../domain/kernel/result';
import type { FirmStudyBody } from '../contract';
import { typedDecimal } from '../read-decimal';
import { EMPTY_STRATEGY, type StrategyDraft, strategyBody, strategyFaults, whole } from './ask';

/** Traders of one kind, `key` being theirs while rows come and go. */
export type MixRow = { readonly key: number; readonly weight: string; readonly strategy: StrategyDraft };

/** What a firm asks of a tier, while it is being written. */
export type FirmDraft = {
  readonly traders: 'mix' | 'firm';
  readonly rows: readonly MixRow[];
  readonly days: string;
  readonly paths: string;
  readonly priceUsd: string;
  readonly payoutUsd: string;
};

export const ROWS_MAX = 10;

/** Three ways to trade that most mixes have: with an edge, without one, and too large. */
const ROWS: readonly MixRow[] = [
  { key: 1, weight: '0.2', strategy: { ...EMPTY_STRATEGY, winPercent: '46', payoff: '1.5' } },
  { key: 2, weight: '0.5', strategy: { ...EMPTY_STRATEGY, winPercent: '39', payoff: '1.5' } },
  { key: 3, weight: '0.3', strategy: { ...EMPTY_STRATEGY, winPercent: '39', payoff: '1.5', riskUsd: '200' } },
];

export const firmDraft = (priceUsd: string): FirmDraft => ({
  traders: 'mix',
  rows: ROWS,
  days: '60',
  paths: '10000',
  priceUsd,
  payoutUsd: '1000',
});

export function withRow(draft: FirmDraft): FirmDraft {
  const key = draft.rows.reduce((most, row) => Math.max(most, row.key), 0) + 1;
  return { ...draft, rows: [...draft.rows, { key, weight: '0.1', strategy: EMPTY_STRATEGY }] };
}

export const withoutRow = (draft: FirmDraft, key: number): FirmDraft => ({
  ...draft,
  rows: draft.rows.filter((row) => row.key !== key),
});

export const changedRow = (draft: FirmDraft, key: number, part: Partial<MixRow>): FirmDraft => ({
  ...draft,
  rows: draft.rows.map((row) => (row.key === key ? { ...row, ...part } : row)),
});

const firmBody = (draft: FirmDraft, rules: unknown, studyId: string) => ({
  studyId,
  rules,
  traders:
    draft.traders === 'firm'
      ? { kind: 'firm' }
      : {
          kind: 'mix',
          strategies: draft.rows.map(({ weight, strategy }) => ({
            weight: weight.trim(),
            strategy: strategyBody(strategy),
          })),
        },
  days: whole(draft.days),
  paths: whole(draft.paths),
  priceUsd: draft.priceUsd.trim(),
  payoutUsd: draft.payoutUsd.trim(),
});

export type FirmAsked =
  | { readonly ok: true; readonly body: FirmStudyBody }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** The request, or what the contract says against it, at the fields that it names. */
export function readFirmAsk(draft: FirmDraft, rules: unknown, studyId: string): FirmAsked {
  const parsed = firmStudyRequest.safeParse(firmBody(draft, rules, studyId), { error: plainRule });
  const faults = [...ownFaults(draft), ...(parsed.success ? [] : faultsOf(parsed.error))];
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  return { ok: true, body: z.encode(firmStudyRequest, parsed.data) };
}

function ownFaults({ traders, rows }: FirmDraft): readonly Fault[] {
  if (traders === 'firm') return [];
  return rows.flatMap(({ weight, strategy }, nth) => {
    const at = `traders.strategies[${nth}]`;
    const isPositive = (typedDecimal(weight, 6) ?? 1n) > 0n;
    return [
      ...(isPositive ? [] : [{ field: `${at}.weight`, rule: 'must be greater than zero' }]),
      ...strategyFaults(strategy, `${at}.strategy`),
    ];
  });
}
