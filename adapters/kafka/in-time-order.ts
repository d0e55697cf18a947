/** Something with its time, in epoch milliseconds. */
type Timed = { readonly occurredAt: number };

/** What a source has handed over and nobody has seen yet, oldest first. */
type Held<T> = { items: T[]; hasMore: boolean };

/**
 * Merges sources that catch up into the order of their time: an item waits until no other source can still bring an
 * older one. Within a source the order stays. A source that has caught up is waited for no longer, and what it brings
 * meanwhile takes its turn by time as well.
 */
export class InTimeOrder<T extends Timed> {
  private readonly sources = new Map<string, Held<T>>();

  /** `behind`: the sources that have something to catch up; the others may be named later. */
  constructor(behind: Iterable<string>) {
    for (const name of behind) this.sources.set(name, { items: [], hasMore: true });
  }

  hold(name: string, item: T): void {
    const source = this.sources.get(name);
    if (source) source.items.push(item);
    else this.sources.set(name, { items: [item], hasMore: false });
  }

  /** How many items of the source wait for others. */
  waiting(name: string): number {
    return this.sources.get(name)?.items.length ?? 0;
  }

  /** The source has something to catch up after all. */
  expect(name: string): void {
    const source = this.sources.get(name);
    if (source) source.hasMore = true;
    else this.sources.set(name, { items: [], hasMore: true });
  }

  caughtUp(name: string): void {
    const source = this.sources.get(name);
    if (source) source.hasMore = false;
  }

  /** Takes out what nothing older can come before, in the order of time. */
  *released(): Generator<T> {
    const taken = new Map<Held<T>, number>();
    const headOf = (source: Held<T>): T | undefined => source.items[taken.get(source) ?? 0];
    try {
      for (;;) {
        let first: Held<T> | undefined;
        let firstAt = Number.POSITIVE_INFINITY;
        for (const source of this.sources.values()) {
          const head = headOf(source);
          if (head === undefined && source.hasMore) return;
          if (head !== undefined && head.occurredAt < firstAt) [first, firstAt] = [source, head.occurredAt];
        }
        const item = first && headOf(first);
        if (!first || !item) return;
        taken.set(first, (taken.get(first) ?? 0) + 1);
        yield item;
      }
    } finally {
      for (const [source, count] of taken) source.items.splice(0, count);
    }
  }
}
