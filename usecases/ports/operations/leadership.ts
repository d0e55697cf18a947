import type { Instant } from '../../../domain/kernel/instant';

/** Which of a workload's copies does the work that one copy does. */
export type Leadership = {
  /** Takes the role or keeps it. False: another owner has claimed it less than `expiresAfterMs` ago. */
  readonly claim: (role: string, owner: string, now: Instant, expiresAfterMs: number) => Promise<boolean>;
  /** Leaves the role to whoever claims it next; nothing where somebody else has it. */
  readonly resign: (role: string, owner: string) => Promise<void>;
};
