import {
  type CopiedTrading,
  copySweep,
  type SeenFill,
} from '../../domain/assessment/surveillance/copy-trading-detection';
import type { AccountId, SignalId } from '../../domain/kernel/ids';
import { DAY_MS, type Instant, instant } from '../../domain/kernel/instant';
import { pagesOf } from '../events/pagination';
import type { Clock, Ids } from '../ports/clock-and-ids';
import type { ConductReads, RiskSignal, SignalStore } from '../ports/surveillance/surveillance-store';

export type DetectCopyingParts = {
  readonly conduct: Pick<ConductReads, 'watchedAccounts' | 'firstFills'>;
  readonly signals: Pick<SignalStore, 'keep'>;
  readonly clock: Clock;
  readonly ids: Ids;
};

/** So long into a day the day before is still looked at, so that a run that was missed loses nothing. */
const LATE_MS = 6 * 3_600_000;
const ACCOUNTS_A_PAGE = 200;
/** Rows of one statement. */
const SIGNALS_AT_ONCE = 500;

/**
 * Looks for accounts of different people that trade the same at nearly the same time, in one sweep over their fills
 * since the beginning of a UTC day, all of which it holds in memory. What it finds is a signal for the risk desk: no
 * account is judged by it. A second run finds the same and changes nothing but how often it has been seen.
 */
export const detectCopying =
  ({ conduct, signals, clock, ids }: DetectCopyingParts) =>
  async (): Promise<{ readonly fills: number; readonly signals: number }> => {
    const now = clock.now();
    const fills = await fillsSince(conduct, instant(Math.floor((now - LATE_MS) / DAY_MS) * DAY_MS));
    const sweep = copySweep();
    for (const fill of fills.sort((one, two) => one.at - two.at)) sweep.see(fill);
    const found = sweep.found().map((copying) => signalOf(ids.next<SignalId>(), copying, now));
    let kept = 0;
    for (let from = 0; from < found.length; from += SIGNALS_AT_ONCE) {
      kept += await signals.keep(found.slice(from, from + SIGNALS_AT_ONCE));
    }
    return { fills: fills.length, signals: kept };
  };

/** By account, and those of one account in its order: of equal times that order stays. */
async function fillsSince(conduct: DetectCopyingParts['conduct'], since: Instant): Promise<SeenFill[]> {
  const fills: SeenFill[] = [];
  const read = (after: AccountId | undefined, limit: number) =>
    conduct.watchedAccounts('copySignal', since, after, limit);
  for await (const page of pagesOf(ACCOUNTS_A_PAGE, read, (id) => id)) {
    for (const fill of await conduct.firstFills(page, since)) fills.push(fill);
  }
  return fills;
}

const signalOf = (signalId: SignalId, { legs, times, day, from, until }: CopiedTrading, now: Instant): RiskSignal => ({
  signalId,
  kind: 'copying',
  userId: legs[0].userId,
  subject: `${legs[0].accountId} ${legs[1].accountId} ${day}`,
  beganAt: from,
  seenUntil: until,
  detectedAt: now,
  legs: legs.map(({ accountId, instrument, side }) => ({ accountId, instrument, side })),
  verdict: null,
  copied: { times, otherUserId: legs[1].userId },
  payment: null,
});
