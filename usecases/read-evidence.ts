import { decideAgain } from '../domain/assessment/evidence';
import type { AssessmentId, InstrumentId, UserId } from '../domain/kernel/ids';
import { type Instant, plusMs } from '../domain/kernel/instant';
import { accept, type Result, refuse } from '../domain/kernel/result';
import type { Candle } from '../domain/market/candle';
import type { AssessmentStore, StoredEvidence } from './ports/assessment-store';
import type { CandleStore } from './ports/market-data';

type Parts = { readonly assessments: Pick<AssessmentStore, 'evidence'> };

export type EvidencePath = {
  readonly at: Instant;
  readonly instruments: readonly { readonly instrument: InstrumentId; readonly candles: readonly Candle[] }[];
};

const AROUND_MS = 60 * 60_000;
const CANDLES_MAX = 1_440;

/** The stored bytes of one's own verdict, a pass or a failure. */
export const readEvidence =
  ({ assessments }: Parts) =>
  async (id: AssessmentId, userId: UserId): Promise<Result<StoredEvidence, 'evidence_unknown'>> => {
    const found = await assessments.evidence(id);
    return found?.userId === userId
      ? accept(found)
      : refuse('evidence_unknown', 'assessmentId', 'must be an assessment of yours that has ended');
  };

/** One-minute candles from an hour before the verdict to an hour after it, as far as they are kept. */
export const readEvidencePath =
  ({ assessments, candles }: Parts & { readonly candles: Pick<CandleStore, 'latest'> }) =>
  async (id: AssessmentId, userId: UserId): Promise<Result<EvidencePath, 'evidence_unknown'>> => {
    const found = await readEvidence({ assessments })(id, userId);
    if (!found.ok) return found;
    const { at, evidence } = found.value;
    const [from, until] = [plusMs(at, -AROUND_MS), plusMs(at, AROUND_MS)];
    const names = decideAgain(evidence).input.quotes.map(({ instrument }) => instrument);
    const instruments = names.map(async (instrument) => {
      const kept = await candles.latest(instrument, CANDLES_MAX);
      return { instrument, candles: kept.filter((candle) => candle.at >= from && candle.at <= until) };
    });
    return accept({ at, instruments: await Promise.all(instruments) });
  };
