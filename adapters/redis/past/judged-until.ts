import type { Redis } from 'ioredis';
import { shardOf } from '../../../contracts/operations/shards';
import { instant } from '../../../domain/kernel/instant';
import type { JudgedUntil } from '../../../usecases/ports/operations/judged-until';
import { answered } from '../redis-errors';

/** By shard, and how many shards there are: fields of shards that are no more are not asked for. */
const JUDGED = 'judged:until';
const SHARDS = 'shards';
/** Who takes an engine for a little less far than it is looks at a little more. */
const KEPT_MS = 250;

type Told = Readonly<Record<string, string>>;

export const makeJudgedUntil = (redis: Redis, keptMs = KEPT_MS): JudgedUntil => {
  let known: { readonly until: number; readonly told: Promise<Told> } | undefined;
  const told = (): Promise<Told> => {
    if (known && performance.now() < known.until) return known.told;
    const asked = answered(redis.hgetall(JUDGED));
    known = { until: performance.now() + keptMs, told: asked };
    asked.catch(() => {
      known = undefined;
    });
    return asked;
  };
  return {
    tell: async (shard, shards, until) => {
      await answered(redis.hset(JUDGED, { [SHARDS]: shards, [shard]: until }));
    },
    of: async (id) => {
      const fields = await told();
      const shards = Number(fields[SHARDS]);
      const until = shards > 0 ? fields[shardOf(id, shards)] : undefined;
      return until === undefined ? undefined : instant(Number(until));
    },
  };
};
