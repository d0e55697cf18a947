import { type Reversal, reversalsAmong } from '../../domain/assessment/surveillance/reversal-detection';
import type { AccountId, SignalId } from '../../domain/kernel/ids';
import { type Instant, plusMs } from '../../domain/kernel/instant';
import { pagesOf } from '../events/pagination';
import type { Clock, Ids } from '../ports/clock-and-ids';
import type { InstrumentSource } from '../ports/market-data/market-data';
import type { ConductReads, RiskSignal, SignalStore, WatchedAccount } from '../ports/surveillance/surveillance-store';
import { tradedInstruments } from './traded-instruments';

export type DetectReversingParts = {
  readonly conduct: Pick<ConductReads, 'watchedAccounts' | 'movesSince'>;
  readonly signals: Pick<SignalStore, 'keep'>;
  readonly instruments: Pick<InstrumentSource, 'find'>;
  readonly clock: Clock;
  readonly ids: Ids;
};

/** Far more than the time between two runs and than any rule's window, so that a run that was missed loses nothing. */
const LOOKBACK_MS = 6 * 3_600_000;
const ACCOUNTS_A_PAGE = 200;

/**
 * Looks for accounts that closed a position and opened the opposite soon after. What it finds is a signal for
 * the risk desk: no account is judged by it. A second run finds the same and changes nothing.
 */
export const detectReversing =
  (parts: DetectReversingParts) => async (): Promise<{ readonly accounts: number; readonly signals: number }> => {
    const now = parts.clock.now();
    const since = plusMs(now, -LOOKBACK_MS);
    let [accounts, signals] = [0, 0];
    const read = (after: AccountId | undefined, limit: number) =>
      parts.conduct.watchedAccounts('reverseSignalWithinMs', since, after, limit);
    for await (const page of pagesOf(ACCOUNTS_A_PAGE, read, (id) => id)) {
      signals += await detectIn(parts, page, since, now);
      accounts += page.length;
    }
    return { accounts, signals };
  };

async function detectIn(
  { conduct, signals, instruments, ids }: DetectReversingParts,
  page: readonly AccountId[],
  since: Instant,
  now: Instant,
): Promise<number> {
  const accounts = await conduct.movesSince(page, since);
  const catalogue = await tradedInstruments(instruments, accounts);
  const found = accounts.flatMap((account) =>
    reversalsAmong(account.moves, catalogue, account.reverseSignalWithinMs).map((reversal) =>
      signalOf(ids.next<SignalId>(), account, reversal, now),
    ),
  );
  return found.length > 0 ? signals.keep(found) : 0;
}

const signalOf = (
  signalId: SignalId,
  { userId, accountId }: WatchedAccount,
  { closed, opened, closedAt, openedAt }: Reversal,
  now: Instant,
): RiskSignal => ({
  signalId,
  kind: 'reversing',
  userId,
  subject: `${accountId}/${closed.instrument}/${closedAt} ${opened.instrument}/${openedAt}`,
  beganAt: closedAt,
  seenUntil: openedAt,
  detectedAt: now,
  legs: [
    { accountId, ...closed },
    { accountId, ...opened },
  ],
  verdict: null,
  copied: null,
  payment: null,
});
