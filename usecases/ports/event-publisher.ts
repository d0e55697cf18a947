import type { OutboxRow } from './outbox';

export type EventPublisher = {
  /** Resolves when every row is on all in-sync replicas. Rows of one topic and key keep the order given. */
  readonly publish: (rows: readonly OutboxRow[]) => Promise<void>;
};
