import { makeMonthResults } from '../../adapters/cockroach/assessments/month-results';
import { makeBoardChoices } from '../../adapters/cockroach/identity/board-choices';
import { makeTierStore } from '../../adapters/cockroach/purchase/tier-store';
import { makeLeaderboards } from '../../adapters/redis/boards/leaderboards';
import { chooseBoardName } from '../../usecases/reporting/choose-board-name';
import { keepLeaderboards } from '../../usecases/reporting/keep-leaderboards';
import { readBoardChoice, readLeaderboard, readOwnLine } from '../../usecases/reporting/read-leaderboard';
import { functionDatabase } from '../database';
import { systemClock } from '../edge';
import { lazy } from '../lazy';
import { openRedis } from '../redis';

/** What functions do about leaderboards. */
export const leaderboards = lazy(async () => {
  const [database, redis] = await Promise.all([functionDatabase(), openRedis()]);
  const choices = makeBoardChoices(database);
  const parts = {
    results: makeMonthResults(database),
    boards: makeLeaderboards(redis),
    tiers: makeTierStore(database),
    clock: systemClock,
    choices,
  };
  return {
    readLeaderboard: readLeaderboard(parts),
    readOwnLine: readOwnLine(parts),
    readBoardChoice: readBoardChoice(choices),
    chooseBoardName: chooseBoardName(parts),
    keepLeaderboards: keepLeaderboards(parts),
  };
});
