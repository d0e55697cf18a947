import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { migrateAll } from '../../runtime/compose/migration';
import { makeLogger } from '../../runtime/log';
import { traceOf } from '../../runtime/trace';

const log = makeLogger();

/** A step of the deploy. Taking the resource away leaves the data. */
export const handler = async (event: Pick<CloudFormationCustomResourceEvent, 'RequestType'>) => {
  if (event.RequestType !== 'Delete') log.info(await migrateAll(traceOf({})), 'the schema is up to date');
  return { PhysicalResourceId: 'schema' };
};
