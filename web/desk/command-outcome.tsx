import type { Command } from '../lib/commands';
import type { Instrument } from '../lib/contract';
import { namingOf } from '../lib/naming';
import { ProblemNotice } from '../parts/notice';
import type { Outcome } from './use-orders';

type CommandOutcomeProps = {
  readonly outcome: Outcome;
  /** The commands that are given beside this place. */
  readonly kinds: readonly Command['kind'][];
  readonly instruments: readonly Instrument[];
};

/** Says what went wrong where the command was given; what went well shows in the tables themselves. */
export function CommandOutcome({ outcome, kinds, instruments }: CommandOutcomeProps) {
  return (
    <div aria-live="polite" className="command-outcome">
      {outcome.kind !== 'none' && kinds.includes(outcome.command.kind) && (
        <Said outcome={outcome} instruments={instruments} />
      )}
    </div>
  );
}

function Said({ outcome, instruments }: Omit<CommandOutcomeProps, 'kinds'>) {
  if (outcome.kind === 'refused') return <ProblemNotice problem={outcome.problem} />;
  if (outcome.kind !== 'done' || outcome.done.unpriced.length === 0) return null;
  const naming = namingOf(instruments);
  const names = outcome.done.unpriced.map((instrument) => naming(instrument).unit).join(', ');
  return <p className="fine">There is no price to close these at right now: {names}. Close again in a moment.</p>;
}
