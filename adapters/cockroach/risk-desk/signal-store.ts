import { isoText } from '../../../domain/kernel/instant';
import type { RiskSignal, SignalStore } from '../../../usecases/ports/risk-desk';
import type { Database } from '../database';
import { keepSignals, newestSignals, type SignalRow } from './signal.sql';

export const makeSignalStore = (database: Database): SignalStore => ({
  keep: (signals) => {
    // One statement can write a row only once.
    const given = [...new Map(signals.map((signal) => [`${signal.kind} ${signal.subject}`, signal])).values()];
    return database.write(keepSignals, [
      given.map(({ signalId }) => signalId),
      given.map(({ kind }) => kind),
      given.map(({ subject }) => subject),
      given.map(({ userId }) => userId),
      given.map(({ beganAt }) => isoText(beganAt)),
      given.map(({ seenUntil }) => isoText(seenUntil)),
      given.map(({ legs }) => JSON.stringify(legs)),
      given.map(({ detectedAt }) => isoText(detectedAt)),
      given.map(({ verdict }) => verdict && JSON.stringify(verdict)),
      given.map(({ copied }) => copied && JSON.stringify(copied)),
    ]);
  },
  newest: async (limit) => (await database.query(newestSignals, [limit])).map(signalOf),
});

const signalOf = (row: SignalRow): RiskSignal => ({
  signalId: row.signal_id,
  kind: row.kind,
  subject: row.subject,
  userId: row.user_id,
  beganAt: row.began_at,
  seenUntil: row.seen_until,
  legs: row.legs,
  detectedAt: row.detected_at,
  verdict: row.verdict,
  copied: row.copied,
});
