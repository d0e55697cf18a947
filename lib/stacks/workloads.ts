import { KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import type { Construct } from 'constructs';
import { workloads } from '../config/workloads';
import { EksWorkload, type EksWorkloadProps } from '../constructs/eks-workload';
import { RayCluster } from '../constructs/ray-cluster';
import { NAMESPACE } from '../manifests/manifest';
import { closedByDefault, meshedNamespace } from '../manifests/namespace';
import { StageStack } from './stage-stack';

/** The long-lived parts on the cluster, in one namespace of the mesh. */
export class WorkloadsStack extends StageStack {
  constructor(scope: Construct, props: EksWorkloadProps) {
    super(
      scope,
      'workloads',
      props.config,
      'market data, WebSocket gateway, risk engine, event relay, archiver, simulations on Ray',
    );
    const namespace = new KubernetesManifest(this, 'Namespace', {
      cluster: props.cluster,
      manifest: [meshedNamespace(NAMESPACE)],
    });
    const policies = new KubernetesManifest(this, 'Policies', {
      cluster: props.cluster,
      manifest: [...closedByDefault(NAMESPACE)],
    });
    policies.node.addDependency(namespace);
    for (const [name, spec] of Object.entries(workloads)) {
      new EksWorkload(this, name, spec, props).node.addDependency(policies);
    }
    new RayCluster(this, props);
  }
}
