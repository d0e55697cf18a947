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
  private finish: () => void = () => {};

  constructor(
    positions: Positions,
    ends: Positions,
    private readonly consumer: Pick<Consumer, 'pause' | 'resume'>,
  ) {
    for (const [at, end] of ends) if (BigInt(positions.get(at) ?? end) < BigInt(end)) this.missing.set(at, BigInt(end));
    this.order = new InTimeOrder(this.missing.keys());
    this.done = new Promise((resolve) => {
      this.finish = resolve;
    });
    if (this.isOver) this.finish();
  }

  get isOver(): boolean {
    return this.missing.size === 0;
  }

  /** Takes the event before the position `next` of a partition, if it could be read. */
  hold(at: string, next: bigint, event: Envelope | undefined): void {
    if (event) this.order.hold(at, event);
    if (next < (this.missing.get(at) ?? next)) return;
    this.missing.delete(at);
    this.order.caughtUp(at);
  }

  /** Hands over what nothing older can come before; after the last partition has caught up, that is everything. */
  async release(onEvent: OnEvent): Promise<void> {
    for (const event of this.order.released()) await onEvent(event);
    for (const at of this.missing.keys()) if (this.order.waiting(at) >= AHEAD_MAX) this.pause(at);
    for (const at of this.paused) if (this.isOver || this.order.waiting(at) < AHEAD_MAX / 2) this.resume(at);
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
