import type { Redis } from 'ioredis';
import * as z from 'zod';
import { markChannel } from '../../contracts/ws/marks';
import { accountMark } from '../../contracts/ws/messages';
import type { AccountId } from '../../domain/kernel/ids';
import { instant } from '../../domain/kernel/instant';
import { type AccountMark, type AccountMarks, WATCH_MS } from '../../usecases/ports/accounts/account-marks';
import { listen } from './listen';
import { answered } from './redis-errors';
import { SERVER_NOW } from './server-now';

const WATCHED = 'accounts:watched';

/** KEYS[1] the set, ARGV[1] for how many milliseconds, ARGV[2…] the accounts. */
const WATCH = `${SERVER_NOW}
  for n = 2, #ARGV do redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[n]) end`;

/** Drops those that nobody looks at any more and answers with the others. KEYS[1] the set. */
const LIST = `${SERVER_NOW}
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
  return redis.call('ZRANGE', KEYS[1], 0, -1)`;

export const makeMarks = (redis: Redis): AccountMarks => ({
  publish: async (mark) => {
    await answered(redis.publish(markChannel(mark.accountId), encodeMark(mark)));
  },
  subscribe: (onMark) =>
    listen(redis, markChannel('*'), (text) => {
      const mark = decodeMark(text);
      if (mark) onMark(mark);
    }),
  watch: async (accountIds) => {
    if (accountIds.length > 0) await answered(redis.eval(WATCH, 1, WATCHED, WATCH_MS, ...accountIds));
  },
  watched: async () => new Set((await answered(redis.eval(LIST, 1, WATCHED) as Promise<string[]>)) as AccountId[]),
});

/** The mark as the gateway sends it on: decimals as text. */
const encodeMark = ({ unpriced, rooms, waysOut, deadlines, gates, ...mark }: AccountMark): string => {
  const ways = { ...waysOut, positions: [...waysOut.positions] };
  const lists = {
    unpriced: [...unpriced],
    rooms: [...rooms],
    waysOut: ways,
    deadlines: [...deadlines],
    gates: [...gates],
  };
  return JSON.stringify(z.encode(accountMark, { ...mark, ...lists }));
};

/** A mark of a form that this version does not know is passed over: the next one comes in a moment. */
function decodeMark(text: string): AccountMark | undefined {
  const read = accountMark.safeParse(JSON.parse(text));
  if (!read.success) return undefined;
  const { at, deadlines, unpriced, ...mark } = read.data;
  return {
    ...mark,
    unpriced: unpriced.map(({ lastAt, ...known }) => ({ ...known, lastAt: lastAt === null ? null : instant(lastAt) })),
    deadlines: deadlines.map(({ rule, dueAt, instrument }) => ({
      rule,
      dueAt: instant(dueAt),
      ...(instrument && { instrument }),
    })),
    at: instant(at),
  };
}
