import { Duration } from 'aws-cdk-lib';
import { HelmChart, type ICluster, KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { RAY_OPERATOR_NEEDS } from '../config/needs';
import { RAY_NAMESPACE, RAY_OPERATOR_NAMESPACE } from '../manifests/manifest';
import { meshedNamespace, noTraffic, restrictedNamespace } from '../manifests/namespace';
import { operatorPolicy } from '../manifests/ray/operator-policy';

const CHARTS = 'https://ray-project.github.io/kuberay-helm/';
/** Helm brings the chart's definitions once and renews none: docs/how-to/operate.md says what a new version asks for. */
const VERSION = '1.6.1';

/**
 * KubeRay's operator, which makes and mends Ray's clusters. Its rights end with the one namespace where those are; the
 * token of its account is of no use elsewhere, and nobody calls it. See docs/adr/0061.
 */
export class RayOperator extends Construct {
  constructor(scope: Construct, cluster: ICluster, vpcCidr: string) {
    super(scope, 'RayOperator');
    const namespaces = new KubernetesManifest(this, 'Namespaces', {
      cluster,
      manifest: [meshedNamespace(RAY_NAMESPACE), restrictedNamespace(RAY_OPERATOR_NAMESPACE)],
    });
    const policies = new KubernetesManifest(this, 'Policies', {
      cluster,
      manifest: [noTraffic(RAY_OPERATOR_NAMESPACE), operatorPolicy(vpcCidr)],
    });
    policies.node.addDependency(namespaces);
    const chart = new HelmChart(this, 'Chart', {
      cluster,
      repository: CHARTS,
      chart: 'kuberay-operator',
      version: VERSION,
      release: 'kuberay-operator',
      namespace: RAY_OPERATOR_NAMESPACE,
      createNamespace: false,
      values: {
        image: { tag: `v${VERSION}` },
        singleNamespaceInstall: true,
        watchNamespace: [RAY_NAMESPACE],
        resources: { requests: RAY_OPERATOR_NEEDS, limits: RAY_OPERATOR_NEEDS },
      },
      wait: true,
      timeout: Duration.minutes(10),
    });
    chart.node.addDependency(policies);
  }
}
