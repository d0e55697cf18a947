import type { Frame } from '../../../usecases/ports/archive/archive';

/** A record of the topic of frames: its key is the connection, its value the text as it came. */
export type FrameRecord = {
  readonly key: string;
  readonly value: Buffer;
  readonly headers: { readonly frame: string };
};

/** Above this a frame goes in parts: brokers take no record of more than a megabyte. */
const PART_BYTES_MAX = 400_000;

type WholeFrame = Omit<Frame, 'number' | 'part' | 'parts'>;

/** The records of a frame, each with the next number of its connection. A part may end within a character. */
export function frameRecords(frame: WholeFrame, nextNumber: () => number): readonly FrameRecord[] {
  const { venue, connection, receivedAt, kind, text } = frame;
  const bytes = Buffer.from(text, 'utf8');
  const parts = Math.max(1, Math.ceil(bytes.length / PART_BYTES_MAX));
  return Array.from({ length: parts }, (_, part) => ({
    key: connection,
    value: bytes.subarray(part * PART_BYTES_MAX, (part + 1) * PART_BYTES_MAX),
    headers: { frame: [venue, kind, receivedAt, nextNumber(), part, parts].join(' ') },
  }));
}

type ReadRecord = {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: { readonly [name: string]: unknown };
};

/** Undefined: no record of ours. `text` of a frame in parts is base64, since a part may end within a character. */
export function frameOfRecord({ key, value, headers }: ReadRecord): Frame | undefined {
  const [venue, kind, ...rest] = String(headers?.frame ?? '').split(' ');
  const numbers = rest.map(Number);
  const [receivedAt, number, part, parts] = numbers;
  if (!key || !value || !venue || !/^[a-z]+$/.test(venue) || (kind !== 'socket' && kind !== 'rest')) return undefined;
  if (receivedAt === undefined || number === undefined || part === undefined || parts === undefined) return undefined;
  if (numbers.some((one) => !Number.isSafeInteger(one))) return undefined;
  const text = value.toString(parts > 1 ? 'base64' : 'utf8');
  return { venue, kind, connection: key.toString('utf8'), receivedAt, number, part, parts, text };
}
