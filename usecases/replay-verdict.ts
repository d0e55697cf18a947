import { replayEvidence } from '../domain/assessment/evidence';
import type { ViolationId } from '../domain/kernel/ids';
import { accept, type Result, refuse } from '../domain/kernel/result';
import type { AssessmentStore } from './ports/assessment-store';
import type { Digest } from './ports/edge';

/** The stored evidence, what deciding it again gives, and the hash of each. */
export type Replay = {
  readonly isEqual: boolean;
  readonly stored: string;
  readonly storedHash: string;
  readonly replayed: string;
  readonly replayedHash: string;
};

/** Decides a violation again from its stored evidence alone. */
export const replayVerdict =
  ({ assessments, digest }: { readonly assessments: AssessmentStore; readonly digest: Digest }) =>
  async (id: ViolationId): Promise<Result<Replay, 'violation_unknown'>> => {
    const found = await assessments.evidence(id);
    if (!found) return refuse('violation_unknown', 'violationId', 'must be the id of a violation');
    const stored = found.evidence;
    const replayed = replayEvidence(stored);
    const [storedHash, replayedHash] = [digest.sha256(stored), digest.sha256(replayed)];
    return accept({ isEqual: stored === replayed, stored, storedHash, replayed, replayedHash });
  };
