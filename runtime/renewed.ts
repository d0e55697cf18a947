/** Makes a value on first use and again when it is older than `keepMs`; while making it fails, the old one goes on. */
export function renewed<T>(keepMs: number, make: () => Promise<T>): () => Promise<T> {
  let current: { readonly value: T; readonly madeAtMs: number } | undefined;
  let making: Promise<T> | undefined;
  const remake = (): Promise<T> => {
    making ??= make()
      .then((value) => {
        current = { value, madeAtMs: performance.now() };
        return value;
      })
      .finally(() => {
        making = undefined;
      });
    return making;
  };
  return async () => {
    if (current === undefined) return remake();
    if (performance.now() - current.madeAtMs < keepMs) return current.value;
    const old = current.value;
    return remake().catch(() => old);
  };
}
