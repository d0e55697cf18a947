/** Awaits what comes about by what a test hears: `again` after each piece of it. */
export class Looks {
  private readonly waiting = new Set<() => void>();

  /** Resolves when that is so; what it fails with ends with `more`, as it is then. */
  until(what: string, isSo: () => boolean, withinMs: number, more: () => string = () => ''): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        reject(new Error(`not within ${withinMs} ms: ${what}${more()}`));
      }, withinMs);
      const look = () => {
        if (!isSo()) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }

  again(): void {
    for (const look of [...this.waiting]) look();
  }
}
