import { type Manifest, RAY_NAMESPACE, RAY_OPERATOR_NAMESPACE, selectorOf } from '../manifest';
import { apiServerPeers, NAMES, podsOf, tcp } from '../network-policy';
import { DASHBOARD_PORT, RAY_HEAD } from './pods';

/** By the chart. */
export const RAY_OPERATOR = 'kuberay-operator';

/** In: nothing. Out: names, the API server, and the heads' dashboards. */
export const operatorPolicy = (vpcCidr: string): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: RAY_OPERATOR, namespace: RAY_OPERATOR_NAMESPACE },
  spec: {
    podSelector: { matchLabels: selectorOf(RAY_OPERATOR) },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [],
    egress: [
      NAMES,
      { to: apiServerPeers(vpcCidr), ports: [tcp(443)] },
      { to: [podsOf(RAY_NAMESPACE, RAY_HEAD)], ports: [tcp(DASHBOARD_PORT)] },
    ],
  },
});
