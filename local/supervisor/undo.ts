type Step = () => Promise<unknown> | unknown;

/** What has to be undone when the platform ends, last first. Whatever is added after that is undone at once. */
export class Undo {
  private readonly steps: Step[] = [];
  private ending: Promise<void> | undefined;

  get isEnding(): boolean {
    return this.ending !== undefined;
  }

  add(step: Step): void {
    if (this.ending) this.ending = Promise.all([this.ending, step()]).then(() => undefined);
    else this.steps.push(step);
  }

  /** Every step is tried, also after one that fails; then the first failure is thrown. */
  async all(): Promise<void> {
    this.ending ??= this.run();
    for (let seen: Promise<void> | undefined; seen !== this.ending; ) {
      seen = this.ending;
      await seen;
    }
  }

  private async run(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}

/** Waits for all of them, also when one fails, so that nothing is still starting when its failure is handled. */
export async function together<const T extends readonly Promise<unknown>[]>(work: T) {
  await Promise.allSettled(work);
  return Promise.all(work);
}
