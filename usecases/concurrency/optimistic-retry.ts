/** An attempt that found its work already changed by another answers this: it is made again on what is there now. */
export const CONFLICT: unique symbol = Symbol('conflict');

/** More conflicts in a row than this are a storm: something writes faster than anybody decides. */
export const CONFLICTS_MAX = 20;

/**
 * Load, decide, save once: makes attempts until one is not overtaken by another writer, `attemptsMax` at most. Each
 * attempt is told its number, from 1. `giveUp` says what the caller answers after the last one: a value, or a thrown
 * error for whoever delivered the request and delivers it again.
 */
export async function withOptimisticRetry<T>(
  attemptsMax: number,
  attempt: (number: number) => Promise<T | typeof CONFLICT>,
  giveUp: (attempts: number) => T,
): Promise<T> {
  for (let number = 1; number <= attemptsMax; number++) {
    const answer = await attempt(number);
    if (answer !== CONFLICT) return answer;
  }
  return giveUp(attemptsMax);
}

/** Gives up by an error: nothing was changed, and the same request may be made again. */
export const failAsBusy =
  (what: string) =>
  (attempts: number): never => {
    throw new Error(`${what} was changed by others ${attempts} times`);
  };
