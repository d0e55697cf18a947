import type { Frame, Tick } from '../../usecases/ports/archive/archive';
import type { Column, ReadRow } from './parquet';

/** The first column is the one by which rows lie together, and by which readers leave groups out. */
export const TICK_COLUMNS: readonly Column<Tick>[] = [
  { name: 'instrument', type: 'STRING', of: ({ instrument }) => instrument },
  { name: 'type', type: 'STRING', of: ({ type }) => type },
  { name: 'sequence', type: 'INT64', isNullable: true, of: ({ sequence }) => sequence },
  { name: 'venue_at', type: 'INT64', isNullable: true, of: ({ venueAt }) => venueAt },
  { name: 'received_at', type: 'INT64', isNullable: true, of: ({ receivedAt }) => receivedAt },
  { name: 'occurred_at', type: 'INT64', of: ({ occurredAt }) => occurredAt },
  { name: 'topic_partition', type: 'INT32', of: ({ partition }) => partition },
  { name: 'topic_offset', type: 'INT64', of: ({ offset }) => offset },
  { name: 'event', type: 'STRING', isUnique: true, of: ({ body }) => body },
];

export const FRAME_COLUMNS: readonly Column<Frame>[] = [
  { name: 'connection', type: 'STRING', of: ({ connection }) => connection },
  { name: 'venue', type: 'STRING', of: ({ venue }) => venue },
  { name: 'number', type: 'INT64', of: ({ number }) => number },
  { name: 'part', type: 'INT32', of: ({ part }) => part },
  { name: 'parts', type: 'INT32', of: ({ parts }) => parts },
  { name: 'received_at', type: 'INT64', of: ({ receivedAt }) => receivedAt },
  { name: 'kind', type: 'STRING', of: ({ kind }) => kind },
  { name: 'text', type: 'STRING', isUnique: true, of: ({ text }) => text },
];

export const tickOf = (row: ReadRow): Tick => ({
  instrument: textIn(row, 'instrument'),
  type: textIn(row, 'type'),
  sequence: maybeIn(row, 'sequence'),
  venueAt: maybeIn(row, 'venue_at'),
  receivedAt: maybeIn(row, 'received_at'),
  occurredAt: numberIn(row, 'occurred_at'),
  partition: numberIn(row, 'topic_partition'),
  offset: numberIn(row, 'topic_offset'),
  body: textIn(row, 'event'),
});

export const frameOf = (row: ReadRow): Frame => ({
  connection: textIn(row, 'connection'),
  venue: textIn(row, 'venue'),
  number: numberIn(row, 'number'),
  part: numberIn(row, 'part'),
  parts: numberIn(row, 'parts'),
  receivedAt: numberIn(row, 'received_at'),
  kind: textIn(row, 'kind') === 'rest' ? 'rest' : 'socket',
  text: textIn(row, 'text'),
});

const textIn = (row: ReadRow, name: string): string => String(row[name] ?? '');
const maybeIn = (row: ReadRow, name: string): number | null => (row[name] as number | null | undefined) ?? null;

function numberIn(row: ReadRow, name: string): number {
  const value = row[name];
  if (typeof value !== 'number') throw new Error(`a file of the archive has no column ${name}`);
  return value;
}
