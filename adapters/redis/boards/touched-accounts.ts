import type { Redis } from 'ioredis';
import type { AccountId } from '../../../domain/kernel/ids';
import type { TouchedAccounts } from '../../../usecases/ports/assessments/leaderboards';
import { answered } from '../redis-errors';

const TOUCHED = 'leaderboard:touched';

/** A set that every gateway adds to and takes from: an account is named by all of them and ranked by one. */
export const makeTouchedAccounts = (redis: Redis): TouchedAccounts => ({
  touch: async (ids) => {
    if (ids.length > 0) await answered(redis.sadd(TOUCHED, ...ids));
  },
  take: async (count) => (await answered(redis.spop(TOUCHED, count))) as AccountId[],
});
