import { textOfBytes } from '../../../contracts/topics/record-text';
import type { Tick } from '../../../usecases/ports/archive/archive';

type ReadRecord = {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly offset: string;
  readonly timestamp: string;
};

type Told = {
  readonly type?: unknown;
  readonly occurredAt?: unknown;
  readonly data?: { readonly sequence?: unknown; readonly venueAt?: unknown; readonly receivedAt?: unknown } | null;
};

/**
 * A record of `market-data` with its columns. The record is kept as it is; what of it cannot be read leaves its columns
 * empty, and its time is then the broker's.
 */
export function tickOfRecord(partition: number, { key, value, offset, timestamp }: ReadRecord): Tick {
  const body = textOfBytes(value ?? Buffer.alloc(0));
  const told = parsed(body);
  const data = typeof told.data === 'object' && told.data !== null ? told.data : {};
  return {
    partition,
    offset: Number(offset),
    instrument: key?.toString('utf8') ?? '',
    type: textIn(told.type),
    sequence: wholeIn(data.sequence),
    venueAt: wholeIn(data.venueAt),
    receivedAt: wholeIn(data.receivedAt),
    occurredAt: timeIn(told.occurredAt) ?? Number(timestamp),
    body,
  };
}

function parsed(text: string): Told {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? json : {};
  } catch {
    return {};
  }
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
const wholeIn = (value: unknown): number | null => (Number.isSafeInteger(value) ? (value as number) : null);

/** As a date can have it. */
const TIME_MAX = 8_640_000_000_000_000;

function timeIn(value: unknown): number | undefined {
  const time = wholeIn(value);
  return time !== null && time >= 0 && time < TIME_MAX ? time : undefined;
}
