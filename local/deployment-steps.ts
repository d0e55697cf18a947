import type { Assembly } from './assembly/assembly';
import type { Functions } from './functions';

/** What CloudFormation would have run during the deploy, with the properties it would have given. */
export async function runDeploymentSteps(assembly: Assembly, functions: Functions): Promise<void> {
  for (const { functionName, properties } of assembly.steps.values()) {
    await functions.invoke(functionName, { RequestType: 'Create', ResourceProperties: singleNode(properties) });
  }
}

const REPLICA_SETTINGS = new Set(['replicationFactor', 'min.insync.replicas']);

/** One broker holds one replica. */
export const singleNode = (properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  JSON.parse(JSON.stringify(properties, (key, value: unknown) => (REPLICA_SETTINGS.has(key) ? '1' : value)));
