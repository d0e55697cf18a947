import { makeInstrumentStore } from '../../adapters/cockroach/market-data/instrument-store';
import { makeBlackoutStore } from '../../adapters/cockroach/surveillance/blackout-store';
import { makeConductReads } from '../../adapters/cockroach/surveillance/conduct-reads';
import { makeDecisionStore } from '../../adapters/cockroach/surveillance/decision-store';
import { makeSignalStore } from '../../adapters/cockroach/surveillance/signal-store';
import type { WhichSignals } from '../../usecases/ports/surveillance/surveillance-store';
import { decideSignal } from '../../usecases/surveillance/decide-signal';
import { detectCopying } from '../../usecases/surveillance/detect-copying';
import { detectHedging } from '../../usecases/surveillance/detect-hedging';
import { detectReversing } from '../../usecases/surveillance/detect-reversing';
import { listBlackouts, publishBlackout, withdrawBlackout } from '../../usecases/surveillance/publish-blackout';
import { functionDatabase } from '../database';
import { systemClock, uuidIds } from '../edge';
import { lazy } from '../lazy';

const SIGNALS_MAX = 500;

/** What the function `risk-desk` does. */
export const riskDesk = lazy(async () => {
  const database = await functionDatabase();
  const signals = makeSignalStore(database);
  const parts = {
    blackouts: makeBlackoutStore(database),
    instruments: makeInstrumentStore(database),
    clock: systemClock,
    ids: uuidIds,
  };
  return {
    listSignals: (which: WhichSignals) => signals.list(which, SIGNALS_MAX),
    decideSignal: decideSignal({ ...parts, decisions: makeDecisionStore(database) }),
    listBlackouts: listBlackouts(parts),
    publishBlackout: publishBlackout(parts),
    withdrawBlackout: withdrawBlackout(parts),
  };
});

/** What the scheduled function `detect-conduct` does, one kind of signal after the other. */
export const conductDetection = lazy(async () => {
  const database = await functionDatabase();
  const parts = {
    conduct: makeConductReads(database),
    signals: makeSignalStore(database),
    instruments: makeInstrumentStore(database),
    clock: systemClock,
    ids: uuidIds,
  };
  const [hedging, reversing, copying] = [detectHedging(parts), detectReversing(parts), detectCopying(parts)];
  return async () => ({ hedging: await hedging(), reversing: await reversing(), copying: await copying() });
});
