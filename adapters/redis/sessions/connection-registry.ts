import type { Redis } from 'ioredis';
import { instant } from '../../../domain/kernel/instant';
import {
  type ConnectionList,
  type ConnectionRegistry,
  type ListedConnection,
  type ListedPod,
  REGISTERED_MS,
} from '../../../usecases/ports/gateway/connection-registry';
import { answered } from '../redis-errors';

const PODS = 'gateways';
const keyOf = (pod: string): string => `gateway:${pod}`;
/** The field that is no connection: it is there as long as the process lives, also with nobody connected. */
const SINCE = 'since';
/** Rows of one command, so that none keeps the server busy for long. */
const AT_ONCE = 500;

/** One hash for each process, which ends by itself when nothing is told any more. */
export const makeConnectionRegistry = (redis: Redis): ConnectionRegistry => ({
  tell: async ({ pod, since, rows, gone }) => {
    const key = keyOf(pod);
    const said = redis.pipeline().sadd(PODS, pod).hset(key, SINCE, since);
    for (const some of inParts(rows)) said.hset(key, ...some.flatMap((row) => [row.connectionId, JSON.stringify(row)]));
    for (const some of inParts(gone)) said.hdel(key, ...some);
    const answers = await answered(said.pexpire(key, REGISTERED_MS).hlen(key).exec());
    for (const [error] of answers ?? []) if (error) await answered(Promise.reject(error));
    return Number(answers?.at(-1)?.[1]) - 1;
  },
  leave: async (pod) => {
    await answered(redis.pipeline().srem(PODS, pod).del(keyOf(pod)).exec());
  },
});

export const makeConnectionList = (redis: Redis): ConnectionList => ({
  pods: async () => {
    const pods = [...(await answered(redis.smembers(PODS)))].sort();
    const found = await Promise.all(pods.map((pod) => podOf(redis, pod)));
    const dead = pods.filter((_, at) => found[at] === undefined);
    if (dead.length > 0) await answered(redis.srem(PODS, ...dead));
    return found.filter((pod) => pod !== undefined);
  },
  of: async (pod) => {
    const { [SINCE]: _, ...rows } = await answered(redis.hgetall(keyOf(pod)));
    const read = Object.values(rows).map((text) => JSON.parse(text) as ListedConnection);
    return read.sort((a, b) => (a.connectionId < b.connectionId ? -1 : 1));
  },
});

async function podOf(redis: Redis, pod: string): Promise<ListedPod | undefined> {
  const key = keyOf(pod);
  const [since, fields] = await Promise.all([answered(redis.hget(key, SINCE)), answered(redis.hlen(key))]);
  return since === null ? undefined : { pod, since: instant(Number(since)), connections: fields - 1 };
}

function inParts<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) =>
    all.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
}
