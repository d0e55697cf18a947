import type { AccountId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';

/** A verdict around which nothing is kept for ever yet. */
export type OwedWindow = {
  readonly accountId: AccountId;
  /** The violation, or the assessment that was passed: what `npm run replay` takes. */
  readonly verdictId: string;
  readonly at: Instant;
  readonly evidence: string;
};

/** The verdicts themselves are the list of what is owed: nothing that was decided can be forgotten. */
export type OwedWindows = {
  /** The oldest that were decided since then, so many at most. */
  readonly list: (since: Instant, limit: number) => Promise<readonly OwedWindow[]>;
  /** `manifestSha256`: of the list of what was kept, with the hash of each file. */
  readonly kept: (accountId: AccountId, verdictId: string, at: Instant, manifestSha256: string) => Promise<void>;
};
