import { type Needs, RAY_HEAD_NEEDS, RAY_WORKER_NEEDS } from '../../config/needs';
import { RAY_SERVE_PORT } from '../../config/ports';
import type { Sizes } from '../../config/sizes';
import { selectorOf } from '../manifest';

export const RAY = 'monte-carlo-ray';
export const RAY_HEAD = `${RAY}-head`;
export const DASHBOARD_PORT = 8_265;
const GCS_PORT = 6_379;
/** Each node's agent says here whether the node is well. */
const AGENT_PORT = 52_365;

/** Simulations that the entrance takes at once: copies of the orchestrator run fewer, one more in a rollout too. */
const REQUESTS = 8;

/** The user that the image creates. */
const USER = 1_000;

const TOKEN = 'kubernetes-token';
const SCRATCH = { name: 'scratch', mountPath: '/tmp' };

export const rayLabels = { 'app.kubernetes.io/part-of': 'proving-ground' };

/** Nothing that runs here may become more than it is, or write anywhere but to its own scratch space. */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

const podSecurity = {
  runAsNonRoot: true,
  runAsUser: USER,
  runAsGroup: USER,
  fsGroup: USER,
  seccompProfile: { type: 'RuntimeDefault' },
};

const all = (needs: Needs) => ({ requests: needs, limits: needs });

export type RayPods = { readonly image: string; readonly sizes: Sizes };

const environment = ({ sizes }: RayPods) => [
  { name: 'MONTE_CARLO_WORKERS', value: String(sizes.rayWorkersMax) },
  { name: 'MONTE_CARLO_REQUESTS', value: String(REQUESTS) },
];

const wellBeing = { httpGet: { path: '/api/healthz', port: AGENT_PORT } };
/** A head on one CPU takes a minute to come up; one that is ill for a minute after that is made anew. */
const startup = { ...wellBeing, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60 };
const liveness = { ...wellBeing, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 };

/**
 * Its autoscaler alone is shown the token of its account. The head stays out of the mesh: nothing that a workload calls
 * is here, and what Ray's nodes say to one another is no HTTP and no port known beforehand.
 */
export const headTemplate = (pods: RayPods) => ({
  metadata: { labels: { ...rayLabels, ...selectorOf(RAY_HEAD), 'sidecar.istio.io/inject': 'false' } },
  spec: {
    serviceAccountName: RAY_HEAD,
    automountServiceAccountToken: false,
    securityContext: podSecurity,
    containers: [
      {
        name: 'ray-head',
        image: pods.image,
        ports: [
          { name: 'gcs-server', containerPort: GCS_PORT },
          { name: 'dashboard', containerPort: DASHBOARD_PORT },
          { name: 'serve', containerPort: RAY_SERVE_PORT },
        ],
        env: environment(pods),
        resources: all(RAY_HEAD_NEEDS),
        startupProbe: startup,
        livenessProbe: liveness,
        readinessProbe: { ...wellBeing, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 },
        securityContext: containerSecurity,
        volumeMounts: [SCRATCH],
      },
    ],
    volumes: [scratch('2Gi'), tokenVolume],
  },
});

/** What of a worker is in the mesh: the port of Serve. It calls nobody but Ray's own nodes, past the mesh. */
export const workerTemplate = (pods: RayPods) => ({
  metadata: {
    labels: { ...rayLabels, ...selectorOf(RAY) },
    annotations: {
      'traffic.sidecar.istio.io/includeInboundPorts': String(RAY_SERVE_PORT),
      'traffic.sidecar.istio.io/includeOutboundIPRanges': '',
    },
  },
  spec: {
    serviceAccountName: RAY,
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 60,
    securityContext: podSecurity,
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: selectorOf(RAY) },
      },
    ],
    containers: [
      {
        name: 'ray-worker',
        image: pods.image,
        ports: [{ name: 'serve', containerPort: RAY_SERVE_PORT }],
        env: environment(pods),
        resources: all(RAY_WORKER_NEEDS),
        startupProbe: startup,
        livenessProbe: liveness,
        // Serve lets requests in only where a part of the application runs: elsewhere a worker gets none.
        readinessProbe: {
          httpGet: { path: '/-/healthz', port: RAY_SERVE_PORT },
          periodSeconds: 5,
          timeoutSeconds: 2,
          failureThreshold: 2,
        },
        securityContext: containerSecurity,
        volumeMounts: [SCRATCH],
      },
    ],
    volumes: [scratch('2Gi')],
  },
});

const scratch = (sizeLimit: string) => ({ name: SCRATCH.name, emptyDir: { sizeLimit } });

/** As Kubernetes would mount it into every container, were it not told to leave it. */
const tokenVolume = {
  name: TOKEN,
  projected: {
    sources: [
      { serviceAccountToken: { path: 'token', expirationSeconds: 3_600 } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
    ],
  },
};

export const autoscalerMounts = [
  SCRATCH,
  { name: TOKEN, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
];
