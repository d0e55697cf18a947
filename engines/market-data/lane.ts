import type { Book } from '../../domain/market/book';
import { type BookMemory, NO_MEMORY, type Published } from '../../usecases/market-data/publish-book';
import { Overtaken } from '../../usecases/ports/market-data/market-data';

export type LaneParts = {
  /** Tells the newest state. `isStill`: no other copy's turn has come since. */
  readonly publish: (memory: BookMemory, isStill: () => boolean) => Promise<Published>;
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
  /** How often another copy's turn has come. */
  private turn = 0;
  private underWay = Promise.resolve();

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

  /**
   * Another copy publishes from now on: what it told last is asked for before this one goes on, and what this one told
   * is told anew then. Resolves when what is under way has ended.
   */
  forget(): Promise<void> {
    this.turn += 1;
    this.isDue ||= this.latest !== undefined;
    this.memory = NO_MEMORY;
    this.latest = undefined;
    return this.underWay;
  }

  private async drive(): Promise<void> {
    this.isBusy = true;
    while (this.isDue && this.parts.isOpen()) {
      this.isDue = false;
      const pause = new Promise((resolve) => setTimeout(resolve, CONFLATE_MS));
      const telling = this.tell(this.turn);
      this.underWay = telling;
      await telling;
      await pause;
    }
    this.isBusy = false;
  }

  /** What was begun before another copy's turn is nothing to go on from after it, and is told anew then. */
  private async tell(turn: number): Promise<void> {
    const isStill = () => turn === this.turn;
    try {
      const published = await this.parts.publish(this.memory, isStill);
      if (isStill()) {
        this.memory = published.memory;
        this.latest = published.book;
      } else this.isDue = true;
      this.parts.onPublished(published);
    } catch (error) {
      if (error instanceof Overtaken) {
        this.memory = NO_MEMORY;
        this.isDue = true;
      }
      this.parts.onFailure(error);
    }
  }
}
