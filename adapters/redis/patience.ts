export const CONNECT_TIMEOUT_MS = 1_500;
/** Longer than any command of ours takes, short enough that a request still has time for the database. */
export const COMMAND_TIMEOUT_MS = 500;
const RECONNECT_MS_MAX = 2_000;

/** How long to wait before the next attempt to connect, the first one being number 1. */
export const reconnectAfterMs = (attempt: number): number =>
  Math.min(2 ** attempt * 25, RECONNECT_MS_MAX) * (0.5 + Math.random() / 2);
