import { makeInstrumentStore } from '../adapters/cockroach/instrument-store';
import { makeBlackoutStore } from '../adapters/cockroach/risk-desk/blackout-store';
import { makeConductReads } from '../adapters/cockroach/risk-desk/conduct-reads';
import { makeDecisionStore } from '../adapters/cockroach/risk-desk/decision-store';
import { makeSignalStore } from '../adapters/cockroach/risk-desk/signal-store';
import { decideSignal } from '../usecases/decide-signal';
import { detectCopying } from '../usecases/detect-copying';
import { detectHedging } from '../usecases/detect-hedging';
import { detectReversing } from '../usecases/detect-reversing';
import type { WhichSignals } from '../usecases/ports/risk-desk';
import { listBlackouts, publishBlackout, withdrawBlackout } from '../usecases/publish-blackout';
import { functionDatabase } from './database';
import { systemClock, uuidIds } from './edge';
import { lazy } from './lazy';

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
