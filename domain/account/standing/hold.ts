import type { HoldKind } from '../../kernel/hold-kind';
import { type Instant, plusMs } from '../../kernel/instant';

/** That an account is held, and what of its time it was: nobody has to trade while they may not. */
export type Holds = {
  readonly now: { readonly kind: HoldKind; readonly since: Instant } | null;
  /** How long the holds lasted that have ended. */
  readonly heldMs: number;
  /** When the last of them ended. */
  readonly endedAt: Instant | null;
};

export const NEVER_HELD: Holds = { now: null, heldMs: 0, endedAt: null };

/** A hold of another kind goes on since the first. */
export const heldBy = (holds: Holds, kind: HoldKind, at: Instant): Holds => ({
  ...holds,
  now: { kind, since: holds.now?.since ?? at },
});

export const releasedAt = ({ now, heldMs, endedAt }: Holds, at: Instant): Holds =>
  now === null ? { now, heldMs, endedAt } : { now: null, heldMs: heldMs + Math.max(0, at - now.since), endedAt: at };

/** A deadline that counts from `from` has stood still while the account was held. */
export const heldSince = ({ endedAt }: Holds, from: Instant): Instant =>
  endedAt !== null && endedAt > from ? endedAt : from;

/** Whether a deadline may still be missed: one that fell due before the hold was. */
export const isRunning = ({ now }: Holds, dueAt: Instant): boolean => now === null || dueAt <= now.since;

export const extended = ({ heldMs }: Holds, dueAt: Instant): Instant => (heldMs === 0 ? dueAt : plusMs(dueAt, heldMs));
