import type { Redis } from 'ioredis';
import { makeMonthResults } from '../../adapters/cockroach/assessments/month-results';
import type { Database } from '../../adapters/cockroach/connection/database';
import { makeBoardChoices } from '../../adapters/cockroach/identity/board-choices';
import { makeTierStore } from '../../adapters/cockroach/purchase/tier-store';
import { makeLeaderboards } from '../../adapters/redis/boards/leaderboards';
import { makeTouchedAccounts } from '../../adapters/redis/boards/touched-accounts';
import type { Board } from '../../usecases/ports/assessments/leaderboards';
import { chooseBoardName } from '../../usecases/reporting/choose-board-name';
import { keepLeaderboards } from '../../usecases/reporting/keep-leaderboards';
import { rankTouched } from '../../usecases/reporting/rank-people';
import {
  findBoard,
  readBoard,
  readBoardChoice,
  readLeaderboard,
  readOwnLine,
} from '../../usecases/reporting/read-leaderboard';
import { functionDatabase } from '../database';
import { systemClock } from '../edge';
import { lazy } from '../lazy';
import { openRedis } from '../redis';

const partsOn = (database: Database, redis: Redis) => ({
  results: makeMonthResults(database),
  boards: makeLeaderboards(redis),
  tiers: makeTierStore(database),
  touched: makeTouchedAccounts(redis),
  clock: systemClock,
});

/** As many as a gateway takes in one round, and as many lines as it tells. */
const TAKEN = 100;
const TOLD = 50;

/** What the gateway does about leaderboards. */
export function boardParts(database: Database, redis: Redis) {
  const parts = partsOn(database, redis);
  const rank = rankTouched(parts);
  return {
    find: findBoard(parts),
    read: (board: Board) => readBoard(parts.boards)(board, undefined, TOLD),
    touch: parts.touched.touch,
    rank: () => rank(TAKEN),
  };
}

/** What functions do about leaderboards. */
export const leaderboards = lazy(async () => {
  const [database, redis] = await Promise.all([functionDatabase(), openRedis()]);
  const choices = makeBoardChoices(database);
  const parts = { ...partsOn(database, redis), choices };
  return {
    readLeaderboard: readLeaderboard(parts),
    readOwnLine: readOwnLine(parts),
    readBoardChoice: readBoardChoice(choices),
    chooseBoardName: chooseBoardName(parts),
    keepLeaderboards: keepLeaderboards(parts),
  };
});
