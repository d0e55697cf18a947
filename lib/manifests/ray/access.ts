import { RAY_SERVE_PORT } from '../../config/ports';
import { identityOf, type Manifest, NAMESPACE, RAY_NAMESPACE, RAY_OPERATOR_NAMESPACE, selectorOf } from '../manifest';
import { apiServerPeers, ISTIOD, NAMES, podsOf, tcp } from '../network-policy';
import { RAY_OPERATOR } from './operator-policy';
import { DASHBOARD_PORT, RAY, RAY_HEAD, rayLabels } from './pods';

const CALLER = 'monte-carlo';

const metadata = (name: string) => ({ name, namespace: RAY_NAMESPACE, labels: rayLabels });

/** Ray's nodes reach one another at ports that they choose themselves. */
const NODES = [RAY, RAY_HEAD].map((name) => ({ podSelector: { matchLabels: selectorOf(name) } }));

const policy = (name: string, ingress: readonly unknown[], egress: readonly unknown[]): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata(name),
  spec: {
    podSelector: { matchLabels: selectorOf(name) },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: NODES }, ...ingress],
    egress: [NAMES, { to: NODES }, ...egress],
  },
});

/** A node is not drained of its last worker, or of a head: it waits for the next version, or until its hour is over. */
const budget = (name: string): Manifest => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: metadata(name),
  spec: { minAvailable: 1, selector: { matchLabels: selectorOf(name) } },
});

/**
 * Who reaches Ray: the orchestrator the port of Serve, by its identity in the mesh; the operator the head's dashboard,
 * with the cluster's token; nobody anything else. Out goes nothing but names, the mesh's own, and the head's autoscaler
 * to the API server.
 */
export const rayAccess = (vpcCidr: string): readonly Manifest[] => [
  policy(RAY, [{ from: [podsOf(NAMESPACE, CALLER)], ports: [tcp(RAY_SERVE_PORT)] }], [ISTIOD]),
  policy(
    RAY_HEAD,
    [{ from: [podsOf(RAY_OPERATOR_NAMESPACE, RAY_OPERATOR)], ports: [tcp(DASHBOARD_PORT)] }],
    [{ to: apiServerPeers(vpcCidr), ports: [tcp(443)] }],
  ),
  {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: metadata(RAY),
    spec: {
      selector: { matchLabels: selectorOf(RAY) },
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { principals: [identityOf(NAMESPACE, CALLER)] } }],
          to: [{ operation: { ports: [String(RAY_SERVE_PORT)] } }],
        },
      ],
    },
  },
  {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: metadata(RAY),
    spec: {
      host: `${RAY}.${RAY_NAMESPACE}.svc.cluster.local`,
      trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' }, loadBalancer: { simple: 'LEAST_REQUEST' } },
    },
  },
  budget(RAY),
  budget(RAY_HEAD),
];
