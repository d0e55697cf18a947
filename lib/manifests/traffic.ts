import type { WorkloadSpec } from '../config/workloads';
import { INGRESS_NAMESPACE, identityOf, labelsOf, type Manifest, NAMESPACE, selectorOf } from './manifest';

const GATEWAY = `${INGRESS_NAMESPACE}/public`;

const hostOf = (name: string): string => `${name}.${NAMESPACE}.svc.cluster.local`;

const service = (name: string, spec: WorkloadSpec): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: NAMESPACE, labels: labelsOf(name) },
  spec: {
    selector: selectorOf(name),
    ports: [{ name: 'http', port: spec.port, targetPort: 'http', appProtocol: 'http' }],
  },
});

/** Mutual TLS towards the workload; a copy that keeps failing is left out for a while. */
const destination = (name: string): Manifest => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { name, namespace: NAMESPACE },
  spec: {
    host: hostOf(name),
    trafficPolicy: {
      tls: { mode: 'ISTIO_MUTUAL' },
      loadBalancer: { simple: 'LEAST_REQUEST' },
      outlierDetection: { consecutive5xxErrors: 5, interval: '10s', baseEjectionTime: '30s', maxEjectionPercent: 50 },
    },
  },
});

const publicRoute = (name: string, spec: WorkloadSpec, path: string, host: string): readonly Manifest[] => [
  {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      hosts: [host],
      gateways: [GATEWAY],
      http: [
        {
          match: [{ uri: { exact: path } }],
          // Without a timeout: a socket lives as long as its browser stays.
          route: [{ destination: { host: hostOf(name), port: { number: spec.port } } }],
        },
      ],
    },
  },
  {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      selector: { matchLabels: selectorOf(name) },
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { principals: [identityOf(INGRESS_NAMESPACE, INGRESS_NAMESPACE)] } }],
          to: [{ operation: { paths: [path] } }],
        },
      ],
    },
  },
];

/** How a workload is found, and by whom it may be called: by nobody, unless it has a public path. */
export const trafficManifests = (name: string, spec: WorkloadSpec, publicHost: string): readonly Manifest[] => [
  service(name, spec),
  destination(name),
  ...(spec.publicPath ? publicRoute(name, spec, spec.publicPath, publicHost) : []),
];
