import type { Sizes } from '../config/sizes';
import type { WorkloadSpec } from '../config/workloads';
import { labelsOf, type Manifest, NAMESPACE, selectorOf } from './manifest';

const CPU_PERCENT = 65;

/** Where the number of open connections of a workload is, over all of its copies. */
export type ConnectionMetric = { readonly region: string; readonly namespace: string; readonly name: string };

/** How many of a workload may be away when nodes are drained, and how many there are where load decides it. */
export function scalingManifests(
  name: string,
  spec: WorkloadSpec,
  sizes: Sizes,
  connections: ConnectionMetric,
): readonly Manifest[] {
  const metadata = { name, namespace: NAMESPACE, labels: labelsOf(name) };
  const budget: Manifest = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { maxUnavailable: 1, selector: { matchLabels: selectorOf(name) } },
  };
  if (spec.replicas !== 'scaled') return [budget];
  const triggers = [
    byCpu(name),
    ...(spec.connectionsPerPod ? [byConnections(spec.connectionsPerPod, connections)] : []),
  ];
  return [
    budget,
    {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata,
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicaCount: sizes.replicasMin,
        maxReplicaCount: sizes.replicasMax,
        pollingInterval: 30,
        advanced: { horizontalPodAutoscalerConfig: { behavior: BEHAVIOUR } },
        triggers,
      },
    },
  ];
}

/**
 * Copies come at once and go one by one: each that goes sends its browsers to the others, who have until the next one
 * to take them in. Ten minutes of calm come first.
 */
const BEHAVIOUR = {
  scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: 'Percent', value: 100, periodSeconds: 60 }] },
  scaleDown: { stabilizationWindowSeconds: 600, policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }] },
};

/** The sidecar's use says nothing about the workload's. */
const byCpu = (name: string) => ({
  type: 'cpu',
  metricType: 'Utilization',
  metadata: { value: `${CPU_PERCENT}`, containerName: name },
});

/**
 * Each copy tells the number of all of them, so the largest of a minute is it. Without a number nothing is known, which
 * is no zero: the autoscaler then adds copies by CPU and takes none away.
 */
const byConnections = (perPod: number, { region, namespace, name }: ConnectionMetric) => ({
  type: 'aws-cloudwatch',
  metricType: 'AverageValue',
  metadata: {
    awsRegion: region,
    identityOwner: 'operator',
    // CloudWatch's own language, of which the database knows nothing.
    expression: ['SELECT', `MAX("${name}")`, 'FROM', `"${namespace}"`].join(' '),
    targetMetricValue: `${perPod}`,
    minMetricValue: '0',
    ignoreNullValues: 'false',
    metricStatPeriod: '60',
    metricCollectionTime: '300',
  },
});
