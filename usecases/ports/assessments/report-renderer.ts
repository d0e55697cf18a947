import type { Position } from '../../../domain/account/positions/position';
import type { RoundTrip } from '../../../domain/account/positions/round-trip';
import type { Judgement } from '../../../domain/assessment/judging/judgement';
import type { Drawdown, EquitySample, Performance } from '../../../domain/assessment/reporting/performance';
import type { DailyResult, FloorStep } from '../../../domain/assessment/settlement/daily-result';
import type { Instant } from '../../../domain/kernel/instant';
import type { Price, Usd } from '../../../domain/kernel/money';
import type { AccountSnapshot } from '../accounts/account-store';
import type { AssessmentSummary } from './assessment-store';
import type { ReportDocuments } from './report-store';

/** A position as the verdict found it, at the price it was judged at. */
export type JudgedPosition = {
  readonly position: Position;
  readonly exitPrice: Price;
  readonly unrealizedUsd: Usd;
};

/** Everything a report says, computed exactly. Lists are oldest first. */
export type ReportContent = {
  readonly title: string;
  /** As the trader gave it, to stand on the report; null of somebody who is no user any more. */
  readonly holderName: string | null;
  readonly writtenAt: Instant;
  readonly summary: AssessmentSummary & { readonly endedAt: Instant };
  readonly snapshot: AccountSnapshot;
  readonly judgement: Judgement;
  /** SHA-256 of the stored evidence. */
  readonly evidenceHash: string;
  readonly openPositions: readonly JudgedPosition[];
  readonly equity: readonly EquitySample[];
  readonly underwater: readonly EquitySample[];
  readonly dailyFloors: readonly FloorStep[];
  readonly drawdown: Drawdown;
  readonly performance: Performance;
  readonly fees: { readonly takerUsd: Usd; readonly makerUsd: Usd };
  /** What settling resolved outcomes realized. */
  readonly settledUsd: Usd;
  readonly days: readonly DailyResult[];
  readonly trips: readonly RoundTrip[];
};

export type ReportRenderer = { readonly render: (content: ReportContent) => ReportDocuments };
