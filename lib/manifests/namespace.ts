import type { Manifest } from './manifest';

const RESTRICTED = {
  'pod-security.kubernetes.io/enforce': 'restricted',
  'pod-security.kubernetes.io/warn': 'restricted',
};

/** A namespace that takes restricted pods only. */
export const restrictedNamespace = (name: string, labels: Readonly<Record<string, string>> = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { ...labels, ...RESTRICTED } },
});

/** One whose pods are in the mesh as well. */
export const meshedNamespace = (name: string): Manifest => restrictedNamespace(name, { 'istio-injection': 'enabled' });

export const noTraffic = (namespace: string): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny-all', namespace },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
});

/** Mutual TLS only, and nothing allowed until a workload allows it. */
export const closedByDefault = (namespace: string): readonly Manifest[] => [
  noTraffic(namespace),
  {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name: 'default', namespace },
    spec: { mtls: { mode: 'STRICT' } },
  },
  {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'deny-all', namespace },
    spec: {}, // A policy without rules matches nothing, so nothing is allowed.
  },
];
