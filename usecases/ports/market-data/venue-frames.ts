import type { Instant } from '../../../domain/kernel/instant';

/** What a venue said, as it came. */
export type VenueFrame = {
  readonly venue: string;
  /** The connection of this process that it came by, or the path that was asked. */
  readonly connection: string;
  readonly receivedAt: Instant;
  readonly kind: 'socket' | 'rest';
  readonly text: string;
};
