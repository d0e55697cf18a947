import { conductDetection } from '../../runtime/compose/risk-desk';
import { makeLogger } from '../../runtime/log';

const log = makeLogger();

/** Called by a schedule. */
export const handler = async (): Promise<void> => {
  const found = await (await conductDetection())();
  log.info(found, 'looked for conduct that the risk desk is told of');
};
