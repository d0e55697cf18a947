import type { Judged } from '../../usecases/judging/judge-account';

/** What an operator asks of the engine: how many accounts it watches, how late it sees prices, what it decided. */
export type RiskMetrics = {
  readonly accounts: (open: number) => void;
  readonly selected: () => void;
  readonly judged: (outcome: Judged['outcome']) => void;
  readonly quoteSeen: (latencyMs: number) => void;
  /** Accounts that held positions while quotes were lost which nobody had judged. */
  readonly needsReview: (accounts: number) => void;
};
