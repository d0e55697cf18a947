import { COCKROACH_PORT, KAFKA_IAM_PORT, RAY_SERVE_PORT } from '../config/ports';
import type { StageConfig } from '../config/stage';
import type { WorkloadSpec } from '../config/workloads';
import {
  INGRESS_NAMESPACE,
  labelsOf,
  type Manifest,
  MESH_NAMESPACE,
  NAMESPACE,
  RAY_NAMESPACE,
  selectorOf,
} from './manifest';

const ISTIOD_PORT = 15_012;

const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const cidr = (range: string) => ({ ipBlock: { cidr: range } });
export const tcp = (port: number) => ({ protocol: 'TCP', port });

export const podsOf = (inNamespace: string, name: string) => ({
  ...namespace(inNamespace),
  podSelector: { matchLabels: selectorOf(name) },
});

/** EKS runs DNS beside the pods. */
export const NAMES = { to: [cidr('0.0.0.0/0')], ports: [tcp(53), { protocol: 'UDP', port: 53 }] };
export const ISTIOD = { to: [namespace(MESH_NAMESPACE)], ports: [tcp(ISTIOD_PORT)] };

/** The API server's own addresses are in the VPC; the one of its Service is in one of two ranges, as EKS chooses. */
export const apiServerPeers = (vpcCidr: string) => [vpcCidr, '172.20.0.0/16', '10.100.0.0/16'].map(cidr);

/** The ports of the databases that a workload reads, by the secrets and streams that it needs. */
export function datastorePorts(spec: WorkloadSpec, config: StageConfig): readonly number[] {
  const ports = {
    DATABASE_SECRET: COCKROACH_PORT,
    REDIS_SECRET: config.redisPort,
    KAFKA_BOOTSTRAP: KAFKA_IAM_PORT,
  } as const;
  return (Object.keys(ports) as (keyof typeof ports)[])
    .filter((name) => spec.needs.includes(name))
    .map((name) => ports[name]);
}

/** In: from the ingress, where there is a public path. Out: names, the mesh, HTTPS, and what it needs. */
export function networkPolicyManifest(
  name: string,
  spec: WorkloadSpec,
  config: StageConfig,
  vpcCidr: string,
): Manifest {
  const redisRange = config.redisPeeringCidr ?? vpcCidr;
  const rangeOf = (port: number) => (port === config.redisPort ? redisRange : vpcCidr);
  const ray = { to: [podsOf(RAY_NAMESPACE, 'monte-carlo-ray')], ports: [tcp(RAY_SERVE_PORT)] };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: NAMESPACE, labels: labelsOf(name) },
    spec: {
      podSelector: { matchLabels: selectorOf(name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: spec.publicPath ? [{ from: [namespace(INGRESS_NAMESPACE)], ports: [tcp(spec.port)] }] : [],
      egress: [
        NAMES,
        ISTIOD,
        { to: [cidr('0.0.0.0/0')], ports: [tcp(443)] }, // AWS's endpoints and the venues.
        ...(spec.needs.includes('RAY_URL') ? [ray] : []),
        ...datastorePorts(spec, config).map((port) => ({ to: [cidr(rangeOf(port))], ports: [tcp(port)] })),
      ],
    },
  };
}
