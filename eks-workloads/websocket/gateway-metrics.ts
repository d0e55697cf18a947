import type { GatewayMetrics } from '../../engines/gateway/metrics';
import { LATENCY_BUCKETS_S, type Metrics } from '../../runtime/service';

export function gatewayMetrics(metrics: Metrics): GatewayMetrics {
  const open = metrics.gauge('gateway_connections', 'Open connections');
  const closed = metrics.counter('gateway_closed_total', 'Connections that ended, by close code', ['code']);
  const turnedAway = metrics.counter('gateway_turned_away_total', 'Handshakes refused, by close code', ['code']);
  const recovered = metrics.counter('gateway_recovered_total', 'Gaps in an account stream closed by a snapshot');
  const quote = metrics.histogram(
    'gateway_quote_latency_seconds',
    "From the receipt of the venue's frame to ours",
    LATENCY_BUCKETS_S,
  );
  const event = metrics.histogram(
    'gateway_event_latency_seconds',
    'From what happened in an account to its frame',
    LATENCY_BUCKETS_S,
  );
  return {
    opened: () => open.inc(),
    closed: (code) => {
      open.dec();
      closed.inc({ code: codeLabel(code) });
    },
    turnedAway: (code) => turnedAway.inc({ code: codeLabel(code) }),
    quoteSent: (ms) => quote.observe(Math.max(0, ms) / 1_000),
    eventSent: (ms) => event.observe(Math.max(0, ms) / 1_000),
    recovered: () => recovered.inc(),
  };
}

/** A peer may close with any number; only those that mean something here become label values. */
const codeLabel = (code: number): string =>
  [1000, 1001, 1006, 1009, 1013, 4401, 4403, 4408, 4429].includes(code) ? String(code) : 'other';
