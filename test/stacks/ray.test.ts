import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIZES, STAGES } from '../../lib/config/sizes';
import { RAY_VERSION, serveConfig } from '../../lib/manifests/ray/service';
import { ROOT } from '../fixtures/cloud/synthesize';
import { type Properties, templates } from '../fixtures/cloud/templates';

/** Goal: Ray runs what it is sent, so it is shut in: by its network, by the mesh, and by what its pods may do. */
const FOLDER = join(ROOT, 'eks-workloads/monte-carlo/ray');

const named = (kind: string, name: string, namespace = 'ray'): Properties => {
  const found = templates()
    .manifests()
    .filter(({ kind: one, metadata }) => one === kind && metadata.name === name && metadata.namespace === namespace);
  expect(found).toHaveLength(1);
  return found[0];
};

const service = () => named('RayService', 'monte-carlo-ray').spec;
const groups = (): readonly Properties[] => {
  const { headGroupSpec, workerGroupSpecs } = service().rayClusterConfig;
  return [headGroupSpec, ...workerGroupSpecs];
};
const valuesOf = (release: string) => {
  const chart = templates()
    .all('Custom::AWSCDK-EKS-HelmChart')
    .find(({ properties }) => properties.Release === release);
  return JSON.parse(templates().text(chart?.properties.Values));
};

const labels = (name: string) => ({ matchLabels: { 'app.kubernetes.io/name': name } });
const inNamespace = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
const NODES = ['monte-carlo-ray', 'monte-carlo-ray-head'].map((name) => ({ podSelector: labels(name) }));

describe('the operator', () => {
  test('may change the one namespace where Ray is, and is called by nobody', () => {
    expect(valuesOf('kuberay-operator')).toMatchObject({ singleNamespaceInstall: true, watchNamespace: ['ray'] });
    expect(named('NetworkPolicy', 'deny-all', 'ray-operator').spec.policyTypes).toEqual(['Ingress', 'Egress']);
    const { ingress, egress } = named('NetworkPolicy', 'kuberay-operator', 'ray-operator').spec;
    expect(ingress).toEqual([]);
    expect(egress.flatMap(({ ports }: Properties) => ports.map(({ port }: Properties) => port))).toEqual([
      53, 53, 443, 8_265,
    ]);
  });

  test('is of the version whose definitions are checked', () => {
    const chart = templates()
      .all('Custom::AWSCDK-EKS-HelmChart')
      .find(({ properties }) => properties.Release === 'kuberay-operator');
    const checked = readFileSync(join(ROOT, 'test/deploy/sources.ts'), 'utf8');
    expect(checked).toContain(`version: 'v${chart?.properties.Version}'`);
    expect(valuesOf('kuberay-operator').image.tag).toBe(`v${chart?.properties.Version}`);
  });
});

describe('pods', () => {
  test('run without root, without privileges, on a file system that they cannot write', () => {
    const { autoscalerOptions } = service().rayClusterConfig;
    const shut = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };
    for (const { template } of groups()) {
      expect(template.spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 1_000,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(template.spec.containers.map(({ securityContext }: Properties) => securityContext)).toEqual([shut]);
    }
    expect(autoscalerOptions.securityContext).toEqual(shut);
  });

  test('ask for what they are limited to, and are probed', () => {
    for (const { template } of groups()) {
      const [container] = template.spec.containers;
      expect(container.resources.requests).toEqual(container.resources.limits);
      for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
        expect([probe, container[probe].httpGet?.port]).toEqual([probe, expect.any(Number)]);
      }
    }
    expect(groups()[1].template.spec.containers[0].readinessProbe.httpGet).toEqual({ path: '/-/healthz', port: 8_000 });
  });

  test('the autoscaler alone is shown a token of Kubernetes', () => {
    const path = '/var/run/secrets/kubernetes.io/serviceaccount';
    for (const { template } of groups()) {
      expect(template.spec.automountServiceAccountToken).toBe(false);
      const mounts = template.spec.containers[0].volumeMounts.map(({ mountPath }: Properties) => mountPath);
      expect(mounts).toEqual(['/tmp']);
    }
    const { autoscalerOptions, headGroupSpec } = service().rayClusterConfig;
    const mount = autoscalerOptions.volumeMounts.find(({ mountPath }: Properties) => mountPath === path);
    const volume = headGroupSpec.template.spec.volumes.find(({ name }: Properties) => name === mount?.name);
    expect(volume.projected.sources.map((source: object) => Object.keys(source)[0])).toEqual([
      'serviceAccountToken',
      'configMap',
      'downwardAPI',
    ]);
  });

  test('their accounts are denied everything in AWS', () => {
    const policies = templates()
      .all('AWS::IAM::Policy')
      .filter(({ stack, id }) => stack.endsWith('workloads') && id.startsWith('RayAccount'));
    expect(policies).toHaveLength(2);
    for (const { properties } of policies) {
      expect(properties.PolicyDocument.Statement).toEqual([{ Action: '*', Effect: 'Deny', Resource: '*' }]);
    }
    expect(groups().map(({ template }) => template.spec.serviceAccountName)).toEqual([
      'monte-carlo-ray-head',
      'monte-carlo-ray',
    ]);
  });
});

