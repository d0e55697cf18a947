import { type Copying, type CopySweep, copySweep } from '../domain/assessment/copying';
import type { InstrumentId, SignalId } from '../domain/kernel/ids';
import { type Instant, instant } from '../domain/kernel/instant';
import type { Clock, Ids } from './ports/edge';
import type { ConductReads, FillPlace, RiskSignal, SignalStore } from './ports/risk-desk';

export type DetectCopyingParts = {
  readonly conduct: Pick<ConductReads, 'instrumentsFilled' | 'firstFills'>;
  readonly signals: Pick<SignalStore, 'keep'>;
  readonly clock: Clock;
  readonly ids: Ids;
};

const DAY_MS = 86_400_000;
/** So long into a day the day before is still looked at, so that a run that was missed loses nothing. */
const LATE_MS = 6 * 3_600_000;
const INSTRUMENTS_A_PAGE = 500;
const FILLS_A_PAGE = 2_000;
/** Rows of one statement. */
const SIGNALS_AT_ONCE = 500;

/**
 * Looks for accounts of different people that trade the same at nearly the same time, in one sweep over the fills of
 * each instrument since the beginning of a UTC day. What it finds is a signal for the risk desk: no account is judged
 * by it. A second run finds the same and changes nothing but how often it has been seen.
 */
export const detectCopying =
  ({ conduct, signals, clock, ids }: DetectCopyingParts) =>
  async (): Promise<{ readonly fills: number; readonly signals: number }> => {
    const now = clock.now();
    const since = instant(Math.floor((now - LATE_MS) / DAY_MS) * DAY_MS);
    const sweep = copySweep();
    let [fills, after]: [number, InstrumentId | undefined] = [0, undefined];
    for (;;) {
      const page: readonly InstrumentId[] = await conduct.instrumentsFilled(since, after, INSTRUMENTS_A_PAGE);
      for (const instrument of page) fills += await sweepInstrument(conduct, sweep, instrument, since);
      if (page.length < INSTRUMENTS_A_PAGE) break;
      after = page.at(-1);
    }
    const found = sweep.found().map((copying) => signalOf(ids.next<SignalId>(), copying, now));
    let kept = 0;
    for (let from = 0; from < found.length; from += SIGNALS_AT_ONCE) {
      kept += await signals.keep(found.slice(from, from + SIGNALS_AT_ONCE));
    }
    return { fills, signals: kept };
  };

async function sweepInstrument(
  conduct: Pick<ConductReads, 'firstFills'>,
  sweep: CopySweep,
  instrument: InstrumentId,
  since: Instant,
): Promise<number> {
  let [fills, after]: [number, FillPlace | undefined] = [0, undefined];
  for (;;) {
    const page: Awaited<ReturnType<ConductReads['firstFills']>> = await conduct.firstFills(
      ...([instrument, since, after, FILLS_A_PAGE] as const),
    );
    for (const { fill } of page) sweep.see(fill);
    fills += page.length;
    if (page.length < FILLS_A_PAGE) return fills;
    after = page.at(-1)?.place;
  }
}

const signalOf = (signalId: SignalId, { legs, times, day, from, until }: Copying, now: Instant): RiskSignal => ({
  ...{ signalId, kind: 'copying', userId: legs[0].userId },
  subject: `${legs[0].accountId} ${legs[1].accountId} ${day}`,
  ...{ beganAt: from, seenUntil: until, detectedAt: now },
  legs: legs.map(({ accountId, instrument, side }) => ({ accountId, instrument, side })),
  verdict: null,
  copied: { times, otherUserId: legs[1].userId },
});
