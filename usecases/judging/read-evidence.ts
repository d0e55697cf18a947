import { type TradeMoves, tradesOf } from '../../domain/account/positions/round-trip';
import { decideAgain } from '../../domain/assessment/evidence/evidence';
import { type BookedMove, movesOf } from '../../domain/assessment/settlement/account-moves';
import type { AssessmentId, InstrumentId, UserId } from '../../domain/kernel/ids';
import { type Instant, plusMs } from '../../domain/kernel/instant';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { Candle } from '../../domain/market/candles/candle';
import { bucketsOf, candleOf } from '../../domain/market/candles/folding';
import type { SettlementStore } from '../ports/accounts/settlement-store';
import type { AssessmentStore, StoredEvidence } from '../ports/assessments/assessment-store';
import type { CandleReader } from '../ports/market-data/candles';

type Parts = { readonly assessments: Pick<AssessmentStore, 'evidence'> };

export type EvidencePath = {
  readonly at: Instant;
  readonly instruments: readonly { readonly instrument: InstrumentId; readonly candles: readonly Candle[] }[];
};

const AROUND_MS = 60 * 60_000;
/** Several runs of market-data may have a part of one minute. */
const PARTS_MAX = 1_000;
const TRADES_MAX = 500;

/** The stored bytes of one's own verdict, a pass or a failure. */
export const readEvidence =
  ({ assessments }: Parts) =>
  async (id: AssessmentId, userId: UserId): Promise<Result<StoredEvidence, 'evidence_unknown'>> => {
    const found = await assessments.evidence(id);
    return found?.userId === userId
      ? accept(found)
      : refuse('evidence_unknown', 'assessmentId', 'must be an assessment of yours that has ended');
  };

type Moving = Parts & { readonly settlements: Pick<SettlementStore, 'moves'> };

/** What is paid for an outcome that was settled wrongly is booked twice: a verdict stands on the books as they were. */
async function movesBefore({ settlements }: Moving, evidence: string): Promise<readonly BookedMove[]> {
  const { accountId, accountVersion } = decideAgain(evidence).input;
  return movesOf((await settlements.moves(accountId)).filter(({ version }) => version <= accountVersion));
}

/** The trades that were complete when the verdict fell, newest first. */
export const readEvidenceTrades =
  (parts: Moving) =>
  async (id: AssessmentId, userId: UserId): Promise<Result<readonly TradeMoves[], 'evidence_unknown'>> => {
    const found = await readEvidence(parts)(id, userId);
    if (!found.ok) return found;
    const trades = tradesOf(await movesBefore(parts, found.value.evidence));
    return accept([...trades].reverse().slice(0, TRADES_MAX));
  };

/**
 * One-minute candles from an hour before the verdict to an hour after it, as far as they are kept: of what was held and
 * of what was traded in the hour before. They are made of marks alone: what a venue tells of its past proves nothing.
 */
export const readEvidencePath =
  (parts: Moving & { readonly candles: CandleReader }) =>
  async (id: AssessmentId, userId: UserId): Promise<Result<EvidencePath, 'evidence_unknown'>> => {
    const found = await readEvidence(parts)(id, userId);
    if (!found.ok) return found;
    const { at, evidence } = found.value;
    const [from, until] = [plusMs(at, -AROUND_MS), plusMs(at, AROUND_MS)];
    const held = decideAgain(evidence).input.quotes.map(({ instrument }) => instrument);
    const lately = (await movesBefore(parts, evidence)).filter(({ filledAt }) => filledAt >= from);
    const names = new Set([...held, ...lately.map(({ instrument }) => instrument)]);
    const instruments = [...names].map(async (instrument) => {
      const range = { from, to: plusMs(until, 1) };
      const kept = await parts.candles.newest({ instrument, resolution: '1m' }, range, PARTS_MAX);
      const marks = bucketsOf(kept.filter(({ source }) => source === 'mark'));
      return { instrument, candles: marks.flatMap((minute) => candleOf(minute) ?? []) };
    });
    return accept({ at, instruments: await Promise.all(instruments) });
  };
