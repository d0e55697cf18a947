import type { Fill } from '../../domain/account/orders/order';
import { exitPrice, valueAt } from '../../domain/account/positions/position';
import { roundTrips } from '../../domain/account/positions/round-trip';
import { marksOf } from '../../domain/assessment/context/marks';
import { decideAgain } from '../../domain/assessment/evidence/evidence';
import {
  drawdownOf,
  type EquitySample,
  performanceOf,
  thinned,
  underwater,
} from '../../domain/assessment/reporting/performance';
import { tradingDayAt } from '../../domain/assessment/rules/trading-day';
import { type BookedMove, movesOf, rightMovesOf } from '../../domain/assessment/settlement/account-moves';
import { dailyFloors, dailyResults } from '../../domain/assessment/settlement/daily-result';
import type { AssessmentId, EventId, ReportId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { invariant } from '../../domain/kernel/invariant';
import { subUsd, sumUsd, type Usd, ZERO_USD } from '../../domain/kernel/money';
import { CONFLICT, failAsBusy, withOptimisticRetry } from '../concurrency/optimistic-retry';
import { holderOf, numbered } from '../events/to-outbox';
import type { SettlementStore } from '../ports/accounts/settlement-store';
import type { AssessmentDetail, AssessmentStore } from '../ports/assessments/assessment-store';
import type { JudgedPosition, ReportContent, ReportRenderer } from '../ports/assessments/report-renderer';
import type { Report, ReportStore } from '../ports/assessments/report-store';
import type { Clock, Digest, Ids, Trace } from '../ports/clock-and-ids';
import type { Inbox } from '../ports/events/outbox';
import type { OutboxMessage } from '../ports/events/outbox-message';
import type { IdentityStore } from '../ports/identity/identity-store';

export type WriteReport = {
  readonly assessmentId: AssessmentId;
  readonly inbox: Inbox;
  readonly trace: Trace;
};

export type WriteReportParts = {
  readonly assessments: AssessmentStore;
  readonly settlements: Pick<SettlementStore, 'moves'>;
  readonly reports: ReportStore;
  readonly users: Pick<IdentityStore, 'find'>;
  readonly renderer: ReportRenderer;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly digest: Digest;
};

/** Statistics count every fill; a trader who places more in one assessment is beyond what a page can show. */
const FILLS_MAX = 100_000;
/** A month of trading around the clock, with the turning points of every minute. */
const EQUITY_POINTS_MAX = 250_000;
const EQUITY_POINTS_DRAWN = 2_000;
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
    const messageOf = (accountVersion: number): OutboxMessage => {
      const holder = holderOf(summary);
      const data = { ...holder, reportId, title, assessmentStatus: summary.status, sha256 };
      const [message] = numbered(
        { accountId: summary.accountId, version: accountVersion - 1 },
        { trace, occurredAt: writtenAt, nextId: () => parts.ids.next<EventId>() },
        [{ type: 'report.ready', data }],
      );
      return message as OutboxMessage;
    };
    return withOptimisticRetry<'saved' | 'duplicate'>(
      ATTEMPTS_MAX,
      async () => {
        const outcome = await parts.reports.save(report, documents, inbox, messageOf);
        return outcome === 'stale' ? CONFLICT : outcome;
      },
      failAsBusy(`the account of assessment ${assessmentId}`),
    );
  };

async function contentOf(
  { assessments, settlements, users, clock }: WriteReportParts,
  { summary, snapshot }: AssessmentDetail,
): Promise<ReportContent> {
  const { accountId, assessmentId, createdAt, endedAt } = summary;
  const [newestFirst, points, proof, moved, holder] = await Promise.all([
    assessments.fills(accountId, FILLS_MAX),
    assessments.equityCurve(accountId, EQUITY_POINTS_MAX),
    assessments.evidence(assessmentId),
    settlements.moves(accountId),
    users.find(summary.userId),
  ]);
  invariant(endedAt !== null && proof !== undefined, `assessment ${assessmentId} has ended, and says why`);
  const { rules, judgement, openPositions } = verdictOf(proof.evidence);
  const fills = [...newestFirst].reverse();
  const [moves, rightly] = [movesOf(moved), rightMovesOf(moved)];
  const { startingUsd } = rules;
  const start = { at: createdAt, equityUsd: startingUsd };
  const equity = curveOf(start, [...balancesAfter(moves, startingUsd), ...points], endedAt, judgement.equityUsd);
  const trips = roundTrips(rightly);
  const days = dailyResults(rules, rightly, trips);
  const { day } = tradingDayAt(endedAt, rules);
  return {
    title: `${summary.tierName} assessment, ${summary.status} on ${day}`,
    holderName: holder?.displayName ?? null,
    writtenAt: clock.now(),
    summary: { ...summary, endedAt },
    snapshot,
    judgement,
    evidenceHash: proof.evidenceHash,
    openPositions,
    equity: thinned(equity, EQUITY_POINTS_DRAWN),
    underwater: thinned(underwater(equity), EQUITY_POINTS_DRAWN),
    dailyFloors: dailyFloors(rules, createdAt, days),
    drawdown: drawdownOf(equity),
    performance: performanceOf(trips),
    fees: { takerUsd: feesOf(fills, 'taker'), makerUsd: feesOf(fills, 'maker') },
    settledUsd: sumUsd(moves.map(({ isSettlement, realizedUsd }) => (isSettlement ? realizedUsd : ZERO_USD))),
    days,
    trips,
  };
}

/** Decided again from its evidence: the account as it was judged, before the platform closed what it held. */
function verdictOf(evidence: string) {
  const { input, judgement } = decideAgain(evidence);
  const marks = marksOf(input.quotes);
  const openPositions = input.account.positions.flatMap((position): readonly JudgedPosition[] => {
    const exit = exitPrice(position, marks.get(position.instrument));
    if (exit === null) return [];
    return [{ position, exitPrice: exit, unrealizedUsd: subUsd(valueAt(position, exit), position.costUsd) }];
  });
  return { rules: input.rules, judgement, openPositions };
}

const feesOf = (fills: readonly Fill[], liquidity: Fill['liquidity']): Usd =>
  sumUsd(fills.filter((fill) => fill.liquidity === liquidity).map(({ feeUsd }) => feeUsd));

/** Where the account was flat its balance was its equity, whether or not anyone sampled it then. */
function balancesAfter(moves: readonly BookedMove[], startingUsd: Usd): readonly EquitySample[] {
  const held = new Map<string, bigint>();
  let balance: bigint = startingUsd;
  return moves.flatMap(({ instrument, side, qty, realizedUsd, feeUsd, filledAt, isSettlement }) => {
    held.set(instrument, isSettlement ? 0n : (held.get(instrument) ?? 0n) + (side === 'buy' ? qty : -qty));
    balance += realizedUsd - feeUsd;
    const isFlat = [...held.values()].every((amount) => amount === 0n);
    return isFlat ? [{ at: filledAt, equityUsd: balance as Usd }] : [];
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
