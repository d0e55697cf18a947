import type { Blackout } from '../../../domain/assessment/context/decision-context';
import type { BlackoutId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { AuditEntry } from '../operations/audit';

export type KeptBlackout = Blackout & { readonly blackoutId: BlackoutId };

/** What a decision about orders is told. */
export type BlackoutSource = {
  /** Those near enough to `at` to count under any tier's rules. May be some seconds old. */
  readonly current: (at: Instant) => Promise<readonly Blackout[]>;
};

export type BlackoutStore = {
  /** Those whose moment is in the span, earliest first. */
  readonly between: (from: Instant, to: Instant) => Promise<readonly KeptBlackout[]>;
  /** Adds it, or replaces the one of its id; audited in the same statement. */
  readonly put: (blackout: KeptBlackout, audit: AuditEntry) => Promise<void>;
  /** False: there is none of this id. */
  readonly remove: (id: BlackoutId, audit: AuditEntry) => Promise<boolean>;
};
