import { Duration } from 'aws-cdk-lib';
import { HelmChart, type ICluster, IdentityType, KubernetesManifest, ServiceAccount } from 'aws-cdk-lib/aws-eks-v2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { SCALER_COPIES, SCALER_NEEDS } from '../config/needs';
import { acknowledge } from './acknowledge';

const NAMESPACE = 'keda';
const CHARTS = 'https://kedacore.github.io/charts';
/** Tested by its makers on the three newest versions of Kubernetes, the cluster's among them. */
const VERSION = '2.21.0';
const OPERATOR = 'keda-operator';

/**
 * KEDA, which tells the cluster's own autoscaler numbers that Kubernetes does not have: see docs/adr/0054. It reads
 * them from CloudWatch and may do nothing else in AWS. Its webhooks, which would only advise, stay out.
 */
export class EventScaler extends Construct {
  constructor(scope: Construct, cluster: ICluster) {
    super(scope, 'EventScaler');
    const namespace = new KubernetesManifest(this, 'Namespace', {
      cluster,
      manifest: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }],
    });
    const account = new ServiceAccount(this, 'Account', {
      cluster,
      name: OPERATOR,
      namespace: NAMESPACE,
      identityType: IdentityType.IRSA,
    });
    account.addToPrincipalPolicy(new PolicyStatement({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] }));
    acknowledge(account, 'CloudWatch knows no rights by metric: reading is granted for all or for none.', 'IAM5');
    account.node.addDependency(namespace);
    const chart = new HelmChart(this, 'Chart', {
      cluster,
      repository: CHARTS,
      chart: 'keda',
      version: VERSION,
      release: 'keda',
      namespace: NAMESPACE,
      createNamespace: false,
      values: {
        serviceAccount: { operator: { create: false, name: OPERATOR } },
        operator: { replicaCount: SCALER_COPIES },
        metricsServer: { replicaCount: SCALER_COPIES },
        webhooks: { enabled: false },
        resources: { operator: { requests: SCALER_NEEDS }, metricServer: { requests: SCALER_NEEDS } },
      },
      wait: true,
      timeout: Duration.minutes(10),
    });
    chart.node.addDependency(account);
  }
}
