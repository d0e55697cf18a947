import { leaderboards } from '../../runtime/compose/leaderboards';
import { makeLogger } from '../../runtime/log';

const log = makeLogger();

/** Called by a schedule; what one run does not finish the next one does. */
export const handler = async (): Promise<void> => {
  log.info(await (await leaderboards()).keepLeaderboards(), 'ranked');
};
