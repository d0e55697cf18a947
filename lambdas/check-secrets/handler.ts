import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { checkSecrets } from '../../runtime/compose/secrets';
import { makeLogger } from '../../runtime/log';

const log = makeLogger();

/** A step of the deploy, before any other: what is still to be filled in is told at once and by name. */
export const handler = async (event: Pick<CloudFormationCustomResourceEvent, 'RequestType'>) => {
  if (event.RequestType !== 'Delete') log.info({ secrets: await checkSecrets() }, 'the secrets are complete');
  return { PhysicalResourceId: 'secrets' };
};
