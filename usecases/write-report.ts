import type { Fill } from '../domain/account/order';
import { exitPrice, unrealized } from '../domain/account/position';
import { roundTrips } from '../domain/account/round-trip';
import { dailyFloors, dailyResults } from '../domain/assessment/daily-result';
import { decideAgain, marksOf } from '../domain/assessment/evidence';
import { type Judgement, judge } from '../domain/assessment/judge';
import { drawdownOf, type EquitySample, performanceOf, underwater } from '../domain/assessment/performance';
import { tradingDayAt } from '../domain/assessment/trading-day';
import type { AssessmentId, EventId, ReportId } from '../domain/kernel/ids';
import type { Instant } from '../domain/kernel/instant';
import { invariant } from '../domain/kernel/invariant';
import { sumUsd, type Usd } from '../domain/kernel/money';
import { holderOf, numbered } from './announce';
import type { Announcement } from './ports/announcement';
import type { AssessmentDetail, AssessmentStore } from './ports/assessment-store';
import type { Clock, Digest, Ids, Trace } from './ports/edge';
import type { Inbox } from './ports/outbox';
import type { JudgedPosition, ReportContent, ReportRenderer } from './ports/report-renderer';
import type { Report, ReportStore } from './ports/report-store';

export type WriteReport = {
  readonly assessmentId: AssessmentId;
  readonly inbox: Inbox;
  readonly trace: Trace;
};

export type WriteReportParts = {
  readonly assessments: AssessmentStore;
  readonly reports: ReportStore;
  readonly renderer: ReportRenderer;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly digest: Digest;
};

/** Statistics count every fill; a trader who places more in one assessment is beyond what a page can show. */
const FILLS_MAX = 100_000;
const EQUITY_POINTS_MAX = 2_000;
const ATTEMPTS_MAX = 5;

/** Writes the report of an assessment that has ended, once: HTML, PDF, and `report.ready`. */
export const writeReport =
  (parts: WriteReportParts) =>
  async ({ assessmentId, inbox, trace }: WriteReport): Promise<'saved' | 'duplicate'> => {
    const detail = await parts.assessments.find(assessmentId);
    invariant(detail !== undefined, `assessment ${assessmentId} ended, so it exists`);
    const content = await contentOf(parts, detail);
    const documents = parts.renderer.render(content);
    const { title, writtenAt, summary } = content;
    const reportId = parts.ids.next<ReportId>();
    const sha256 = parts.digest.sha256(new TextDecoder().decode(documents.html));
    const report: Report = { ...holderOf(summary), reportId, title, createdAt: writtenAt, sha256 };
    const announce = (accountVersion: number): Announcement => {
      const holder = holderOf(summary);
      const data = { ...holder, reportId, title, assessmentStatus: summary.status, sha256 };
      const [announcement] = numbered(
        { accountId: summary.accountId, version: accountVersion - 1 },
        ...([trace, writtenAt, () => parts.ids.next<EventId>()] as const),
        [{ type: 'report.ready', data }],
      );
      return announcement as Announcement;
    };
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const outcome = await parts.reports.save(report, documents, inbox, announce);
      if (outcome !== 'stale') return outcome;
    }
    throw new Error(
      `the account of assessment ${assessmentId} changed ${ATTEMPTS_MAX} times while its report was saved`,
    );
  };

async function contentOf(
  { assessments, clock, digest }: WriteReportParts,
  { summary, snapshot }: AssessmentDetail,
): Promise<ReportContent> {
  const { accountId, createdAt, endedAt, violationId } = summary;
  invariant(endedAt !== null, `assessment ${summary.assessmentId} has ended`);
  const [newestFirst, points, violation] = await Promise.all([
    assessments.fills(accountId, FILLS_MAX),
    assessments.equityCurve(accountId, EQUITY_POINTS_MAX),
    violationId ? assessments.evidence(violationId) : undefined,
  ]);
  const fills = [...newestFirst].reverse();
  const { judgement, openPositions } = verdictOf(snapshot, violation?.evidence);
  const { startingUsd } = snapshot.rules;
  const start = { at: createdAt, equityUsd: startingUsd };
  const equity = curveOf(start, [...balancesAfter(fills, startingUsd), ...points], endedAt, judgement.equityUsd);
  const trips = roundTrips(fills);
  const days = dailyResults(snapshot.rules, fills, trips);
  const { day } = tradingDayAt(endedAt, snapshot.rules);
  return {
    title: `${summary.tierName} assessment, ${summary.status} on ${day}`,
    writtenAt: clock.now(),
    summary: { ...summary, endedAt },
    snapshot,
    judgement,
    evidenceHash: violation ? digest.sha256(violation.evidence) : null,
    openPositions,
    equity,
    underwater: underwater(equity),
    dailyFloors: dailyFloors(snapshot.rules, createdAt, days),
    drawdown: drawdownOf(equity),
    performance: performanceOf(trips),
    feesUsd: sumUsd(fills.map((fill) => fill.feeUsd)),
    days,
    trips,
  };
}

type VerdictFacts = { readonly judgement: Judgement; readonly openPositions: readonly JudgedPosition[] };

/** A failure is decided again from its evidence; an account that passed is flat, so it needs no price. */
function verdictOf({ rules, account }: AssessmentDetail['snapshot'], evidence: string | undefined): VerdictFacts {
  if (evidence === undefined) {
    const judgement = judge(rules, account, new Map());
    invariant(!('unpriced' in judgement), 'an assessment that passed holds no position');
    return { judgement, openPositions: [] };
  }
  const { input, judgement } = decideAgain(evidence);
  const marks = marksOf(input.quotes);
  const openPositions = input.account.positions.flatMap((position): readonly JudgedPosition[] => {
    const quote = marks.get(position.instrument);
    return quote
      ? [{ position, exitPrice: exitPrice(position, quote), unrealizedUsd: unrealized(position, quote) }]
      : [];
  });
  return { judgement, openPositions };
}

/** Where the account was flat after a fill its balance was its equity, whether or not anyone sampled it then. */
function balancesAfter(fills: readonly Fill[], startingUsd: Usd): readonly EquitySample[] {
  const held = new Map<string, bigint>();
  let balance: bigint = startingUsd;
  return fills.flatMap(({ instrument, side, qty, realizedUsd, feeUsd, placedAt }) => {
    held.set(instrument, (held.get(instrument) ?? 0n) + (side === 'buy' ? qty : -qty));
    balance += realizedUsd - feeUsd;
    const isFlat = [...held.values()].every((amount) => amount === 0n);
    return isFlat ? [{ at: placedAt, equityUsd: balance as Usd }] : [];
  });
}

/** From the first day's funding to the equity that the verdict saw. */
function curveOf(
  start: EquitySample,
  between: readonly EquitySample[],
  endedAt: Instant,
  endUsd: Usd,
): readonly EquitySample[] {
  const inside = between.filter(({ at }) => at > start.at && at < endedAt).sort((a, b) => a.at - b.at);
  return [start, ...inside.map(({ at, equityUsd }) => ({ at, equityUsd })), { at: endedAt, equityUsd: endUsd }];
}
