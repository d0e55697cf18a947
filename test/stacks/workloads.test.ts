import { workloads } from '../../lib/config/workloads';
import { DRAIN_TIMEOUT_MS } from '../../runtime/service';
import { type Properties, type Resource, templates } from '../fixtures/cloud/templates';
import { readEnvironment } from './read-environment';

const NAMES = Object.keys(workloads) as (keyof typeof workloads)[];
const SCALED = NAMES.filter((name) => workloads[name].replicas === 'scaled');

const named = (kind: string, name: string, namespace = 'proving-ground'): Properties => {
  const found = templates()
    .manifests()
    .filter(({ kind: one, metadata }) => one === kind && metadata.name === name)
    .filter(({ metadata }) => metadata.namespace === undefined || metadata.namespace === namespace);
  expect(found).toHaveLength(1);
  return found[0];
};

/** The CDK's function that calls helm, and every function, ends after a quarter of an hour. */
const KUBECTL_SECONDS_MAX = 900;

const releaseOf = (name: string) => {
  const found = templates()
    .all('Custom::AWSCDK-EKS-HelmChart')
    .filter(({ properties }) => properties.Release === name);
  expect(found).toHaveLength(1);
  return found[0] as Resource;
};

test('the cluster runs the workloads of the catalogue and no other', () => {
  const deployments = templates()
    .manifests()
    .filter(({ kind }) => kind === 'Deployment');
  expect(deployments.map(({ metadata }) => metadata.name).sort()).toEqual([...NAMES].sort());
});

