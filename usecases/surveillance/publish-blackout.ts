import type { BlackoutId, InstrumentId, UserId } from '../../domain/kernel/ids';
import { DAY_MS, type Instant, isoText, plusMs } from '../../domain/kernel/instant';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { Clock, Ids, Trace } from '../ports/clock-and-ids';
import type { InstrumentSource } from '../ports/market-data/market-data';
import type { AuditEntry } from '../ports/operations/audit';
import type { BlackoutStore, KeptBlackout } from '../ports/surveillance/blackouts';

export type BlackoutParts = {
  readonly blackouts: BlackoutStore;
  readonly instruments: Pick<InstrumentSource, 'find'>;
  readonly clock: Clock;
  readonly ids: Ids;
};

type Actor = { readonly actor: UserId; readonly trace: Trace };

export type PublishBlackout = Actor & {
  readonly blackoutId: BlackoutId;
  readonly instruments: readonly InstrumentId[] | null;
  readonly title: string;
  readonly at: Instant;
};

export type WithdrawBlackout = Actor & { readonly blackoutId: BlackoutId };

export type PublishBlackoutRefusal = 'instrument_unknown' | 'blackout_out_of_range';

const AHEAD_MAX_MS = 366 * DAY_MS;
const LISTED_BACK_MS = DAY_MS;

/** Schedules news, or changes it under the same id. What has happened already is not scheduled afterwards. */
export const publishBlackout =
  (parts: BlackoutParts) =>
  async (command: PublishBlackout): Promise<Result<KeptBlackout, PublishBlackoutRefusal>> => {
    const { blackoutId, instruments, title, at } = command;
    const now = parts.clock.now();
    if (at <= now || at > plusMs(now, AHEAD_MAX_MS)) {
      return refuse('blackout_out_of_range', 'at', 'must lie ahead, by no more than 366 days');
    }
    const known = instruments && (await parts.instruments.find(instruments));
    const unknown = instruments?.find((each) => !known?.has(each));
    if (unknown !== undefined) {
      return refuse('instrument_unknown', 'instruments', `must be known, or null for all: ${unknown} is not`);
    }
    const blackout = { blackoutId, instruments, title, at };
    const detail = { title, instruments: instruments?.join(' ') ?? 'all', at: isoText(at) };
    await parts.blackouts.put(blackout, auditOf(parts, command, { action: 'blackout.published', at: now, detail }));
    return accept(blackout);
  };

export const withdrawBlackout =
  (parts: BlackoutParts) =>
  async (command: WithdrawBlackout): Promise<Result<undefined, 'blackout_unknown'>> => {
    const audit = auditOf(parts, command, { action: 'blackout.withdrawn', at: parts.clock.now(), detail: {} });
    return (await parts.blackouts.remove(command.blackoutId, audit))
      ? accept(undefined)
      : refuse('blackout_unknown', 'blackoutId', 'must be a scheduled one');
  };

export const listBlackouts =
  ({ blackouts, clock }: BlackoutParts) =>
  (): Promise<readonly KeptBlackout[]> => {
    const now = clock.now();
    return blackouts.between(plusMs(now, -LISTED_BACK_MS), plusMs(now, AHEAD_MAX_MS));
  };

const auditOf = (
  { ids }: BlackoutParts,
  { blackoutId, actor, trace }: WithdrawBlackout,
  done: Pick<AuditEntry, 'action' | 'at' | 'detail'>,
): AuditEntry => ({
  ...done,
  auditId: ids.next<string>(),
  actor,
  subject: blackoutId,
  correlationId: trace.correlationId,
});
