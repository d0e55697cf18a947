import { createHmac, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { UserId } from '../../../domain/kernel/ids';
import { ppm } from '../../../domain/kernel/money';
import type { Month } from '../../../domain/kernel/month';
import type { Board, BoardLine, Leaderboards, RankedLine } from '../../../usecases/ports/assessments/leaderboards';
import { answered } from '../redis-errors';
import { runScript, scriptOf } from '../script';

const SALT = 'leaderboard:salt';
const placesKey = ({ month, tier }: Board): string => `leaderboard:${month}:${tier}`;
const linesKey = (board: Board): string => `${placesKey(board)}:lines`;
const boardsKey = (month: Month): string => `leaderboards:${month}`;
const stateKey = (month: Month): string => `leaderboards:${month}:built`;
const WHOLE = 'whole';

/**
 * KEYS the salt, the places, the lines, the month's boards; ARGV the salt that the row was named by, the row, its score,
 * its line, the board's tier. No line: it is taken off. Answers 0 where the salt is another by now: the boards were lost
 * meanwhile, and a row under its old name would stay for ever beside the new one.
 */
const PUT = scriptOf(`
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  if ARGV[4] == '' then
    redis.call('ZREM', KEYS[2], ARGV[2])
    redis.call('HDEL', KEYS[3], ARGV[2])
  else
    redis.call('ZADD', KEYS[2], ARGV[3], ARGV[2])
    redis.call('HSET', KEYS[3], ARGV[2], ARGV[4])
    redis.call('SADD', KEYS[4], ARGV[5])
  end
  return 1`);

/**
 * KEYS the places, the lines; ARGV the row and the score that the page comes after, how many, whether it begins with
 * that row itself. Where that row has gone, the page begins with the next lower return. Answers how many there are, how
 * many have a higher return than the first, how many come before it, then row, score and line of each.
 */
const PAGE = scriptOf(`
  local start = 0
  if ARGV[1] ~= '' then
    local rank = redis.call('ZREVRANK', KEYS[1], ARGV[1])
    if rank then start = rank + 1 - tonumber(ARGV[4])
    elseif ARGV[4] == '1' then return { 0, 0, 0 }
    else start = redis.call('ZCOUNT', KEYS[1], ARGV[2], '+inf') end
  end
  local found = redis.call('ZREVRANGE', KEYS[1], start, start + ARGV[3] - 1, 'WITHSCORES')
  local better = 0
  if #found > 0 then better = redis.call('ZCOUNT', KEYS[1], '(' .. found[2], '+inf') end
  local told = { redis.call('ZCARD', KEYS[1]), better, start }
  for at = 1, #found, 2 do
    told[#told + 1] = found[at]
    told[#told + 1] = found[at + 1]
    told[#told + 1] = redis.call('HGET', KEYS[2], found[at])
  end
  return told`);

/** KEYS the month's boards and how far they are built; ARGV the beginning of their keys. */
const BEGIN = scriptOf(`
  for _, tier in ipairs(redis.call('SMEMBERS', KEYS[1])) do
    redis.call('DEL', ARGV[1] .. tier, ARGV[1] .. tier .. ':lines')
  end
  redis.call('DEL', KEYS[1], KEYS[2])`);

const PUT_TRIES = 3;

/** Sorted sets of rows by return. A row's name is made of board and person with a salt that only Redis has. */
export const makeLeaderboards = (redis: Redis): Leaderboards => ({
  put: async (board, userId, line) => {
    const keys = [SALT, placesKey(board), linesKey(board), boardsKey(board.month)];
    for (let tries = 0; tries < PUT_TRIES; tries++) {
      const salt = await saltOf(redis);
      const told = line ? [Number(line.returned), textOf(line)] : [0, ''];
      const given = [salt, rowOf(salt, board, userId), ...told, board.tier];
      if ((await runScript<number>(redis, PUT, keys, given)) === 1) return;
    }
    throw new Error('the salt of the leaderboards changes again and again');
  },
  page: async (board, after, limit) => {
    const [, score = '0', row = ''] = /^(\d+)\.([\w-]+)$/.exec(after ?? '') ?? [];
    const found = await pageOf(redis, board, [row, score, limit + 1, 0]);
    const lines = found.lines.slice(0, limit);
    const last = lines.at(-1);
    const isMore = found.lines.length > limit;
    return { lines, total: found.total, next: isMore && last ? `${last.returned}.${last.row}` : null };
  },
  own: async (board, userId) => {
    const row = rowOf(await saltOf(redis), board, userId);
    return (await pageOf(redis, board, [row, 0, 1, 1])).lines[0];
  },
  building: async (month) => {
    const state = await answered(redis.get(stateKey(month)));
    return state === WHOLE ? 'whole' : { after: (state ?? undefined) as UserId | undefined };
  },
  begin: async (month) => {
    await runScript(redis, BEGIN, [boardsKey(month), stateKey(month)], [`leaderboard:${month}:`]);
  },
  built: async (month, until) => {
    await answered(redis.set(stateKey(month), until));
  },
});

async function saltOf(redis: Redis): Promise<string> {
  const known = await answered(redis.get(SALT));
  if (known !== null) return known;
  await answered(redis.set(SALT, randomBytes(16).toString('hex'), 'NX'));
  return (await answered(redis.get(SALT))) ?? '';
}

const rowOf = (salt: string, { month, tier }: Board, userId: UserId): string =>
  createHmac('sha256', salt).update(`${month} ${tier} ${userId}`).digest('base64url').slice(0, 16);

/** The score has the return; a line is all else. */
const textOf = ({ returned: _, ...line }: BoardLine): string => JSON.stringify(line);

type Found = { readonly total: number; readonly lines: readonly RankedLine[] };

async function pageOf(redis: Redis, board: Board, given: readonly (string | number)[]): Promise<Found> {
  const told = await runScript<(string | number)[]>(redis, PAGE, [placesKey(board), linesKey(board)], given);
  const [total = 0, better = 0, before = 0] = told.slice(0, 3).map(Number);
  const lines: RankedLine[] = [];
  for (let at = 3; at < told.length; at += 3) {
    const [row, score, text] = told.slice(at, at + 3) as [string, string, string];
    const returned = ppm(BigInt(score));
    const last = lines.at(-1);
    // The first rank counts who is better; each later one is that of its equal, or counts all before it.
    const rank = last === undefined ? better + 1 : last.returned === returned ? last.rank : before + lines.length + 1;
    lines.push({ ...(JSON.parse(text) as Omit<BoardLine, 'returned'>), returned, row, rank });
  }
  return { total, lines };
}
