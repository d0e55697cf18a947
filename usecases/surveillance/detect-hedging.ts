import { type Hedge, hedgesAmong, holdingSpansOf } from '../../domain/assessment/surveillance/hedge-detection';
import { grouped } from '../../domain/kernel/grouped';
import type { SignalId, UserId } from '../../domain/kernel/ids';
import { DAY_MS, type Instant, plusMs } from '../../domain/kernel/instant';
import { pagesOf } from '../events/pagination';
import type { Clock, Ids } from '../ports/clock-and-ids';
import type { InstrumentSource } from '../ports/market-data/market-data';
import type { ConductReads, RiskSignal, SignalStore } from '../ports/surveillance/surveillance-store';
import { tradedInstruments } from './traded-instruments';

export type DetectHedgingParts = {
  readonly conduct: Pick<ConductReads, 'sharedTraders' | 'tradedAccounts'>;
  readonly signals: Pick<SignalStore, 'keep'>;
  readonly instruments: Pick<InstrumentSource, 'find'>;
  readonly clock: Clock;
  readonly ids: Ids;
};

/** Far more than the time between two runs, so that a run that was missed loses nothing. */
const LOOKBACK_MS = 7 * DAY_MS;
const PEOPLE_A_PAGE = 100;

/**
 * Looks for opposite positions of one person in two accounts. What it finds is a signal for the risk desk: no account
 * is judged by it. A second run finds the same and changes nothing but how long it has lasted.
 */
export const detectHedging =
  (parts: DetectHedgingParts) => async (): Promise<{ readonly people: number; readonly signals: number }> => {
    const now = parts.clock.now();
    const since = plusMs(now, -LOOKBACK_MS);
    let [people, signals] = [0, 0];
    const read = (after: UserId | undefined, limit: number) => parts.conduct.sharedTraders(since, after, limit);
    for await (const page of pagesOf(PEOPLE_A_PAGE, read, (id) => id)) {
      signals += await detectAmong(parts, page, since, now);
      people += page.length;
    }
    return { people, signals };
  };

async function detectAmong(
  { conduct, signals, instruments, ids }: DetectHedgingParts,
  people: readonly UserId[],
  since: Instant,
  now: Instant,
): Promise<number> {
  const accounts = await conduct.tradedAccounts(people, since);
  const catalogue = await tradedInstruments(instruments, accounts);
  const found = [...grouped(accounts, ({ userId }) => userId)].flatMap(([userId, own]) => {
    const recent = own
      .flatMap(({ accountId, moves }) => holdingSpansOf(accountId, moves, now))
      .filter(({ until }) => until > since);
    const asked = new Map(own.map(({ accountId, hedgeSignalAfterMs }) => [accountId, hedgeSignalAfterMs]));
    const hedges = hedgesAmong(recent, catalogue, (accountId) => asked.get(accountId) ?? null);
    return hedges.map((hedge) => signalOf(ids.next<SignalId>(), userId, hedge, now));
  });
  return found.length > 0 ? signals.keep(found) : 0;
}

function signalOf(signalId: SignalId, userId: UserId, { legs, from, until }: Hedge, now: Instant): RiskSignal {
  const subject = legs.map(({ accountId, instrument, from: since }) => `${accountId}/${instrument}/${since}`).join(' ');
  return {
    signalId,
    kind: 'hedging',
    subject,
    userId,
    beganAt: from,
    seenUntil: until,
    detectedAt: now,
    legs: legs.map(({ accountId, instrument, side }) => ({ accountId, instrument, side })),
    verdict: null,
    copied: null,
    payment: null,
  };
}
