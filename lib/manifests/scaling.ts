import type { Sizes } from '../config/sizes';
import type { WorkloadSpec } from '../config/workloads';
import { labelsOf, type Manifest, NAMESPACE, selectorOf } from './manifest';

const CPU_PERCENT = 65;

/** How many of a workload may be away when nodes are drained, and how many there are where load decides it. */
export function scalingManifests(name: string, spec: WorkloadSpec, sizes: Sizes): readonly Manifest[] {
  const metadata = { name, namespace: NAMESPACE, labels: labelsOf(name) };
  const budget: Manifest = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { maxUnavailable: 1, selector: { matchLabels: selectorOf(name) } },
  };
  if (spec.replicas !== 'scaled') return [budget];
  return [
    budget,
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
  ];
}
