import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import * as z from 'zod';
import { applyTopics } from '../../runtime/compose/topics';

/** CloudFormation hands every number over as text. */
const properties = z.object({
  topics: z
    .array(
      z.object({
        name: z.string().min(1),
        partitions: z.coerce.number().int().min(1),
        replicationFactor: z.coerce.number().int().min(1),
        config: z.record(z.string(), z.string()),
      }),
    )
    .min(1),
});

/** A step of the deploy. Taking the resource away leaves the topics: they hold what happened. */
export const handler = async (event: CloudFormationCustomResourceEvent) => {
  if (event.RequestType !== 'Delete') await applyTopics(properties.parse(event.ResourceProperties).topics);
  return { PhysicalResourceId: 'topics' };
};
