import type { Redis } from 'ioredis';
import { instant } from '../../domain/kernel/instant';
import { type JudgedUntil, shardOf } from '../../usecases/ports/operations/judged-until';
import { answered } from './redis-errors';

/** By shard, and how many shards there are: fields of shards that are no more are not asked for. */
const JUDGED = 'judged:until';
const SHARDS = 'shards';

export const makeJudgedUntil = (redis: Redis): JudgedUntil => ({
  tell: async (shard, shards, until) => {
    await answered(redis.hset(JUDGED, { [SHARDS]: shards, [shard]: until }));
  },
  of: async (id) => {
    const told = await answered(redis.hgetall(JUDGED));
    const shards = Number(told[SHARDS]);
    const until = shards > 0 ? told[shardOf(id, shards)] : undefined;
    return until === undefined ? undefined : instant(Number(until));
  },
});