test.each(['proving-ground', 'ray'])(
  'the namespace %s takes restricted pods, mutual TLS only, and denies what nobody allowed',
  (namespace) => {
    expect(named('Namespace', namespace).metadata.labels).toMatchObject({
      'istio-injection': 'enabled',
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    expect(named('PeerAuthentication', 'default', namespace).spec).toEqual({ mtls: { mode: 'STRICT' } });
    expect(named('NetworkPolicy', 'deny-all', namespace).spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    expect(named('AuthorizationPolicy', 'deny-all', namespace).spec).toEqual({});
  },
);

describe.each(NAMES)('%s', (name) => {
  const spec = workloads[name];
  const pod = () => named('Deployment', name).spec.template.spec;

  test('is started, watched and limited', () => {
    const [container] = pod().containers;
    expect(container.livenessProbe.httpGet).toEqual({ path: '/health', port: spec.port });
    expect(container.readinessProbe.httpGet).toEqual({ path: '/ready', port: spec.port });
    expect(container.startupProbe.httpGet).toEqual({ path: '/health', port: spec.port });
    expect(container.resources).toEqual({
      requests: { cpu: spec.cpu.request, memory: spec.memory.request },
      limits: { cpu: spec.cpu.limit, memory: spec.memory.limit },
    });
  });

  test('runs without root, without privileges, on a file system it cannot write', () => {
    expect(pod().securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod().containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod().automountServiceAccountToken).toBe(false);
  });

  test('has its own identity in AWS', () => {
    const account = named('ServiceAccount', name);
    expect(pod().serviceAccountName).toBe(name);
    expect(account.metadata.annotations['eks.amazonaws.com/role-arn']).toMatch(/Role/);
  });

  test('is called by nobody, unless by the ingress at its public path', () => {
    const publicPath = 'publicPath' in spec ? spec.publicPath : undefined;
    const policy = named('NetworkPolicy', name).spec;
    expect(policy.policyTypes).toEqual(['Ingress', 'Egress']);
    expect(policy.ingress).toHaveLength(publicPath ? 1 : 0);
    const routes = templates()
      .manifests()
      .filter(({ kind, metadata }) => kind === 'VirtualService' && metadata.name === name);
    expect(routes.map(({ spec: route }) => route.http[0].match[0].uri.exact)).toEqual(publicPath ? [publicPath] : []);
    for (const { spec: route } of routes) expect(route.http[0]).not.toHaveProperty('timeout');
  });

  test('reaches the datastores it needs past the mesh and no other', () => {
    const reached = named('NetworkPolicy', name)
      .spec.egress.flatMap(({ ports }: Properties) => ports)
      .map(({ port }: Properties) => port)
      .filter((port: number) => ![53, 443, 15_012].includes(port));
    const needs = spec.needs as readonly string[];
    const expected = [
      ...(needs.includes('RAY_URL') ? [8_000] : []),
      ...(needs.includes('DATABASE_SECRET') ? [26_257] : []),
      ...(needs.includes('REDIS_SECRET') ? [10_000] : []),
      ...(needs.includes('KAFKA_BOOTSTRAP') ? [9_098] : []),
    ];
    expect(reached).toEqual(expected);
    const { annotations } = named('Deployment', name).spec.template.metadata;
    expect(annotations['traffic.sidecar.istio.io/excludeOutboundPorts']).toBe(
      expected.filter((port) => port !== 8_000).join(','),
    );
  });

  test('is spoken to in mutual TLS', () => {
    expect(named('DestinationRule', name).spec).toMatchObject({
      host: `${name}.proving-ground.svc.cluster.local`,
      trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } },
    });
    expect(named('Service', name).spec.ports).toEqual([
      { name: 'http', port: spec.port, targetPort: 'http', appProtocol: 'http' },
    ]);
  });

  test('may be away one copy at a time, and is given the time that it needs to stop', () => {
    expect(named('PodDisruptionBudget', name).spec).toEqual({
      maxUnavailable: 1,
      selector: { matchLabels: { 'app.kubernetes.io/name': name } },
    });
    const servesOn = pod().containers[0].lifecycle?.preStop.sleep.seconds ?? 0;
    expect(servesOn).toBe('publicPath' in spec ? 15 : 0);
    expect(pod().terminationGracePeriodSeconds).toBeGreaterThan(servesOn + DRAIN_TIMEOUT_MS / 1_000);
  });

  test('is awaited by the deploy, which hears of a rollout that fails before it stops waiting', () => {
    const { properties } = releaseOf(name);
    const waits = Number.parseInt(properties.Timeout, 10);
    expect(properties.Wait).toBe(true);
    expect(waits).toBeGreaterThan(named('Deployment', name).spec.progressDeadlineSeconds);
    expect(waits).toBeLessThan(KUBECTL_SECONDS_MAX);
  });

  test('gets only variables that the code knows, with values that it accepts', () => {
    const env: readonly { name: string; value: string }[] = pod().containers[0].env;
    const variables = env.map(({ name: key, value }) => [key, value.startsWith('<') ? 'arn:aws:a:b' : value]);
    expect(readEnvironment(Object.fromEntries(variables))).toMatchObject({ PORT: spec.port, SERVICE_NAME: name });
  });
});

test.each(SCALED)('%s is scaled by its connections and by CPU, and gives copies up one by one', (name) => {
  const { spec } = named('ScaledObject', name);
  expect(spec).toMatchObject({
    scaleTargetRef: { kind: 'Deployment', name },
    minReplicaCount: 2,
    maxReplicaCount: 4,
    advanced: {
      horizontalPodAutoscalerConfig: {
        behavior: { scaleDown: { stabilizationWindowSeconds: 600, policies: [{ type: 'Pods', value: 1 }] } },
      },
    },
  });
  const [cpu, connections] = spec.triggers;
  expect(cpu).toMatchObject({ type: 'cpu', metadata: { containerName: name } });
  expect(connections).toMatchObject({
    type: 'aws-cloudwatch',
    metricType: 'AverageValue',
    metadata: {
      expression: `SELECT MAX("${name}-connections") FROM "ProvingGround/dev"`,
      targetMetricValue: '2000',
      ignoreNullValues: 'false',
    },
  });
  expect(named('Deployment', name).spec).not.toHaveProperty('replicas');
  // The number that it asks for is made of the lines that the workload writes.
  const filters = templates()
    .all('AWS::Logs::MetricFilter')
    .filter(({ properties }) => properties.MetricTransformations[0].MetricName === `${name}-connections`);
  expect(filters.map(({ properties }) => properties.MetricTransformations[0])).toMatchObject([
    { MetricNamespace: 'ProvingGround/dev', MetricValue: '$.log_processed.connections' },
  ]);
});

test('a copy that is given up has the time to say goodbye, and no two are drained at once', () => {
  for (const name of SCALED) {
    const { terminationGracePeriodSeconds } = named('Deployment', name).spec.template.spec;
    expect(terminationGracePeriodSeconds * 1_000).toBeGreaterThan(DRAIN_TIMEOUT_MS + 15_000);
    expect(named('PodDisruptionBudget', name).spec.maxUnavailable).toBe(1);
  }
});

test.each(NAMES.filter((name) => workloads[name].replicas === 'led'))('%s has a copy that waits, always', (name) => {
  const { replicas, strategy } = named('Deployment', name).spec;
  expect(replicas).toBe(2);
  expect(strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
});

test('the copies of a sharded workload take every shard between them, and one leaves before its successor comes', () => {
  const { replicas, strategy, template } = named('Deployment', 'risk-engine').spec;
  const env: readonly { name: string; value: string }[] = template.spec.containers[0].env;
  const numberOf = (key: string) => Number(env.find(({ name }) => name === key)?.value);
  expect(replicas * numberOf('RISK_SHARDS_MINE')).toBeGreaterThanOrEqual(numberOf('RISK_SHARDS'));
  expect(strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } });
});
