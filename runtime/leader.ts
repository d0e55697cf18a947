import type { Instant } from '../domain/kernel/instant';
import type { Leadership } from '../usecases/ports/operations/leadership';
import { startEvery } from './loop';

type LeaderParts = {
  readonly leadership: Leadership;
  readonly role: string;
  /** This process. */
  readonly owner: string;
  readonly now: () => Instant;
  readonly everyMs?: number;
  readonly begin: () => void;
  readonly end: () => void;
  readonly onFailure: (error: unknown) => void;
};

export type Leader = {
  readonly isLeading: () => boolean;
  /** Ends the work, then leaves the role, so that another copy takes it without waiting for the claim to expire. */
  readonly stop: () => Promise<void>;
};

const CLAIM_EVERY_MS = 1_000;
/** Several claims may fail; then another copy takes over. */
const EXPIRES_AFTER_MS = 7_000;

/**
 * Works while this copy has the role. While nobody can be asked, each copy stays what it is: a leader that stopped
 * would leave nobody at work, and two at once do no harm (docs/adr/0020).
 */
export function startLeading(parts: LeaderParts): Leader {
  const { leadership, role, owner, now, begin, end, onFailure, everyMs = CLAIM_EVERY_MS } = parts;
  let isLeading = false;
  const become = (leads: boolean): void => {
    if (leads === isLeading) return;
    isLeading = leads;
    (leads ? begin : end)();
  };
  const claiming = startEvery(
    everyMs,
    async () => become(await leadership.claim(role, owner, now(), EXPIRES_AFTER_MS)),
    onFailure,
  );
  return {
    isLeading: () => isLeading,
    stop: async () => {
      await claiming.stop();
      become(false);
      await leadership.resign(role, owner).catch(onFailure);
    },
  };
}
