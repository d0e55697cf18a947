import type { Played } from '../../usecases/ports/simulation/sampler';
import type { StudyFailure } from '../../usecases/ports/simulation/study-store';

/** How this copy parted with a study; `lost`: it was cancelled, or another copy has it. */
export type StudyParting = 'completed' | StudyFailure | 'lost' | 'given_back';

/** What the player tells of its work. */
export type SimulationMetrics = {
  readonly playing: (studies: number) => void;
  readonly parted: (how: StudyParting, seconds: number) => void;
  readonly run: (how: Played['kind'], seconds: number) => void;
};
