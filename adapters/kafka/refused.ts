/**
 * What a broker answers that no repetition changes: the record or its topic's name is at fault. Names from Kafka's
 * protocol guide, "Error codes". A topic that does not exist or may not be written is not among them: the next deploy
 * may make it or grant it.
 */
const FOR_GOOD = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_TOPIC_EXCEPTION',
  'INVALID_TIMESTAMP',
  'INVALID_RECORD',
]);

/** Why the records are refused for good; undefined: something is away, or the client itself is at fault. */
export function refusalOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { type, message, cause } = error as { type?: unknown; message?: unknown; cause?: unknown };
  if (typeof type === 'string' && FOR_GOOD.has(type)) return `the broker refuses it: ${type}, ${String(message)}`;
  return refusalOf(cause);
}
