import { grouped } from '../../../domain/kernel/grouped';
import { isoText } from '../../../domain/kernel/instant';
import type { RiskSignal, SignalStore } from '../../../usecases/ports/surveillance/surveillance-store';
import type { Database } from '../connection/database';
import { decisionsOnSignals } from './decision.sql';
import { decisionOf } from './decision-store';
import { keepSignals, listSignals, type SignalRow } from './signal.sql';

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
      given.map(({ payment }) => payment && JSON.stringify(payment)),
    ]);
  },
  list: async (which, limit) => {
    const rows = await database.query(listSignals, [which, limit]);
    const decided = await database.query(decisionsOnSignals, [rows.map((row) => row.signal_id)]);
    const bySignal = grouped(decided, (row) => row.signal_id);
    return rows.map((row) => ({ ...signalOf(row), decisions: (bySignal.get(row.signal_id) ?? []).map(decisionOf) }));
  },
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
  payment: row.payment,
});
