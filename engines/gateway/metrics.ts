/** What an operator asks of the gateway: how many, how fast, and why connections end. */
export type GatewayMetrics = {
  readonly opened: () => void;
  readonly closed: (code: number) => void;
  readonly turnedAway: (code: number) => void;
  readonly quoteSent: (latencyMs: number) => void;
  readonly eventSent: (latencyMs: number) => void;
  readonly recovered: () => void;
};
