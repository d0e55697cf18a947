import { Duration } from 'aws-cdk-lib';
import { HelmChart, type ICluster, KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';

const CHARTS = 'https://istio-release.storage.googleapis.com/charts';
const ISTIO_VERSION = '1.30.4';

export const MESH_NAMESPACE = 'istio-system';
export const INGRESS_NAMESPACE = 'istio-ingress';
/** What the ingress's pods listen on: plain HTTP behind the load balancer's TLS, and their own readiness. */
export const INGRESS_PORT = 80;
export const INGRESS_READY_PORT = 15_021;

/**
 * Istio: its definitions, the control plane, and the node agent that redirects traffic. The agent takes the place of a
 * privileged container in each pod, so that our pods keep Kubernetes' restricted profile.
 */
export class ServiceMesh extends Construct {
  readonly controlPlane: HelmChart;
  readonly ingressNamespace: KubernetesManifest;

  constructor(
    scope: Construct,
    private readonly cluster: ICluster,
    config: StageConfig,
  ) {
    super(scope, 'Mesh');
    const base = this.addChart('base', { defaultRevision: 'default' });
    const agent = this.addChart('cni', {});
    this.controlPlane = this.addChart('istiod', {
      pilot: { autoscaleMin: 2, autoscaleMax: Math.max(3, config.sizes.nodesMin), cni: { enabled: true } },
      meshConfig: {
        accessLogFile: '/dev/stdout',
        accessLogEncoding: 'JSON',
        enablePrometheusMerge: true,
        defaultConfig: { holdApplicationUntilProxyStarts: true },
      },
    });
    agent.node.addDependency(base);
    this.controlPlane.node.addDependency(agent);
    this.ingressNamespace = new KubernetesManifest(this, 'IngressNamespace', {
      cluster,
      manifest: [
        {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: INGRESS_NAMESPACE, labels: { 'istio-injection': 'enabled' } },
        },
      ],
    });
  }

  private addChart(chart: string, values: Record<string, unknown>): HelmChart {
    return new HelmChart(this, chart, {
      cluster: this.cluster,
      repository: CHARTS,
      chart,
      version: ISTIO_VERSION,
      release: `istio-${chart}`,
      namespace: MESH_NAMESPACE,
      createNamespace: true,
      values,
      wait: true,
      timeout: Duration.minutes(10),
    });
  }

  /** The mesh's door for browsers; the load balancer in front of it is bound by its target group, not by a Service. */
  addIngressGateway(scope: Construct, replicas: { readonly min: number; readonly max: number }): HelmChart {
    const gateway = new HelmChart(scope, 'IngressGateway', {
      cluster: this.cluster,
      repository: CHARTS,
      chart: 'gateway',
      version: ISTIO_VERSION,
      release: INGRESS_NAMESPACE,
      namespace: INGRESS_NAMESPACE,
      values: {
        labels: { istio: 'ingress' },
        service: { type: 'ClusterIP' },
        autoscaling: { enabled: true, minReplicas: replicas.min, maxReplicas: replicas.max },
        podDisruptionBudget: { minAvailable: 1 },
      },
      wait: true,
      timeout: Duration.minutes(10),
    });
    return gateway;
  }
}
