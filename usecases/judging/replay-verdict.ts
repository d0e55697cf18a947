import { replayEvidence } from '../../domain/assessment/evidence/evidence';
import type { AssessmentId, ViolationId } from '../../domain/kernel/ids';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { AssessmentStore } from '../ports/assessments/assessment-store';
import type { Digest } from '../ports/clock-and-ids';

/** The stored evidence, what deciding it again gives, and the hash of each. */
export type Replay = {
  /** Whether deciding again gave the stored bytes, and they have the hash that was stored beside them. */
  readonly isEqual: boolean;
  readonly stored: string;
  readonly storedHash: string;
  readonly replayed: string;
  readonly replayedHash: string;
};

/** Decides a verdict, a pass or a failure, again from its stored evidence alone. */
export const replayVerdict =
  ({ assessments, digest }: { readonly assessments: Pick<AssessmentStore, 'evidence'>; readonly digest: Digest }) =>
  async (id: AssessmentId | ViolationId): Promise<Result<Replay, 'evidence_unknown'>> => {
    const found = await assessments.evidence(id);
    if (!found) return refuse('evidence_unknown', 'id', 'must be a violation, or an assessment that has ended');
    const { evidence: stored, evidenceHash: storedHash } = found;
    const replayed = replayEvidence(stored);
    const replayedHash = digest.sha256(replayed);
    return accept({
      isEqual: stored === replayed && storedHash === replayedHash,
      stored,
      storedHash,
      replayed,
      replayedHash,
    });
  };
