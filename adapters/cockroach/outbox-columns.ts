import { encodeEvent, topicOf } from '../../contracts/topics/envelope';
import type { Announcement } from '../../usecases/ports/announcement';

const SHARDS = 8;

/** Every shard, for queries that look into all of them. */
export const OUTBOX_SHARDS: readonly number[] = Array.from({ length: SHARDS }, (_, shard) => shard);

/** The shard of an event id: from its last hex digit, which is random in every kind of UUID. */
export const shardOf = (eventId: string): number => Number.parseInt(eventId.slice(-1), 16) % SHARDS;

const bodyOf = (announcement: Announcement): string => encodeEvent({ ...announcement, version: 1 });

/**
 * Announcements as the five array parameters of an outbox insert: shards, event ids, topics, keys, bodies. The insert
 * numbers them by position (`WITH ORDINALITY`), so that their order survives.
 */
export const outboxColumns = (announcements: readonly Announcement[]): readonly (readonly unknown[])[] => [
  announcements.map(({ eventId }) => shardOf(eventId)),
  announcements.map(({ eventId }) => eventId),
  announcements.map(({ type }) => topicOf(type)),
  announcements.map(({ key }) => key),
  announcements.map(bodyOf),
];

/** Shard, event id and body of each, as plain parameters. */
export const outboxValues = (announcements: readonly Announcement[]): readonly unknown[] =>
  announcements.flatMap((announcement) => [shardOf(announcement.eventId), announcement.eventId, bodyOf(announcement)]);
