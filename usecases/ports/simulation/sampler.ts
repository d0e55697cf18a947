import type { Run, RunResult } from '../../../domain/simulation/study/run';

/**
 * How a run ended. `busy`: it plays as many as it can, come again; `away`: it does not answer or died on the way, and
 * the run may be asked for again; `refused`: it does not play this, and never will.
 */
export type Played =
  | { readonly kind: 'played'; readonly result: RunResult }
  | { readonly kind: 'busy'; readonly retryAfterMs: number }
  | { readonly kind: 'away'; readonly reason: string }
  | { readonly kind: 'refused'; readonly field: string; readonly rule: string };

/** What plays runs: Ray Serve. Aborting the signal ends the work on the other side too. */
export type Sampler = {
  readonly play: (run: Run, onProgress: (done: number) => void, signal: AbortSignal) => Promise<Played>;
  readonly isReady: () => Promise<boolean>;
};
