import { LATENCY_BUCKETS_S, type Metrics } from '../../runtime/service';
import type { Judged } from '../../usecases/judging/judge-account';

/** What an operator asks of the engine: how many accounts it watches, how late it sees prices, what it decided. */
export type RiskMetrics = {
  readonly accounts: (open: number) => void;
  readonly selected: () => void;
  readonly judged: (outcome: Judged['outcome']) => void;
  readonly quoteSeen: (latencyMs: number) => void;
  /** Accounts with something at stake while quotes were lost that nobody had judged. */
  readonly needsReview: (accounts: number) => void;
};

export function riskMetrics(metrics: Metrics): RiskMetrics {
  const accounts = metrics.gauge('risk_open_accounts', 'Open accounts that are being watched');
  const selected = metrics.counter('risk_selected_total', 'Accounts that a quote selected for an exact judgement');
  const judged = metrics.counter('risk_judged_total', 'Exact judgements, by outcome', ['outcome']);
  const quote = metrics.histogram(
    'risk_quote_latency_seconds',
    "From the receipt of the venue's frame to the selection of accounts",
    LATENCY_BUCKETS_S,
  );
  const review = metrics.counter('risk_needs_review_total', 'Accounts that were exposed to quotes that are lost');
  return {
    needsReview: (exposed) => review.inc(exposed),
    accounts: (open) => accounts.set(open),
    selected: () => selected.inc(),
    judged: (outcome) => judged.inc({ outcome }),
    quoteSeen: (ms) => quote.observe(Math.max(0, ms) / 1_000),
  };
}
