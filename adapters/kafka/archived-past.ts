import { decodeEvent, type Envelope } from '../../contracts/topics/envelope';
import { bytesOfText } from '../../contracts/topics/record-text';
import type { Instant } from '../../domain/kernel/instant';
import type { ArchiveReader, Tick } from '../../usecases/ports/archive/archive';

/** What the archive is asked for. */
export type ArchivedPastParts = {
  readonly archive: Pick<ArchiveReader, 'ticks'>;
  readonly since: Instant;
  readonly until: Instant;
  /** The oldest offset that the topic still has of each partition that lost what is asked for. */
  readonly lost: ReadonlyMap<number, number>;
  readonly onUnreadable: (tick: Tick, reason: string) => void;
};

export type PastReader = {
  /** An event of before; the next is read when it resolves. False: nobody wants more. */
  readonly onEvent: (event: Envelope) => Promise<boolean>;
  /** The topic has what comes next of this partition. */
  readonly onReached: (partition: number) => void;
};

/** A record of before `since` proves that nothing is missing behind it; a partition is seldom still for so long. */
const PROOF_MS = 3_600_000;

/**
 * Reads what a topic no longer has: of each partition in its order, and of all in the order of time. Offsets have no
 * holes, and so they tell whether the archive has everything: from a record of before to the last that the topic lost.
 */
export async function readArchivedPast(parts: ArchivedPastParts, { onEvent, onReached }: PastReader): Promise<boolean> {
  const { archive, since, until, lost } = parts;
  const last = new Map<number, number>();
  const behind = new Map(lost);
  let isWhole = true;
  const reach = (partition: number, low: number) => {
    if (last.get(partition) !== low - 1) isWhole = false;
    behind.delete(partition);
    onReached(partition);
  };
  for await (const tick of archive.ticks({ from: since - PROOF_MS, to: until })) {
    if (behind.size === 0) break;
    const { partition, offset, occurredAt } = tick;
    const low = behind.get(partition);
    if (low === undefined) continue;
    if (offset < low) {
      const isAsked = occurredAt >= since;
      // What begins with the very first record has none before it.
      if (isAsked && (last.get(partition) ?? -1) !== offset - 1) isWhole = false;
      last.set(partition, offset);
      const event = isAsked ? eventOf(tick, parts) : undefined;
      if (event && !(await onEvent(event))) return false;
    }
    if (offset >= low - 1) reach(partition, low);
  }
  for (const [partition, low] of [...behind]) reach(partition, low);
  return isWhole;
}

function eventOf(tick: Tick, { onUnreadable }: ArchivedPastParts): Envelope | undefined {
  const decoded = decodeEvent(bytesOfText(tick.body).toString('utf8'));
  if (decoded.ok) return decoded.event;
  onUnreadable(tick, decoded.reason);
  return undefined;
}
