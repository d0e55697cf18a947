import type { DecisionId, SignalId, UserId } from '../../domain/kernel/ids';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { Clock, Ids, Trace } from '../ports/clock-and-ids';
import type { DecisionStore, SignalDecision } from '../ports/surveillance/surveillance-store';

export type DecideSignalParts = {
  readonly decisions: DecisionStore;
  readonly clock: Clock;
  readonly ids: Ids;
};

export type DecideSignal = {
  readonly signalId: SignalId;
  readonly decisionId: DecisionId;
  readonly outcome: SignalDecision['outcome'];
  readonly reason: string;
  readonly actor: UserId;
  readonly trace: Trace;
};

export type DecideSignalRefusal = 'signal_unknown' | 'decision_id_reused';

/**
 * Puts on record what a person decided on a signal. Nothing follows for any account, and nothing is ever taken back: a
 * later decision supersedes. The same decision sent again is answered as the first time.
 */
export const decideSignal =
  ({ decisions, clock, ids }: DecideSignalParts) =>
  async (command: DecideSignal): Promise<Result<SignalDecision, DecideSignalRefusal>> => {
    const { signalId, decisionId, outcome, reason, actor, trace } = command;
    const decision = { decisionId, outcome, reason, decidedBy: actor, decidedAt: clock.now() };
    const isAppended = await decisions.append(signalId, decision, {
      auditId: ids.next<string>(),
      at: decision.decidedAt,
      actor,
      action: 'signal.decided',
      subject: signalId,
      detail: { decisionId, outcome, reason },
      correlationId: trace.correlationId,
    });
    if (isAppended) return accept(decision);
    const known = await decisions.find(decisionId);
    if (!known) return refuse('signal_unknown', 'signalId', 'must be a signal of the risk desk');
    const { signalId: decidedOn, ...first } = known;
    const isSame =
      decidedOn === signalId && first.outcome === outcome && first.reason === reason && first.decidedBy === actor;
    return isSame ? accept(first) : refuse('decision_id_reused', 'decisionId', 'must be new for another decision');
  };
