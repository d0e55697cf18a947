import { deadLetterTopic, type Topic } from '../../contracts/topics/topics';
import { idOf } from '../../domain/kernel/ids';
import { isoText } from '../../domain/kernel/instant';
import type { Clock, Ids } from '../../usecases/ports/edge';
import type { DeadLetters, Outbox } from '../../usecases/ports/outbox';
import { keepRow, type MemoryWorld } from './memory-world';

export const memoryOutbox = (world: MemoryWorld): Outbox => {
  const waiting = () => world.outbox.filter(({ isSent }) => !isSent);
  return {
    unsent: async (limit) =>
      waiting()
        .slice(0, limit)
        .map(({ eventId, topic, key, body }) => ({ eventId, topic, key, body })),
    markSent: async (ids) => {
      for (const row of world.outbox) if (ids.includes(row.eventId)) row.isSent = true;
    },
    backlog: async () => {
      const [oldest] = waiting();
      return { rows: waiting().length, oldestMs: oldest ? Math.floor(performance.now() - oldest.at) : 0 };
    },
  };
};

export const memoryDeadLetters = (world: MemoryWorld, clock: Clock, ids: Ids): DeadLetters => ({
  park: async (letter) => {
    const { consumer, topic, partition, offset, key } = letter;
    const isSame = (other: typeof letter) =>
      other.consumer === consumer && other.topic === topic && other.partition === partition && other.offset === offset;
    if ([...world.letters.values()].some(isSame)) return;
    const id = ids.next<string>();
    world.letters.set(id, { ...letter, id, parkedAt: isoText(clock.now()) });
    const body = JSON.stringify(letter);
    keepRow(world, { eventId: idOf(id), topic: deadLetterTopic(topic as Topic), key, body });
  },
  parkedKeys: async (consumer, keys) => {
    const parked = [...world.letters.values()].filter((letter) => letter.consumer === consumer);
    return new Set(parked.map(({ key }) => key).filter((key) => keys.includes(key)));
  },
  list: async () =>
    [...world.letters.values()].sort(
      (a, b) =>
        a.consumer.localeCompare(b.consumer) ||
        a.topic.localeCompare(b.topic) ||
        a.partition - b.partition ||
        Number(BigInt(a.offset) - BigInt(b.offset)),
    ),
  release: async (id) => {
    world.letters.delete(id);
  },
});
