import { TOPICS, type Topic } from '../../contracts/topics/topics';
import type { SeededRandom } from '../../local/simulators/truth/random';
import type { EventPublisher } from '../../usecases/ports/events/event-publisher';

/** `at`: when it was sent. */
type Stored = { readonly key: string; readonly value: string; readonly at: number };

/** How far a consumer has read one partition, and how far it has said so. */
type Position = { next: number; committed: number };

const PARTITIONS = 3;
/** Whoever reads several partitions of a topic has them never further apart than this. */
const APART_MS = 30_000;

/**
 * Kafka's promises and no more: the records of one key stay in order, a consumer that dies reads again from where it
 * last committed, and records of different partitions come in any order, though not with any distance between them.
 */
export class MemoryTopics {
  private readonly logs = new Map<string, Stored[]>();
  private readonly positions = new Map<string, Position>();

  readonly publisher: EventPublisher = {
    publish: async (rows) => {
      for (const { topic, key, body } of rows) this.append(topic, key, body);
      return [];
    },
  };

  append(topic: string, key: string, value: string, at = 0): void {
    this.log(topic, partitionOf(key)).push({ key, value, at });
  }

  /** All values of a topic, by partition. */
  values(topic: Topic): readonly string[] {
    return everyPartition().flatMap((partition) => this.log(topic, partition).map(({ value }) => value));
  }

  /** A record that the consumer has not read since it began, of any partition that has one. */
  take(consumer: string, topics: readonly Topic[], random: SeededRandom): string | undefined {
    const unread = topics
      .flatMap((topic) => everyPartition().map((partition) => ({ topic, partition })))
      .filter(
        ({ topic, partition }) => this.position(consumer, topic, partition).next < this.log(topic, partition).length,
      )
      .map((one) => ({ ...one, at: this.nextAt(consumer, one.topic, one.partition) }));
    const open = unread.filter(
      ({ topic, at }) => !unread.some((other) => other.topic === topic && other.at < at - APART_MS),
    );
    const chosen = open[random.whole(0, open.length - 1)];
    if (!chosen) return undefined;
    const position = this.position(consumer, chosen.topic, chosen.partition);
    return this.log(chosen.topic, chosen.partition)[position.next++]?.value;
  }

  /** For a consumer that keeps no position: one topic from what was sent at the instant on, others from now on. */
  open(consumer: string, rewound: Topic, from: number | undefined): void {
    this.startAtEnd(consumer);
    if (from === undefined) return;
    for (const partition of everyPartition()) {
      const first = this.log(rewound, partition).findIndex(({ at }) => at >= from);
      if (first >= 0) this.positions.set(`${consumer}/${rewound}/${partition}`, { next: first, committed: first });
    }
  }

  commit(consumer: string): void {
    for (const [id, position] of this.positions) if (id.startsWith(`${consumer}/`)) position.committed = position.next;
  }

  /** After a crash, or a rebalance: what was read and not committed comes again. */
  rewind(consumer: string): void {
    for (const [id, position] of this.positions) if (id.startsWith(`${consumer}/`)) position.next = position.committed;
  }

  /** Everything comes again, as after a reset of the group's offsets. */
  reset(consumer: string): void {
    for (const [id, position] of this.positions) {
      if (id.startsWith(`${consumer}/`)) Object.assign(position, { next: 0, committed: 0 });
    }
  }

  /** A new consumer that reads only what comes from now on. */
  startAtEnd(consumer: string): void {
    for (const topic of TOPICS) {
      for (const partition of everyPartition()) {
        const end = this.log(topic, partition).length;
        this.positions.set(`${consumer}/${topic}/${partition}`, { next: end, committed: end });
      }
    }
  }

  private nextAt(consumer: string, topic: string, partition: number): number {
    return this.log(topic, partition)[this.position(consumer, topic, partition).next]?.at ?? 0;
  }

  private log(topic: string, partition: number): Stored[] {
    const id = `${topic}/${partition}`;
    const known = this.logs.get(id) ?? [];
    this.logs.set(id, known);
    return known;
  }

  private position(consumer: string, topic: string, partition: number): Position {
    const id = `${consumer}/${topic}/${partition}`;
    const known = this.positions.get(id) ?? { next: 0, committed: 0 };
    this.positions.set(id, known);
    return known;
  }
}

const everyPartition = () => Array.from({ length: PARTITIONS }, (_, partition) => partition);

const partitionOf = (key: string): number => {
  let sum = 0;
  for (const letter of key) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
  return sum % PARTITIONS;
};
