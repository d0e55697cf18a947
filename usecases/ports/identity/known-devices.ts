import type { UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';

/** Browsers in which somebody has signed in before (OWASP, "Device cookies"). They are known for one user each. */
export type KnownDevices = {
  readonly isKnown: (emailKey: string, tokenHash: string, at: Instant) => Promise<boolean>;
  readonly remember: (userId: UserId, tokenHash: string, expiresAt: Instant) => Promise<void>;
};
