/** An empty outbox is asked again soon, so that an event waits for the relay no longer than this. */
const IDLE_MS_MIN = 5;
const IDLE_MS_MAX = 40;
const FAILURE_MS_MAX = 2_000;

/** What each pass tells of its work. */
export type PassMetrics = {
  readonly sent: (rows: number) => void;
  readonly failed: () => void;
};

type RelayParts = {
  readonly relay: () => Promise<number>;
  readonly metrics: PassMetrics;
  /** A pass failed, the last of `failures` in a row. */
  readonly onFailure: (error: unknown, failures: number) => void;
  /** A pass went well after so many failures in a row. */
  readonly onRecovered: (failures: number) => void;
};

type Relay = {
  /** One pass over the outbox; answers after how many milliseconds to look again. Never throws. */
  readonly pass: () => Promise<number>;
  /** `ok`, or why the last pass failed. */
  readonly health: () => string;
};

/**
 * Paces the relay: at once while rows keep coming, less and less often while there are none, gently after a failure.
 */
export function makeRelay({ relay, metrics, onFailure, onRecovered }: RelayParts): Relay {
  let idlePasses = 0;
  let failures = 0;
  let health = 'ok';
  return {
    pass: async () => {
      try {
        const sent = await relay();
        if (failures > 0) onRecovered(failures);
        failures = 0;
        health = 'ok';
        metrics.sent(sent);
        idlePasses = sent > 0 ? 0 : idlePasses + 1;
        return sent > 0 ? 0 : Math.min(IDLE_MS_MAX, IDLE_MS_MIN * idlePasses);
      } catch (error) {
        failures++;
        health = error instanceof Error ? error.message : 'the pass failed';
        metrics.failed();
        onFailure(error, failures);
        return Math.min(FAILURE_MS_MAX, 50 * 2 ** Math.min(failures, 10));
      }
    },
    health: () => health,
  };
}