describe('who reaches what', () => {
  test('workers: the orchestrator the port of Serve, in the mesh; Ray’s nodes one another; nobody else', () => {
    const { podSelector, ingress, egress } = named('NetworkPolicy', 'monte-carlo-ray').spec;
    expect(podSelector).toEqual(labels('monte-carlo-ray'));
    expect(ingress).toEqual([
      { from: NODES },
      {
        from: [{ namespaceSelector: inNamespace('proving-ground'), podSelector: labels('monte-carlo') }],
        ports: [{ protocol: 'TCP', port: 8_000 }],
      },
    ]);
    expect(egress.slice(1)).toEqual([
      { to: NODES },
      { to: [{ namespaceSelector: inNamespace('istio-system') }], ports: [{ protocol: 'TCP', port: 15_012 }] },
    ]);
    expect(named('AuthorizationPolicy', 'monte-carlo-ray').spec).toEqual({
      selector: labels('monte-carlo-ray'),
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { principals: ['cluster.local/ns/proving-ground/sa/monte-carlo'] } }],
          to: [{ operation: { ports: ['8000'] } }],
        },
      ],
    });
  });

  test('the head: the operator its dashboard; it calls the API server and nobody else', () => {
    const { ingress, egress } = named('NetworkPolicy', 'monte-carlo-ray-head').spec;
    expect(ingress).toEqual([
      { from: NODES },
      {
        from: [{ namespaceSelector: inNamespace('ray-operator'), podSelector: labels('kuberay-operator') }],
        ports: [{ protocol: 'TCP', port: 8_265 }],
      },
    ]);
    const [names, nodes, server] = egress;
    expect(names.ports.map(({ port }: Properties) => port)).toEqual([53, 53]);
    expect(nodes).toEqual({ to: NODES });
    expect(server.ports).toEqual([{ protocol: 'TCP', port: 443 }]);
    for (const { ipBlock } of server.to) expect(ipBlock.cidr).not.toBe('0.0.0.0/0');
    expect(egress).toHaveLength(3);
  });

  test('of a worker the port of Serve is in the mesh, and nothing goes out through it; the head is not', () => {
    const [head, worker] = groups();
    expect(worker.template.metadata.annotations).toEqual({
      'traffic.sidecar.istio.io/includeInboundPorts': '8000',
      'traffic.sidecar.istio.io/includeOutboundIPRanges': '',
    });
    expect(head.template.metadata.labels['sidecar.istio.io/inject']).toBe('false');
    expect(service().excludeHeadPodFromServeSvc).toBe(true);
    expect(service().rayClusterConfig.authOptions).toEqual({ mode: 'token' });
  });

  test('the orchestrator asks the Service that KubeRay keeps, in HTTP', () => {
    const env: readonly { name: string; value: string }[] = named('Deployment', 'monte-carlo', 'proving-ground').spec
      .template.spec.containers[0].env;
    const { metadata, spec } = service().serveService;
    const url = env.find(({ name }) => name === 'RAY_URL')?.value;
    expect(url).toBe(`http://${metadata.name}.ray.svc.cluster.local:${spec.ports[0].port}`);
    expect(spec.ports[0]).toMatchObject({ name: 'serve', appProtocol: 'http' });
    expect(named('DestinationRule', 'monte-carlo-ray').spec.host).toBe(new URL(String(url)).hostname);
  });
});

