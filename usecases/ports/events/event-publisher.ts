import type { EventId } from '../../../domain/kernel/ids';
import type { OutboxRow } from './outbox';

/** A row that the broker will never take, whoever asks and however often. */
export type RefusedRow = { readonly eventId: EventId; readonly reason: string };

export type EventPublisher = {
  /**
   * Resolves when every row is on all in-sync replicas, except those that the broker refuses for good and, unsent, the
   * rows behind them of the same key. Rows of one topic and key keep the order given. Throws while a broker is away.
   */
  readonly publish: (rows: readonly OutboxRow[]) => Promise<readonly RefusedRow[]>;
};
