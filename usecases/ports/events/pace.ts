export type Pace = {
  /** Answers no sooner than after `ms`, so that the time taken does not tell what was found. */
  readonly atLeast: <T>(ms: number, work: () => Promise<T>) => Promise<T>;
};
