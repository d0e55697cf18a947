import type { BlackoutId } from '../../domain/kernel/ids';
import type { AuditEntry } from '../../usecases/ports/audit';
import type { BlackoutStore, KeptBlackout } from '../../usecases/ports/blackouts';
import type { RiskSignal, SignalStore } from '../../usecases/ports/risk-desk';

export function memorySignalStore(): SignalStore {
  const kept = new Map<string, RiskSignal>();
  return {
    keep: async (signals) => {
      let changed = 0;
      for (const signal of signals) {
        const key = `${signal.kind} ${signal.subject}`;
        const known = kept.get(key);
        if (known && known.seenUntil >= signal.seenUntil) continue;
        kept.set(key, known ? { ...known, seenUntil: signal.seenUntil, verdict: signal.verdict } : signal);
        changed += 1;
      }
      return changed;
    },
    newest: async (limit) =>
      [...kept.values()]
        .sort((a, b) => b.detectedAt - a.detectedAt || (a.signalId < b.signalId ? 1 : -1))
        .slice(0, limit),
  };
}

export function memoryBlackoutStore(audited: AuditEntry[] = []): BlackoutStore {
  const kept = new Map<BlackoutId, KeptBlackout>();
  return {
    between: async (from, to) =>
      [...kept.values()]
        .filter(({ at }) => at >= from && at <= to)
        .sort((a, b) => a.at - b.at || (a.blackoutId < b.blackoutId ? -1 : 1)),
    put: async (blackout, audit) => {
      kept.set(blackout.blackoutId, blackout);
      audited.push(audit);
    },
    remove: async (id, audit) => {
      const isRemoved = kept.delete(id);
      if (isRemoved) audited.push(audit);
      return isRemoved;
    },
  };
}
