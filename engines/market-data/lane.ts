import type { Book } from '../../domain/market/book';
import { type BookMemory, NO_MEMORY, type Published } from '../../usecases/market-data/publish-book';

export type LaneParts = {
  /** Tells the newest state. */
  readonly publish: (memory: BookMemory) => Promise<Published>;
  readonly isOpen: () => boolean;
  readonly onPublished: (published: Published) => void;
  readonly onPassedOver: () => void;
  readonly onFailure: (error: unknown) => void;
};

const CONFLATE_MS = 20;

/** The publishing of one instrument: at most one state is under way, and the newest one waits behind it. */
export class Lane {
  /** What was told last. */
  latest: Book | undefined;
  isDue = false;
  private isBusy = false;
  private memory = NO_MEMORY;

  constructor(private readonly parts: LaneParts) {}

  /** There is a newer state. */
  request(): void {
    const isOpen = this.parts.isOpen();
    if (this.isDue && isOpen) this.parts.onPassedOver();
    this.isDue = true;
    if (!this.isBusy && isOpen) void this.drive();
  }

  /** What waited while nothing was published is published. */
  open(): void {
    if (this.isDue && !this.isBusy) void this.drive();
  }

  /** Another copy publishes from now on: what it told last is asked for before this one goes on. */
  forget(): void {
    this.memory = NO_MEMORY;
    this.latest = undefined;
  }

  private async drive(): Promise<void> {
    this.isBusy = true;
    while (this.isDue && this.parts.isOpen()) {
      this.isDue = false;
      const pause = new Promise((resolve) => setTimeout(resolve, CONFLATE_MS));
      try {
        const published = await this.parts.publish(this.memory);
        this.memory = published.memory;
        this.latest = published.book;
        this.parts.onPublished(published);
      } catch (error) {
        this.parts.onFailure(error);
      }
      await pause;
    }
    this.isBusy = false;
  }
}
