/** A broken invariant is a bug of ours: crash, never carry on with a wrong balance. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`);
}
