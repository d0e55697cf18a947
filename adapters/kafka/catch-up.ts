import type { Consumer } from 'kafkajs';
import type { Envelope } from '../../contracts/topics/envelope';
import { InTimeOrder } from './in-time-order';

export type OnEvent = (event: Envelope) => Promise<void> | void;

/** The next offset of each partition, by its place. */
export type Positions = Map<string, string>;

export const place = (topic: string, partition: number): string => `${topic}/${partition}`;

/** The partition of a place, as kafkajs wants it named. */
export const partitionOf = (at: string): { readonly topic: string; readonly partitions: number[] } => {
  const [topic = '', partition] = at.split('/');
  return { topic, partitions: [Number(partition)] };
};

/** A partition that is so far ahead of the others is not read for a while. */
const AHEAD_MAX = 5_000;
/** The source of what the topic no longer has, in the order of time already. */
const ARCHIVE = 'archive';

/**
 * Partitions that have still to hand over what was there at the opening. They are read one after another, hours apart,
 * and handed over in the order of time: an account that holds something in two of them is marked as it would have been.
 */
export class CatchUp {
  /** Resolves when all of it has been handed over. */
  readonly done: Promise<void>;
  private readonly order: InTimeOrder<Envelope>;
  private readonly missing = new Map<string, bigint>();
  private readonly paused = new Set<string>();
  /** Partitions whose past comes from the archive first. */
  private readonly shut: Set<string>;
  private isArchiveRead: boolean;
  private isStopped = false;
  private releasing: Promise<void> = Promise.resolve();
  private wake: () => void = () => {};
  private finish: () => void = () => {};

  constructor(
    {
      positions,
      ends,
      shut,
    }: { readonly positions: Positions; readonly ends: Positions; readonly shut: Iterable<string> },
    private readonly consumer: Pick<Consumer, 'pause' | 'resume'>,
  ) {
    for (const [at, end] of ends) if (BigInt(positions.get(at) ?? end) < BigInt(end)) this.missing.set(at, BigInt(end));
    this.shut = new Set(shut);
    this.isArchiveRead = this.shut.size === 0;
    const sources = [...this.missing.keys()].filter((at) => !this.shut.has(at));
    this.order = new InTimeOrder(this.isArchiveRead ? sources : [...sources, ARCHIVE]);
    this.done = new Promise((resolve) => {
      this.finish = resolve;
    });
    if (this.isOver) this.finish();
  }

  get isOver(): boolean {
    return this.missing.size === 0 && this.isArchiveRead;
  }

  /** Whether nothing may be read of this partition yet; it is not fetched again until `open`. */
  holdsShut(at: string): boolean {
    if (!this.shut.has(at)) return false;
    this.consumer.pause([partitionOf(at)]);
    return true;
  }

  /** Takes an event of the archive, and resolves when there is room for the next: false once the reader was stopped. */
  async holdArchived(event: Envelope, onEvent: OnEvent): Promise<boolean> {
    this.order.hold(ARCHIVE, event);
    if (this.order.waiting(ARCHIVE) < AHEAD_MAX) return !this.isStopped;
    await this.release(onEvent);
    while (this.order.waiting(ARCHIVE) >= AHEAD_MAX && !this.isStopped) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return !this.isStopped;
  }

  stop(): void {
    this.isStopped = true;
    this.wake();
  }

  /** The archive has come to where the topic goes on. */
  open(at: string): void {
    this.shut.delete(at);
    if (this.missing.has(at)) this.order.expect(at);
    this.consumer.resume([partitionOf(at)]);
  }

  async archiveRead(onEvent: OnEvent): Promise<void> {
    this.isArchiveRead = true;
    this.order.caughtUp(ARCHIVE);
    await this.release(onEvent);
  }

  /** Takes the event before the position `next` of a partition, if it could be read. */
  hold(at: string, next: bigint, event: Envelope | undefined): void {
    if (event) this.order.hold(at, event);
    if (next < (this.missing.get(at) ?? next)) return;
    this.missing.delete(at);
    this.order.caughtUp(at);
  }

  /** Hands over what nothing older can come before; after the last partition has caught up, that is everything. */
  release(onEvent: OnEvent): Promise<void> {
    this.releasing = this.releasing.catch(() => undefined).then(() => this.releaseNow(onEvent));
    return this.releasing;
  }

  private async releaseNow(onEvent: OnEvent): Promise<void> {
    for (const event of this.order.released()) await onEvent(event);
    for (const at of this.missing.keys()) if (this.order.waiting(at) >= AHEAD_MAX) this.pause(at);
    for (const at of this.paused) if (this.isOver || this.order.waiting(at) < AHEAD_MAX / 2) this.resume(at);
    this.wake();
    if (this.isOver) this.finish();
  }

  private pause(at: string): void {
    this.paused.add(at);
    this.consumer.pause([partitionOf(at)]);
  }

  private resume(at: string): void {
    this.paused.delete(at);
    this.consumer.resume([partitionOf(at)]);
  }
}
