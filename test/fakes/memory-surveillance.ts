import type { BlackoutId, SignalId } from '../../domain/kernel/ids';
import type { AuditEntry } from '../../usecases/ports/operations/audit';
import type { BlackoutStore, KeptBlackout } from '../../usecases/ports/surveillance/blackouts';
import type {
  DecisionStore,
  RiskSignal,
  SignalDecision,
  SignalStore,
} from '../../usecases/ports/surveillance/surveillance-store';

/** Signals, and what is decided on them. */
export function memorySignalStore(audited: AuditEntry[] = []): SignalStore & { readonly decisions: DecisionStore } {
  const kept = new Map<string, RiskSignal>();
  const decided: (SignalDecision & { readonly signalId: SignalId })[] = [];
  const decisionsOn = (id: SignalId): readonly SignalDecision[] =>
    decided.filter(({ signalId }) => signalId === id).map(({ signalId: _, ...decision }) => decision);
  return {
    keep: async (signals) => {
      let changed = 0;
      for (const signal of signals) {
        const key = `${signal.kind} ${signal.subject}`;
        const known = kept.get(key);
        if (known && known.seenUntil >= signal.seenUntil) continue;
        const { seenUntil, verdict, copied, payment } = signal;
        kept.set(key, known ? { ...known, seenUntil, verdict, copied, payment } : signal);
        changed += 1;
      }
      return changed;
    },
    list: async (which, limit) =>
      [...kept.values()]
        .map((signal) => ({ ...signal, decisions: decisionsOn(signal.signalId) }))
        .filter(({ decisions }) => which === 'all' || (which === 'decided') === decisions.length > 0)
        .sort((a, b) => b.detectedAt - a.detectedAt || (a.signalId < b.signalId ? 1 : -1))
        .slice(0, limit),
    decisions: {
      find: async (id) => decided.find(({ decisionId }) => decisionId === id),
      append: async (signalId, decision, audit) => {
        const isKnown = [...kept.values()].some((signal) => signal.signalId === signalId);
        if (!isKnown || decided.some(({ decisionId }) => decisionId === decision.decisionId)) return false;
        decided.push({ ...decision, signalId });
        audited.push(audit);
        return true;
      },
    },
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
