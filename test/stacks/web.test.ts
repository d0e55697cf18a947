import { type Properties, templates } from './templates';

const distribution = () => templates().one('AWS::CloudFront::Distribution').properties.DistributionConfig;
const behaviour = (path: string): Properties =>
  distribution().CacheBehaviors.find((candidate: Properties) => candidate.PathPattern === path);
const originOf = ({ TargetOriginId }: Properties): string => {
  const origin = distribution().Origins.find(({ Id }: Properties) => Id === TargetOriginId);
  return templates().text(origin.DomainName);
};

test('one origin serves pages, API and sockets', () => {
  expect(distribution().CacheBehaviors).toHaveLength(2);
  expect(originOf(distribution().DefaultCacheBehavior)).toMatch(/^<Pages/);
  expect(originOf(behaviour('/api/*'))).toMatch(/execute-api/);
  expect(originOf(behaviour('/ws'))).toBe('ws-origin.dev.proving-ground.example');
});

test('the API is never cached and takes every method', () => {
  const managedCachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
  expect(behaviour('/api/*')).toMatchObject({
    CachePolicyId: managedCachingDisabled,
    ViewerProtocolPolicy: 'https-only',
  });
  expect(behaviour('/api/*').AllowedMethods).toEqual(expect.arrayContaining(['GET', 'POST', 'PUT', 'DELETE']));
});

test('pages and API answer with headers that a browser defends itself by', () => {
  const policies = templates()
    .all('AWS::CloudFront::ResponseHeadersPolicy')
    .map(({ properties }) => properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig);
  expect(policies).toHaveLength(2);
  for (const policy of policies) {
    expect(policy.StrictTransportSecurity.AccessControlMaxAgeSec).toBeGreaterThanOrEqual(31_536_000);
    expect(policy.ContentTypeOptions.Override).toBe(true);
    expect(policy.ContentSecurityPolicy.ContentSecurityPolicy).toMatch(/default-src '(self|none)'/);
  }
});

test('buckets are private, encrypted, and refuse plain HTTP', () => {
  const buckets = templates().all('AWS::S3::Bucket');
  expect(buckets.length).toBeGreaterThanOrEqual(2);
  for (const { properties } of buckets) {
    expect(properties.BucketEncryption).toBeDefined();
    expect(properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
  }
  const refusals = templates()
    .all('AWS::S3::BucketPolicy')
    .filter(({ properties }) => JSON.stringify(properties.PolicyDocument).includes('"aws:SecureTransport":"false"'));
  expect(refusals).toHaveLength(buckets.length);
});

test('the firewall limits each address and runs the managed rule groups', () => {
  const { properties } = templates().one('AWS::WAFv2::WebACL');
  expect(properties.Scope).toBe('CLOUDFRONT');
  expect(properties.Rules.map(({ Name }: Properties) => Name)).toEqual([
    'rate-per-address',
    'AWSManagedRulesAmazonIpReputationList',
    'AWSManagedRulesKnownBadInputsRuleSet',
    'AWSManagedRulesCommonRuleSet',
  ]);
  expect(templates().text(distribution().WebACLId)).toMatch(/^<Firewall/);
});

test("the sockets' load balancer lets only CloudFront in, by TLS", () => {
  expect(templates().one('AWS::ElasticLoadBalancingV2::Listener').properties).toMatchObject({
    Port: 443,
    Protocol: 'TLS',
  });
  const ingress = templates()
    .resources.filter(({ stack, type }) => stack.endsWith('-ingress') && type.startsWith('AWS::EC2::SecurityGroup'))
    .flatMap(({ type, properties }) =>
      type === 'AWS::EC2::SecurityGroup' ? (properties.SecurityGroupIngress ?? []) : [properties],
    );
  expect(ingress.filter(({ CidrIp }: Properties) => CidrIp)).toEqual([]);
  expect(ingress.some(({ SourcePrefixListId }: Properties) => SourcePrefixListId === 'pl-3b927c52')).toBe(true);
});
