import type { Problem } from '../../../contracts/http/problem';
import { ruleAt } from '../answer';

/** Fields of the form; what is refused elsewhere is said above it. */
export const ASK_FIELDS = ['subject', 'trades', 'days', 'paths', 'seed'] as const;

/** What a trader reads in place of the platform's bare words; undefined: those are plain enough. */
export function refusalText({ refusal, status }: Pick<Problem, 'refusal' | 'status'>): string | undefined {
  switch (refusal) {
    case 'simulation_unavailable':
      return (
        'Try again in a minute. If they are not switched on: on your own computer, stop the platform and start it with ' +
        '“npm start -- --ray”; elsewhere ask whoever operates it.'
      );
    case 'studies_open_max':
      return 'Others that you asked for are still running. Wait until one has ended, or open it under Odds and cancel it.';
    case 'studies_hour_max':
      return 'You have asked for many within an hour. Earlier ones are kept under Odds; new ones can be asked for later.';
    case 'rule_unsupported':
      return 'This tier has a rule that the simulation does not know. It is not left out: that would make the odds wrong.';
    case 'study_unknown':
      return 'No study of yours is at this address.';
    default:
      return status === 0 ? 'Asking again sends the same question; it is not counted twice.' : undefined;
  }
}

/** The rules broken at one field: of the form first, then of the platform. */
export const saidAt = (
  faults: readonly { field: string; rule: string }[],
  problem: Problem | undefined,
  field: string,
) => ruleAt(faults, field) ?? ruleAt(problem?.errors ?? [], field);
