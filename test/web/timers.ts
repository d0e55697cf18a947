/** Timers that a test lets run by hand. */
export class Timers {
  private readonly waiting = new Set<{ readonly act: () => void; readonly ms: number }>();

  later = (act: () => void, ms: number): (() => void) => {
    const timer = { act, ms };
    this.waiting.add(timer);
    return () => void this.waiting.delete(timer);
  };

  /** Runs what was set to wait exactly this long, once. */
  run(ms: number): void {
    for (const timer of [...this.waiting]) {
      if (timer.ms !== ms || !this.waiting.delete(timer)) continue;
      timer.act();
    }
  }

  get waits(): readonly number[] {
    return [...this.waiting].map(({ ms }) => ms).sort((a, b) => a - b);
  }
}

/** Lets promises that are settled already be heard. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
