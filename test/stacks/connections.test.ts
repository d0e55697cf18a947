import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { TOPIC_SHAPES } from '../../contracts/topics/topics';
import {
  consumers,
  deploymentSteps,
  type FunctionSpec,
  httpFunctions,
  instancesMax,
  operations,
  scheduledJobs,
} from '../../lib/config/functions';
import { SIZES, type Sizes, STAGES } from '../../lib/config/sizes';
import { type WorkloadSpec, workloads } from '../../lib/config/workloads';
import { handlerPath } from '../../lib/constructs/bundling';
import { POOLS, type PoolName } from '../../runtime/pools';
import { ROOT } from '../fixtures/cloud/synthesize';
import { ourFunctions, templates } from '../fixtures/cloud/templates';

/** Goal: a stage never opens more connections than its database was bought for, nor more instances than its account. */
const FUNCTIONS: Readonly<Record<string, FunctionSpec>> = {
  ...httpFunctions,
  ...consumers,
  ...scheduledJobs,
  ...deploymentSteps,
  ...operations,
};

/** The pools that a part's own code opens, as they remain once what it does not use is shaken off. */
function poolsOf(entry: string): readonly PoolName[] {
  const { outputFiles } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    packages: 'external',
    treeShaking: true,
    logLevel: 'silent',
  });
  const code = outputFiles[0]?.text ?? '';
  return [...code.matchAll(/(?<!function )openDatabase\(\s*([^,)]*)/g)].map(([, given = '']) => {
    const name = given.replace(/["']/g, '');
    if (!Object.hasOwn(POOLS, name)) throw new Error(`${entry} opens a pool that has no name: ${given}`);
    return name as PoolName;
  });
}

const connectionsOf = (entry: string): number => poolsOf(entry).reduce((sum, name) => sum + POOLS[name], 0);

/** At most, while a deploy replaces pods: a new one comes before the old has gone, also of one that stands by. */
const podsMax = ({ replicas }: WorkloadSpec, sizes: Sizes): number =>
  ({ led: 2, sharded: sizes.riskPods, scaled: sizes.replicasMax })[replicas] + 1;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const functionConnections = new Map(
  Object.keys(FUNCTIONS).map((name) => [name, connectionsOf(handlerPath(name))] as const),
);
const workloadConnections = new Map(
  Object.keys(workloads).map((name) => [name, connectionsOf(`eks-workloads/${name}/main.ts`)] as const),
);

test('whatever needs the database opens a pool, and nothing else does', () => {
  // It reads how to reach the database and leaves it alone.
  const asking = Object.entries(FUNCTIONS).filter(([name]) => name !== 'check-secrets');
  for (const [name, { needs }] of asking) {
    expect([name, (functionConnections.get(name) ?? 0) > 0]).toEqual([name, needs.includes('DATABASE_SECRET')]);
  }
  for (const [name, count] of workloadConnections) expect([name, count > 0]).toEqual([name, true]);
});

describe.each(STAGES)('%s', (stage) => {
  const sizes = SIZES[stage];
  const instances = Object.entries(FUNCTIONS).map(
    ([name, spec]) => [name, instancesMax(name, spec, sizes.functionShare)] as const,
  );

  test('all instances and pods at once stay under the stated number of connections', () => {
    const ofFunctions = sum(instances.map(([name, count]) => count * (functionConnections.get(name) ?? 0)));
    const ofWorkloads = sum(
      Object.entries(workloads).map(([name, spec]) => podsMax(spec, sizes) * (workloadConnections.get(name) ?? 0)),
    );
    expect(ofFunctions).toBeGreaterThan(50);
    expect(ofWorkloads).toBeGreaterThan(10);
    expect(ofFunctions + ofWorkloads).toBeLessThanOrEqual(sizes.databaseConnectionsMax);
  });

  test('what is reserved leaves AWS the hundred executions that must stay unreserved', () => {
    expect(sum(instances.map(([, count]) => count))).toBeLessThanOrEqual(sizes.lambdaQuota - 100);
  });

  test('a consumer has an instance for each partition of its topic: no batch is turned away', () => {
    for (const [name, spec] of Object.entries(consumers)) {
      expect([name, instancesMax(name, spec, sizes.functionShare)]).toEqual([
        name,
        TOPIC_SHAPES[spec.topic].partitions,
      ]);
    }
  });

  test('the guide asks for these numbers', () => {
    const guide = readFileSync(join(ROOT, 'docs/how-to/deploy.md'), 'utf8');
    const row = guide.split('\n').find((line) => line.trimStart().startsWith(`| \`${stage}\``)) ?? '';
    const cells = row.split('|').map((cell) => cell.trim());
    expect(cells).toEqual(expect.arrayContaining([String(sizes.databaseConnectionsMax), String(sizes.lambdaQuota)]));
  });
});

test.each(Object.entries(FUNCTIONS))(
  '%s has its instances reserved, and rings when calls are turned away',
  (name, spec) => {
    const fn = ourFunctions().find((one) => one.name === name);
    expect(fn?.properties.ReservedConcurrentExecutions).toBe(instancesMax(name, spec, SIZES.dev.functionShare));
    const alarm = templates()
      .all('AWS::CloudWatch::Alarm')
      .find(({ properties }) => properties.AlarmName === `proving-ground-dev-${name}-throttled`);
    expect(alarm?.properties).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Throttles',
      Statistic: 'Sum',
      Threshold: 1,
      AlarmActions: [expect.anything()],
    });
    expect(alarm?.properties.Dimensions).toEqual([{ Name: 'FunctionName', Value: { Ref: fn?.id } }]);
  },
);
