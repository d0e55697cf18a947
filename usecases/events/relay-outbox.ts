import type { EventId } from '../../domain/kernel/ids';
import type { EventPublisher, RefusedRow } from '../ports/events/event-publisher';
import type { Outbox, OutboxRow, ParkedRow, UnsentRow } from '../ports/events/outbox';

export const RELAY_BATCH_MAX = 500;

type RelayParts = {
  readonly outbox: Outbox;
  readonly publisher: EventPublisher;
  /** Told of each row that became a dead letter. */
  readonly onParked?: (row: ParkedRow) => void;
};

/**
 * Sends what the outbox holds and returns how many rows left. A row is marked only after its topic has it, so a crash
 * in between sends it again: at least once, in order. Two relays at once repeat rows, but the first appearance of each
 * row stays in order, because whoever sends a row has sent, or knows as sent, every row before it.
 *
 * A row that the broker will never take becomes a dead letter, and so do the rows of its key behind it: nobody else
 * waits, and the account's story goes on in its order when the letters are replayed.
 */
export const relayOutbox =
  ({ outbox, publisher, onParked }: RelayParts) =>
  async (): Promise<number> => {
    const rows = await outbox.unsent(RELAY_BATCH_MAX);
    if (rows.length === 0) return 0;
    const sent: EventId[] = [];
    const parked: ParkedRow[] = rows.filter(({ waits }) => waits).map((row) => ({ ...row, reason: BEHIND }));
    const held = new Set<string>();
    try {
      for (const wave of wavesOf(rows.filter(({ waits }) => !waits))) {
        const free = wave.filter(({ key }) => !held.has(key));
        parked.push(...wave.filter(({ key }) => held.has(key)).map((row) => ({ ...row, reason: BEHIND })));
        const outcome = sorted(free, await publisher.publish(free));
        sent.push(...outcome.sent.map(({ eventId }) => eventId));
        parked.push(...outcome.parked);
        for (const { key } of outcome.parked) if (key !== '') held.add(key);
      }
    } finally {
      if (sent.length > 0) await outbox.markSent(sent);
      if (parked.length > 0) await outbox.park(parked);
      for (const row of parked) onParked?.(row);
    }
    return sent.length + parked.length;
  };

const BEHIND = 'behind an earlier event of its key';

/** What left and what did not: a refused row, and behind it the rows of its key; without a key nothing is behind it. */
function sorted(rows: readonly UnsentRow[], refused: readonly RefusedRow[]) {
  const reasons = new Map(refused.map(({ eventId, reason }) => [eventId, reason]));
  const sent: UnsentRow[] = [];
  const parked: ParkedRow[] = [];
  for (const row of rows) {
    const reason = reasons.get(row.eventId) ?? (parked.some((other) => isBehind(row, other)) ? BEHIND : undefined);
    if (reason === undefined) sent.push(row);
    else parked.push({ ...row, reason });
  }
  return { sent, parked };
}

const isBehind = (row: OutboxRow, other: OutboxRow): boolean => row.key !== '' && row.key === other.key;

/**
 * Rows that may travel together. One topic keeps the order of a key by itself; where a key changes its topic, as a
 * violation's does from `rules` to `assessment`, the later row waits for the wave after the earlier one's.
 */
export function wavesOf<Row extends OutboxRow>(rows: readonly Row[]): readonly (readonly Row[])[] {
  const waves: Row[][] = [];
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
