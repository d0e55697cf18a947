/** The database cannot be reached or did not answer in time; what was sent may or may not have happened. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** Other transactions went first, again and again; nothing was written. */
export class SerializationConflict extends Error {
  override readonly name = 'SerializationConflict';
}

/** SQLSTATEs after which the same work may simply run again: nothing of it was written. */
const RETRYABLE = new Set(['40001', '40P01']);

/**
 * Connection lost or refused, server stopping, too many connections, result unknown (40003), cancelled by its timeout.
 */
const UNAVAILABLE = /^(08...|57P0[1235]|57014|53300|40003|E(CONN\w+|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN))$/;

/** The driver reports a broken or silent connection in words only. */
const UNAVAILABLE_WORDS = /connection (terminated|ended)|timeout (expired|exceeded)|read timeout|not queryable/i;

/** A field of whatever was thrown, as text; not by `instanceof`, which fails for errors that cross a realm. */
const fieldOf = (error: unknown, field: 'code' | 'message' | 'constraint'): string => {
  const value = typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[field] : '';
  return typeof value === 'string' ? value : '';
};

export const isRetryable = (error: unknown): boolean =>
  error instanceof SerializationConflict || RETRYABLE.has(fieldOf(error, 'code'));

export const isUnavailable = (error: unknown): boolean =>
  error instanceof DatabaseUnavailable ||
  UNAVAILABLE.test(fieldOf(error, 'code')) ||
  (fieldOf(error, 'code') === '' && UNAVAILABLE_WORDS.test(fieldOf(error, 'message')));

/** A row with this key exists; `constraint` narrows it to one constraint or unique index. */
export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  fieldOf(error, 'code') === '23505' && (constraint === undefined || fieldOf(error, 'constraint') === constraint);

/** A number that no column of its size holds; the same work would be refused for ever. */
export const isOutOfRange = (error: unknown): boolean => fieldOf(error, 'code') === '22003';

/** Two sessions created the same table at once: PostgreSQL fails one of them although it says IF NOT EXISTS. */
export const isCreatedMeanwhile = (error: unknown): boolean =>
  ['23505', '42P07', '42710'].includes(fieldOf(error, 'code'));
