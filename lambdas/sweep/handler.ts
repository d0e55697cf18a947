import { sweepAll } from '../../runtime/compose/sweep';
import { makeLogger } from '../../runtime/log';

const log = makeLogger();

/** Called by a schedule; what one run does not finish the next one does. */
export const handler = async (): Promise<void> => {
  log.info(await sweepAll(), 'swept');
};
