import type { Instant } from '../../../domain/kernel/instant';

/** What a venue said and nobody could read, as it came. */
export type UnreadableFrame = { readonly venue: string; readonly text: string; readonly receivedAt: Instant };

/** Keeps them for a day, for whoever teaches a connector the venue's new form. */
export type UnreadableFrames = {
  readonly keep: (frame: UnreadableFrame) => Promise<void>;
  /** The frames of one venue that are still kept, oldest first. */
  readonly of: (venue: string) => Promise<readonly UnreadableFrame[]>;
};
