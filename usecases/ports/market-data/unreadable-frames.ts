import type { Instant } from '../../../domain/kernel/instant';

/** What a venue said and nobody could read, as it came. */
export type UnreadableFrame = { readonly venue: string; readonly text: string; readonly receivedAt: Instant };

/** Keeps them for a day, for whoever teaches a connector the venue's new form. */
export type UnreadableFrames = {
  readonly keep: (frame: UnreadableFrame) => Promise<void>;
  /** The latest frames of one venue that are still kept, so many at most, oldest first. */
  readonly latest: (venue: string, limit: number) => Promise<readonly UnreadableFrame[]>;
};
