import { deadLetterTopic, type Topic } from '../../contracts/topics/topics';
import { idOf } from '../../domain/kernel/ids';
import { instant, isoText } from '../../domain/kernel/instant';
import type { Clock, Ids } from '../../usecases/ports/clock-and-ids';
import { type DeadLetters, NO_PARTITION, type Outbox, RELAY } from '../../usecases/ports/events/outbox';
import { keepRow, type MemoryWorld } from './memory-world';

export const memoryOutbox = (world: MemoryWorld): Outbox => {
  const waiting = () => world.outbox.filter(({ isSent }) => !isSent);
  const ofRelay = () => [...world.letters.values()].filter(({ consumer }) => consumer === RELAY);
  const isParked = (key: string) => ofRelay().some((letter) => letter.key === key);
  return {
    unsent: async (limit) =>
      waiting()
        .slice(0, limit)
        .map(({ eventId, topic, key, body }) => ({ eventId, topic, key, body, waits: key !== '' && isParked(key) })),
    markSent: async (ids) => {
      for (const row of world.outbox) if (ids.includes(row.eventId)) row.isSent = true;
    },
    park: async (rows) => {
      const parked = rows.filter(({ waits, key }) => !waits || isParked(key));
      const from = Math.max(0, ...ofRelay().map(({ offset }) => Number(offset)));
      for (const [at, { eventId: id, topic, key, body: value, reason }] of parked.entries()) {
        for (const row of world.outbox) if (row.eventId === id) row.isSent = true;
        if (world.letters.has(id)) continue;
        const place = { consumer: RELAY, topic, partition: NO_PARTITION, offset: String(from + at + 1) };
        world.letters.set(id, { ...place, key, value, reason, id, parkedAt: isoText(instant(0)) });
      }
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
  waiting: async () => world.letters.size,
  release: async (id) => {
    world.letters.delete(id);
  },
});
