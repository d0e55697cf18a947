import type { Redis } from 'ioredis';
import type { SessionId } from '../../../domain/kernel/ids';
import type { LiveSession, SessionCache } from '../../../usecases/ports/identity/session-store';
import { listen } from '../listen';
import { answered } from '../redis-errors';

/** A session that ends while Redis does not answer stays believed for at most this long. */
const KEPT_SECONDS = 60;
/** Outlives every entry that was read from the database before the session ended. */
const ENDED_SECONDS = 2 * KEPT_SECONDS;
const ENDED = 'ended';
const ENDED_CHANNEL = 'sessions:ended';

/** Hears at once of sessions that ended anywhere; one that is missed is found when it is asked for. */
export const hearEndedSessions = (redis: Redis, onEnded: (ids: readonly SessionId[]) => void) =>
  listen(redis, ENDED_CHANNEL, (text) => onEnded(text.split(' ') as SessionId[]));

export const makeSessionCache = (redis: Redis): SessionCache => ({
  find: (id) => orNothing(find(redis, id)),
  // Only where nothing is: a session that ended meanwhile has left its mark there.
  keep: async (id, session) => {
    await orNothing(answered(redis.set(keyOf(id), JSON.stringify(session), 'EX', KEPT_SECONDS, 'NX')));
  },
  end: async (ids) => {
    if (ids.length === 0) return;
    const marked = ids.map((id) => answered(redis.set(keyOf(id), ENDED, 'EX', ENDED_SECONDS)));
    await orNothing(Promise.all([...marked, answered(redis.publish(ENDED_CHANNEL, ids.join(' ')))]));
  },
  forget: async (ids) => {
    await orNothing(Promise.all(ids.map((id) => answered(redis.del(keyOf(id))))));
  },
});

async function find(redis: Redis, id: SessionId): Promise<LiveSession | 'ended' | undefined> {
  const text = await answered(redis.get(keyOf(id)));
  if (text === null) return undefined;
  return text === ENDED ? ENDED : (JSON.parse(text) as LiveSession);
}

/** The database knows what the cache does not: an outage of Redis only makes the question dearer. */
const orNothing = <T>(asked: Promise<T>): Promise<T | undefined> => asked.catch(() => undefined);

const keyOf = (id: SessionId): string => `session:${id}`;
