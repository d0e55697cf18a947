import type { Sizes } from '../config/sizes';
import type { WorkloadSpec } from '../config/workloads';
import { labelsOf, type Manifest, NAMESPACE, selectorOf } from './manifest';

const CPU_PERCENT = 65;

/** For a workload that may run more than once: how many, and how many must stay when nodes are drained. */
export function scalingManifests(name: string, spec: WorkloadSpec, sizes: Sizes): readonly Manifest[] {
  if (spec.replicas !== 'scaled') return [];
  const metadata = { name, namespace: NAMESPACE, labels: labelsOf(name) };
  return [
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata,
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas: sizes.replicasMin,
        maxReplicas: sizes.replicasMax,
        metrics: [
          {
            type: 'ContainerResource', // The sidecar's use says nothing about the workload's.
            containerResource: {
              name: 'cpu',
              container: name,
              target: { type: 'Utilization', averageUtilization: CPU_PERCENT },
            },
          },
        ],
        behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
      },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { maxUnavailable: 1, selector: { matchLabels: selectorOf(name) } },
    },
  ];
}
