import type { EventId } from '../domain/kernel/ids';
import type { EventPublisher } from './ports/event-publisher';
import type { Outbox, OutboxRow } from './ports/outbox';

export const RELAY_BATCH_MAX = 500;

/**
 * Sends what the outbox holds and returns how many rows left. A row is marked only after its topic has it, so a crash
 * in between sends it again: at least once, in order. Two relays at once repeat rows, but the first appearance of each
 * row stays in order, because whoever sends a row has sent, or knows as sent, every row before it.
 */
export const relayOutbox =
  ({ outbox, publisher }: { readonly outbox: Outbox; readonly publisher: EventPublisher }) =>
  async (): Promise<number> => {
    const rows = await outbox.unsent(RELAY_BATCH_MAX);
    if (rows.length === 0) return 0;
    const sent: EventId[] = [];
    try {
      for (const wave of wavesOf(rows)) {
        await publisher.publish(wave);
        sent.push(...wave.map((row) => row.eventId));
      }
    } finally {
      if (sent.length > 0) await outbox.markSent(sent);
    }
    return sent.length;
  };

/**
 * Rows that may travel together. One topic keeps the order of a key by itself; where a key changes its topic, as a
 * violation's does from `rules` to `assessment`, the later row waits for the wave after the earlier one's.
 */
export function wavesOf(rows: readonly OutboxRow[]): readonly (readonly OutboxRow[])[] {
  const waves: OutboxRow[][] = [];
  const last = new Map<string, { readonly topic: string; readonly wave: number }>();
  for (const row of rows) {
    const before = last.get(row.key);
    const wave = before === undefined ? 0 : before.wave + (before.topic === row.topic ? 0 : 1);
    last.set(row.key, { topic: row.topic, wave });
    const members = waves[wave] ?? [];
    waves[wave] = members;
    members.push(row);
  }
  return waves;
}
