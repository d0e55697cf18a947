import { BALANCER_LETS_GO_S } from '../../lib/constructs/service-mesh';
import { type Properties, templates } from '../fixtures/cloud/templates';

const manifest = (kind: string): Properties => {
  const found = templates()
    .manifests()
    .filter((candidate) => candidate.kind === kind);
  expect(found).toHaveLength(1);
  return found[0];
};
const charts = () => templates().all('Custom::AWSCDK-EKS-HelmChart');
const valuesOf = (release: string) =>
  JSON.parse(templates().text(charts().find(({ properties }) => properties.Release === release)?.properties.Values));

test('EKS adds nodes by need, of the kind that the images are built for, within limits', () => {
  const { properties } = templates().one('AWS::EKS::Cluster');
  expect(properties.ComputeConfig).toEqual({ Enabled: true, NodePools: [] });
  const { template, limits } = manifest('NodePool').spec;
  expect(template.spec.requirements).toEqual(
    expect.arrayContaining([{ key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] }]),
  );
  expect(limits).toEqual({ cpu: '24', memory: '96Gi' });
  expect(template.spec.nodeClassRef.name).toBe(manifest('NodeClass').metadata.name);
});

test('nodes encrypt their volumes by a key of ours, and join by an access entry of their role', () => {
  const { role, ephemeralStorage } = manifest('NodeClass').spec;
  expect(ephemeralStorage.kmsKeyID).toMatch(/VolumeKey/);
  const entries = templates()
    .all('AWS::EKS::AccessEntry')
    .filter(({ properties }) => properties.Type === 'EC2');
  expect(entries.map(({ properties }) => templates().text(properties.PrincipalArn))).toEqual([
    `${role.slice(0, -1)}.Arn>`,
  ]);
});

test('network policies are enforced', () => {
  expect(manifest('ConfigMap')).toMatchObject({
    metadata: { name: 'amazon-vpc-cni', namespace: 'kube-system' },
    data: { 'enable-network-policy-controller': 'true' },
  });
  expect(manifest('NodeClass').spec.networkPolicy).toBe('DefaultAllow');
});

/** A webhook that changes every Service stops whatever is installed while its own pods do not answer yet. */
test('load balancing is EKS’s own: no controller with webhooks is installed beside the charts', () => {
  const { properties } = templates().one('AWS::EKS::Cluster');
  expect(properties.KubernetesNetworkConfig.ElasticLoadBalancing).toEqual({ Enabled: true });
  expect(
    charts()
      .flatMap(({ properties: { Chart } }) => Chart ?? [])
      .sort(),
  ).toEqual(['base', 'cni', 'gateway', 'istiod', 'keda', 'kuberay-operator']);
  expect(valuesOf('keda').webhooks).toEqual({ enabled: false });
  expect(manifest('TargetGroupBinding').apiVersion).toBe('eks.amazonaws.com/v1');
  const { Tags } = templates().one('AWS::ElasticLoadBalancingV2::TargetGroup').properties;
  expect(Tags).toContainEqual({ Key: 'eks:eks-cluster-name', Value: properties.Name });
});

test('a pod of the ingress takes connections until the load balancer has let go of it, and ends after that', () => {
  const { TargetGroupAttributes } = templates().one('AWS::ElasticLoadBalancingV2::TargetGroup').properties;
  expect(TargetGroupAttributes).toEqual(
    expect.arrayContaining([
      { Key: 'deregistration_delay.timeout_seconds', Value: String(BALANCER_LETS_GO_S) },
      { Key: 'deregistration_delay.connection_termination.enabled', Value: 'true' },
    ]),
  );
  const { podAnnotations, terminationGracePeriodSeconds, podDisruptionBudget } = valuesOf('istio-ingress');
  const { terminationDrainDuration } = JSON.parse(podAnnotations['proxy.istio.io/config']);
  const drains = Number.parseInt(terminationDrainDuration, 10);
  expect(drains).toBeGreaterThan(BALANCER_LETS_GO_S);
  expect(terminationGracePeriodSeconds).toBeGreaterThan(drains);
  expect(podDisruptionBudget).toEqual({ maxUnavailable: 1 });
});

test('every chart is awaited', () => {
  for (const { properties } of charts())
    expect([properties.Release, properties.Wait]).toEqual([properties.Release, true]);
});
