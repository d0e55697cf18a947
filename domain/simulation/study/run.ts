import type { Simulated } from '../play-path';

/** One question to the kernel. Its name is its own within its study, so that its answer is kept and found again. */
export type Run =
  | {
      readonly kind: 'paths';
      readonly name: string;
      readonly simulated: Simulated;
      readonly seed: bigint;
      readonly paths: number;
    }
  | {
      readonly kind: 'validation';
      readonly name: string;
      readonly resultCents: readonly bigint[];
      readonly trials: number;
      readonly seed: bigint;
    };

/** What paths came to, in whole counts; amounts in cents, histograms by bins of `binCents`. */
export type PathCounts = {
  readonly version: number;
  readonly paths: number;
  readonly passed: number;
  readonly failed: number;
  readonly open: number;
  readonly ends: readonly {
    readonly outcome: 'passed' | 'failed' | 'open';
    readonly rule: string;
    readonly day: number;
    readonly paths: number;
  }[];
  readonly balanceSumCents: bigint;
  readonly binCents: bigint;
  /** The balances at the end of each day up to which 5, 25, 50, 75 and 95 % of the paths lie. */
  readonly fan: readonly (readonly [bigint, bigint, bigint, bigint, bigint])[];
  /** [bin, paths], those that hold something. */
  readonly finals: readonly (readonly [number, number])[];
  readonly drawdowns: readonly (readonly [number, number])[];
  readonly underWaterDays: readonly (readonly [number, number])[];
};

/** Paths that a rule of these ended. */
export const pathsEndedBy = ({ ends }: Pick<PathCounts, 'ends'>, rules: readonly string[]): number =>
  ends.reduce((sum, { rule, paths }) => (rules.includes(rule) ? sum + paths : sum), 0);

/** What closed trades say by themselves; shares in parts per million, money in cents. */
export type Validation = {
  readonly version: number;
  readonly trades: number;
  readonly trials: number;
  readonly resamples: number;
  readonly meanBlock: number;
  readonly meanCents: bigint;
  readonly meanLowCents: bigint;
  readonly meanHighCents: bigint;
  readonly pPpm: number;
  readonly finalLowCents: bigint;
  readonly finalMedianCents: bigint;
  readonly finalHighCents: bigint;
  readonly drawdownMedianCents: bigint;
  readonly drawdownHighCents: bigint;
  readonly sharpePpm: number;
  readonly deflatedSharpePpm: number;
};

export type RunResult =
  | { readonly kind: 'paths'; readonly counts: PathCounts }
  | { readonly kind: 'validation'; readonly validation: Validation };
