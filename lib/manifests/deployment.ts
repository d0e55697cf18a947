import type { WorkloadSpec } from '../config/workloads';
import { labelsOf, type Manifest, NAMESPACE, selectorOf } from './manifest';

export type DeploymentInput = {
  readonly name: string;
  readonly spec: WorkloadSpec;
  /** Copies of a sharded workload. */
  readonly shardedPods: number;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Kafka, CockroachDB and Redis bring their own TLS to their own certificates; the mesh keeps out of their way. */
  readonly unmeshedPorts: readonly number[];
};

/** The user that the image creates. */
const USER = 1_000;

const probe = (path: string, port: number, periodSeconds: number, failureThreshold: number) => ({
  httpGet: { path, port },
  periodSeconds,
  timeoutSeconds: 2,
  failureThreshold,
});

const container = ({ name, spec, image, environment }: DeploymentInput) => ({
  name,
  image,
  ports: [{ name: 'http', containerPort: spec.port }],
  env: Object.entries({ ...environment, LISTEN_ADDRESS: '0.0.0.0', PORT: String(spec.port) }).map(([key, value]) => ({
    name: key,
    value,
  })),
  resources: {
    requests: { cpu: spec.cpu.request, memory: spec.memory.request },
    limits: { cpu: spec.cpu.limit, memory: spec.memory.limit },
  },
  startupProbe: probe('/health', spec.port, 2, 30),
  livenessProbe: probe('/health', spec.port, 10, 3),
  readinessProbe: probe('/ready', spec.port, 5, 2),
  // Endpoints are withdrawn a moment after the pod is told to stop; until then it still serves.
  lifecycle: { preStop: { sleep: { seconds: 5 } } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
  volumeMounts: [{ name: 'scratch', mountPath: '/tmp' }],
});

function rollout({ spec, shardedPods }: DeploymentInput) {
  switch (spec.replicas) {
    case 'one':
      return { replicas: 1, strategy: { type: 'Recreate' } };
    case 'sharded':
      // One copy leaves before its successor comes: the shards that it gives up are there to be taken.
      return {
        replicas: shardedPods,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      };
    case 'scaled':
      // Its number is its autoscaler's to set; a deploy must not reset it.
      return { strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } } };
  }
}

export const deploymentManifest = (input: DeploymentInput): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: input.name, namespace: NAMESPACE, labels: labelsOf(input.name) },
  spec: {
    ...rollout(input),
    selector: { matchLabels: selectorOf(input.name) },
    template: {
      metadata: {
        labels: labelsOf(input.name),
        annotations: { 'traffic.sidecar.istio.io/excludeOutboundPorts': input.unmeshedPorts.join(',') },
      },
      spec: {
        serviceAccountName: input.name,
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: 30,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: USER,
          runAsGroup: USER,
          fsGroup: USER,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'topology.kubernetes.io/zone',
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: selectorOf(input.name) },
          },
        ],
        containers: [container(input)],
        volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '64Mi' } }],
      },
    },
  },
});
