import { Duration } from 'aws-cdk-lib';
import { HelmChart, type ICluster, KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { AGENT_NEEDS, CONTROL_PLANE_COPIES, controlPlaneNeeds, GATEWAY_NEEDS, SIDECAR_NEEDS } from '../config/needs';
import type { StageConfig } from '../config/stage';
import { INGRESS_NAMESPACE, MESH_NAMESPACE } from '../manifests/manifest';

const CHARTS = 'https://istio-release.storage.googleapis.com/charts';
const ISTIO_VERSION = '1.30.4';

/** What the ingress's pods listen on: plain HTTP behind the load balancer's TLS, and their own readiness. */
export const INGRESS_PORT = 80;
export const INGRESS_READY_PORT = 15_021;
/** The load balancer lets go of a pod that leaves; only then does the pod stop to take connections, then it ends. */
export const BALANCER_LETS_GO_S = 60;
const GATEWAY_DRAIN_S = BALANCER_LETS_GO_S + 30;
const GATEWAY_GRACE_S = GATEWAY_DRAIN_S + 30;

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
    const agent = this.addChart('cni', { resources: { requests: AGENT_NEEDS } });
    this.controlPlane = this.addChart('istiod', {
      pilot: {
        autoscaleMin: CONTROL_PLANE_COPIES.min,
        autoscaleMax: CONTROL_PLANE_COPIES.max,
        resources: { requests: controlPlaneNeeds(config.sizes) },
        cni: { enabled: true },
      },
      global: { proxy: { resources: { requests: SIDECAR_NEEDS } } },
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
        podDisruptionBudget: { maxUnavailable: 1 },
        resources: { requests: GATEWAY_NEEDS },
        // The load balancer sends connections until it has let go of the pod, and the pod takes them until then.
        podAnnotations: {
          'proxy.istio.io/config': JSON.stringify({ terminationDrainDuration: `${GATEWAY_DRAIN_S}s` }),
        },
        terminationGracePeriodSeconds: GATEWAY_GRACE_S,
      },
      wait: true,
      timeout: Duration.minutes(10),
    });
    return gateway;
  }
}
