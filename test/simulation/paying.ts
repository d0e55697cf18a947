import type { SignalStore } from '../../usecases/ports/surveillance/surveillance-store';
import { memorySettlementStore } from '../fakes/memory-account-store';
import { memoryAssessmentStore } from '../fakes/memory-assessment-store';
import { sabotagedSettling } from './sabotage';
import { type Actor, type Scheduler, through } from './scheduler';
import type { System } from './system';

/** A network that broke: whoever asked is to ask again. */
export class Unreachable extends Error {}

/** What paying outcomes needs beside what trading needs; now and then the risk desk cannot be told. */
export function payingParts(system: System, actor: Actor, scheduler: Scheduler) {
  const { world, signals, sabotage, random } = system;
  const settling = sabotagedSettling(
    { settlements: memorySettlementStore(world), verdicts: memoryAssessmentStore(world), signals },
    sabotage,
  );
  const keep: SignalStore['keep'] = async (given) => {
    if (!system.isAtRest && random.next() < 0.2) throw new Unreachable('the risk desk');
    return settling.signals.keep(given);
  };
  return {
    settlements: through(settling.settlements, 'settlements', actor, scheduler),
    verdicts: through(settling.verdicts, 'verdicts', actor, scheduler),
    signals: through({ ...settling.signals, keep }, 'signals', actor, scheduler),
  };
}
