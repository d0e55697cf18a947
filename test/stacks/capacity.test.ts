import { SIZES } from '../../lib/config/sizes';
import { demandOf, tooSmall } from '../fixtures/cloud/capacity';
import { documentsOf } from '../fixtures/cloud/objects';

const SIDECAR = JSON.stringify({ global: { proxy: { resources: { requests: { cpu: '50m', memory: '128Mi' } } } } });

/** One namespace with the mesh and one without; two Deployments, an autoscaler and an agent. */
const objects = (requests = '{ requests: { cpu: 250m, memory: 256Mi } }') =>
  documentsOf(
    'a story',
    `
{ apiVersion: v1, kind: Namespace, metadata: { name: meshed, labels: { istio-injection: enabled } } }
---
{ apiVersion: v1, kind: ConfigMap, metadata: { name: istio-sidecar-injector }, data: { values: '${SIDECAR}' } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: scaled, namespace: meshed }
spec:
  strategy: { rollingUpdate: { maxSurge: 1 } }
  template: { metadata: {}, spec: { containers: [{ resources: ${requests} }] } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: scaled, namespace: meshed }
spec: { maxReplicas: 3, scaleTargetRef: { name: scaled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: plain, namespace: other }
spec:
  replicas: 2
  strategy: { type: Recreate }
  template: { metadata: {}, spec: { containers: [{ resources: { requests: { cpu: 1, memory: 1Gi } } }] } }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: other }
spec: { template: { metadata: {}, spec: { containers: [{ resources: { requests: { cpu: 50m, memory: 100Mi } } }] } } }`,
  );

test('what runs at most is added up: copies that load and rollouts add, sidecars, agents and add-ons', () => {
  const { pods, onEachNode } = demandOf(objects(), ['metrics-server']);
  expect(pods).toEqual([
    ...Array.from({ length: 4 }, () => ({ cpu: 300, memory: 384 })),
    ...Array.from({ length: 2 }, () => ({ cpu: 1_000, memory: 1_024 })),
    ...Array.from({ length: 2 }, () => ({ cpu: 100, memory: 200 })),
  ]);
  expect(onEachNode).toEqual([{ cpu: 50, memory: 100 }]);
});

test('a Ray service is added up with all of its workers, and once more for the version that takes its place', () => {
  const container = (cpu: number) => `{ resources: { requests: { cpu: ${cpu}, memory: 1Gi } } }`;
  const ray = documentsOf(
    'a story',
    `
apiVersion: ray.io/v1
kind: RayService
metadata: { name: ray, namespace: meshed }
spec:
  rayClusterConfig:
    autoscalerOptions: { resources: { requests: { cpu: 200m, memory: 256Mi } } }
    headGroupSpec:
      template:
        metadata: { labels: { 'sidecar.istio.io/inject': 'false' } }
        spec: { containers: [${container(2)}] }
    workerGroupSpecs:
      - minReplicas: 1
        maxReplicas: 2
        template: { metadata: { labels: {} }, spec: { containers: [${container(1)}] } }`,
  );
  const alone = demandOf(objects(), []).pods;
  const cluster = [
    { cpu: 2_200, memory: 1_280 },
    { cpu: 1_050, memory: 1_152 },
    { cpu: 1_050, memory: 1_152 },
  ];
  expect(demandOf([...objects(), ...ray], []).pods).toEqual([...alone, ...cluster, ...cluster]);
});

test('a container that asks for nothing and an add-on that nobody added up are faults', () => {
  expect(() => demandOf(objects('{}'), [])).toThrow('a container of scaled asks for nothing');
  expect(() => demandOf(objects(), ['a-new-one'])).toThrow('nobody wrote down what a-new-one asks for');
});

const limits = (categories: string[], cpus: number[], cpuMax: number, memoryGibMax: number) => ({
  ...SIZES.dev,
  nodes: { categories, cpus, cpuMax, memoryGibMax },
});

test.each`
  cpu       | categories    | cpus      | cpuMax | memoryGibMax | fits     | story
  ${'250m'} | ${['m']}      | ${[4]}    | ${4}   | ${16}        | ${true}  | ${'room for all'}
  ${'250m'} | ${['m']}      | ${[2]}    | ${2}   | ${16}        | ${false} | ${'too little CPU'}
  ${'250m'} | ${['m']}      | ${[2]}    | ${4}   | ${8}         | ${false} | ${'too little memory for the second node'}
  ${'950m'} | ${['m']}      | ${[2]}    | ${10}  | ${64}        | ${false} | ${'enough in sum, but each node takes one'}
  ${'950m'} | ${['m']}      | ${[2]}    | ${12}  | ${64}        | ${true}  | ${'a node for each'}
  ${'250m'} | ${['m', 'c']} | ${[2, 4]} | ${8}   | ${32}        | ${true}  | ${'room on whatever is chosen'}
`('$story', ({ cpu, categories, cpus, cpuMax, memoryGibMax, fits }) => {
  const demand = demandOf(objects(`{ requests: { cpu: ${cpu}, memory: 256Mi } }`), []);
  const faults = tooSmall(demand, limits(categories, cpus, cpuMax, memoryGibMax));
  expect(faults.length === 0).toBe(fits);
});

test('the two nodes that development once had would not have done, and that is told', () => {
  const asked = Array.from({ length: 16 }, () => ({ cpu: 300, memory: 384 }));
  expect(tooSmall({ pods: asked, onEachNode: [{ cpu: 350, memory: 253 }] }, limits(['m'], [2], 4, 16))).toEqual([
    '6 of 16 pods find no room on 2 nodes m of 2 CPUs',
  ]);
});
