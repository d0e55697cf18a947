import type { RiskMetrics } from '../../engines/risk/metrics';
import { LATENCY_BUCKETS_S, type Metrics } from '../../runtime/service';

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
