import type { Duel, Ended } from './duel';

/** What became of the duels in which a trick took part. `mean`, `error`: of what the trickster ended better by. */
export type Tally = {
  readonly trick: string;
  readonly duels: number;
  readonly mean: number;
  /** The standard error of the mean. */
  readonly error: number;
  /** Duels in which the twin failed and the trickster did not, and the other way round. */
  readonly saved: number;
  readonly lost: number;
};

/** Chance alone goes further than this once in more than seven hundred tries. */
const ERRORS_MAX = 3;
/** A thousandth of what an account may lose: what a single lot or a rounding is worth. */
const WORTH_MIN = 0.001;

/** By trick, and of all duels together as `any`. */
export function tallied(duels: readonly Duel[]): readonly Tally[] {
  const names = [...new Set(duels.flatMap(({ tricks }) => tricks))].sort();
  return [tallyOf('any', duels), ...names.map((name) => tallyOf(name, playedIn(duels, name)))];
}

const playedIn = (duels: readonly Duel[], name: string): readonly Duel[] =>
  duels.filter(({ tricks }) => tricks.includes(name));

function tallyOf(trick: string, duels: readonly Duel[]): Tally {
  const gained = duels.map(({ twin, trickster }) => trickster.worth - twin.worth);
  const mean = meanOf(gained);
  const variance = meanOf(gained.map((one) => (one - mean) ** 2));
  return {
    trick,
    duels: duels.length,
    mean,
    error: Math.sqrt(variance / Math.max(1, duels.length - 1)),
    saved: duels.filter(({ twin, trickster }) => isFailed(twin) && !isFailed(trickster)).length,
    lost: duels.filter(({ twin, trickster }) => !isFailed(twin) && isFailed(trickster)).length,
  };
}

const isFailed = ({ status }: Ended): boolean => status === 'failed';

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Whether a trick pays, beyond what chance explains. */
export const isPaying = ({ mean, error }: Tally): boolean => mean > WORTH_MIN && mean > ERRORS_MAX * error;

export const sentenceOf = ({ trick, duels, mean, error, saved, lost }: Tally): string =>
  `${trick}: ${duels} duels, better by ${mean.toFixed(4)} ± ${error.toFixed(4)} of what may be lost; ` +
  `${saved} saved by it, ${lost} lost by it`;
