import { sweepAll } from '../../runtime/compose/sweep';
import { makeLogger } from '../../runtime/log';

const log = makeLogger();

/** Called by the clock. What it does not finish today it finishes tomorrow. */
export const handler = async (): Promise<void> => {
  log.info(await sweepAll(), 'swept');
};