describe('the application', () => {
  test('is given to Ray as it was given here', () => {
    expect(JSON.parse(service().serveConfigV2)).toEqual(serveConfig(SIZES.dev));
  });

  test('names the deployments of app.py, and no others', () => {
    const app = readFileSync(join(FOLDER, 'app.py'), 'utf8');
    const written = [...app.matchAll(/@serve\.deployment\(\s*name="([a-z]+)"/g)].map(([, name]) => name);
    const [{ deployments, import_path }] = serveConfig(SIZES.dev).applications as [Properties];
    expect(deployments.map(({ name }: Properties) => name).sort()).toEqual(written.sort());
    expect(import_path).toBe('app:app');
    expect(app).toMatch(/^app = /m);
  });

  test.each(STAGES)('%s: workers of Kubernetes suffice for those of Ray', (stage) => {
    const { rayWorkersMin, rayWorkersMax } = SIZES[stage];
    const [{ deployments }] = serveConfig(SIZES[stage]).applications as [Properties];
    expect(deployments[0].autoscaling_config).toMatchObject({
      min_replicas: rayWorkersMin,
      max_replicas: rayWorkersMax,
    });
    expect(rayWorkersMin).toBeGreaterThanOrEqual(1);
    expect(rayWorkersMax).toBeGreaterThan(rayWorkersMin);
  });

  test('is let to take more at once than all copies of the orchestrator ask for, one more in a rollout', () => {
    const numberOf = (env: readonly { name: string; value: string }[], key: string) =>
      Number(env.find(({ name }) => name === key)?.value);
    const { replicas, template } = named('Deployment', 'monte-carlo', 'proving-ground').spec;
    const asked = (replicas + 1) * numberOf(template.spec.containers[0].env, 'SIMULATIONS_AT_ONCE');
    for (const group of groups()) {
      const { env } = group.template.spec.containers[0];
      expect(numberOf(env, 'MONTE_CARLO_REQUESTS')).toBeGreaterThanOrEqual(asked);
      expect(numberOf(env, 'MONTE_CARLO_WORKERS')).toBe(SIZES.dev.rayWorkersMax);
    }
  });

  test('a version takes the place of another without a pause, and a node is not drained of its last worker', () => {
    expect(service().upgradeStrategy).toEqual({ type: 'NewCluster' });
    expect(service().rayClusterConfig.enableInTreeAutoscaling).toBe(true);
    for (const name of ['monte-carlo-ray', 'monte-carlo-ray-head']) {
      expect(named('PodDisruptionBudget', name).spec).toEqual({ minAvailable: 1, selector: labels(name) });
    }
  });
});

describe('the image', () => {
  const dockerfile = readFileSync(join(FOLDER, 'Dockerfile'), 'utf8');

  test('has the versions of pyproject.toml, which KubeRay is told', () => {
    const project = readFileSync(join(FOLDER, 'pyproject.toml'), 'utf8');
    expect(/"ray\[serve\]==([\d.]+)"/.exec(project)?.[1]).toBe(RAY_VERSION);
    expect(service().rayClusterConfig.rayVersion).toBe(RAY_VERSION);
  });

  test('takes every package in one version, those that others bring along as well', () => {
    const project = readFileSync(join(FOLDER, 'pyproject.toml'), 'utf8');
    const [, dependencies = ''] = /^dependencies = \[(.*)\]$/m.exec(project) ?? [];
    const [, served = ''] = /^serve = \[(.*)\]$/m.exec(project) ?? [];
    const asked = [...`${dependencies},${served}`.matchAll(/"([^"]+)"/g)].map(([, one = '']) =>
      one.replace('[serve]', ''),
    );
    const lines = readFileSync(join(FOLDER, 'constraints.txt'), 'utf8').split('\n').slice(1, -1);
    expect(asked.length).toBeGreaterThan(2);
    expect(lines).toEqual(expect.arrayContaining(asked));
    for (const line of lines) expect(line).toMatch(/^[a-z0-9-]+==[a-z0-9.]+$/);
    expect(dockerfile).toContain('pip install --no-cache-dir --only-binary=:all: -c constraints.txt');
  });

  test('is pinned, runs without root, and leaves tests out', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(new Set(bases)).toEqual(new Set(['python:3.11.14-slim-bookworm']));
    expect(dockerfile).toMatch(/^USER 1000:1000$/m);
    const ignored = readFileSync(join(FOLDER, '.dockerignore'), 'utf8').split('\n');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(\S+)/gm)].map(([, file]) => `!${file}`);
    expect(ignored.filter((line) => line.startsWith('!')).sort()).toEqual(copied.sort());
    expect(ignored).toContain('*');
  });
});
