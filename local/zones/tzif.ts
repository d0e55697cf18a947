import { invariant } from '../../domain/kernel/invariant';

/** A compiled zone (RFC 9636): offsets in seconds by instant in seconds, and the rule of all later years. */
export type CompiledZone = {
  readonly first: number;
  readonly changes: readonly { readonly at: number; readonly offset: number }[];
  readonly footer: string;
};

const HEADER = 44;
const COUNTS = 20;

/** Reads the second, 64-bit half of a compiled zone. */
export function readZone(file: Buffer): CompiledZone {
  invariant(file.toString('latin1', 0, 4) === 'TZif' && file[4] !== 0, 'a compiled zone of version 2 or later');
  const start = HEADER + sizeOf(countsAt(file, 0), 4);
  const counts = countsAt(file, start);
  const times = start + HEADER;
  const kinds = times + counts.changes * 8;
  const offsets = kinds + counts.changes;
  const offsetOf = (kind: number): number => file.readInt32BE(offsets + kind * 6);
  const changes = Array.from({ length: counts.changes }, (_, at) => ({
    at: Number(file.readBigInt64BE(times + at * 8)),
    offset: offsetOf(file.readUInt8(kinds + at)),
  }));
  const footer = file.toString('latin1', start + HEADER + sizeOf(counts, 8)).trim();
  return { first: offsetOf(0), changes, footer };
}

type Counts = ReturnType<typeof countsAt>;

const countsAt = (file: Buffer, start: number) => {
  const count = (at: number): number => file.readUInt32BE(start + COUNTS + at * 4);
  return { utc: count(0), standard: count(1), leaps: count(2), changes: count(3), kinds: count(4), letters: count(5) };
};

const sizeOf = ({ utc, standard, leaps, changes, kinds, letters }: Counts, time: number): number =>
  changes * (time + 1) + kinds * 6 + letters + leaps * (time + 4) + standard + utc;
