import { ORIGIN_SECRET_HEADER } from '../../contracts/http/edge';
import { synthesize } from '../fixtures/cloud/synthesize';
import { type Properties, Templates, templates } from '../fixtures/cloud/templates';

const distribution = () => templates().one('AWS::CloudFront::Distribution').properties.DistributionConfig;
const behaviour = (path: string): Properties =>
  distribution().CacheBehaviors.find((candidate: Properties) => candidate.PathPattern === path);
const originOf = ({ TargetOriginId }: Properties): string => {
  const origin = distribution().Origins.find(({ Id }: Properties) => Id === TargetOriginId);
  return templates().text(origin.DomainName);
};

test('one origin serves pages, API and sockets', () => {
  expect(distribution().CacheBehaviors).toHaveLength(3);
  expect(originOf(distribution().DefaultCacheBehavior)).toMatch(/^<Pages/);
  expect(originOf(behaviour('/api/*'))).toMatch(/execute-api/);
  expect(originOf(behaviour('/ws'))).toBe('ws-origin.dev.proving-ground.example');
});

test('the keys of the access tokens are where their issuer’s name leads', () => {
  const keys = behaviour('/.well-known/jwks.json');
  expect(originOf(keys)).toBe(originOf(behaviour('/api/*')));
  expect(keys.AllowedMethods).toEqual(['GET', 'HEAD']);
});

test('API and sockets are shown the viewer’s address and a secret that the viewer cannot set', () => {
  const value = '{{resolve:secretsmanager:proving-ground/dev/edge:SecretString:current::}}';
  for (const path of ['/api/*', '/.well-known/jwks.json', '/ws']) {
    const { TargetOriginId, FunctionAssociations } = behaviour(path);
    const { OriginCustomHeaders } = distribution().Origins.find(({ Id }: Properties) => Id === TargetOriginId);
    expect(OriginCustomHeaders).toEqual([{ HeaderName: ORIGIN_SECRET_HEADER, HeaderValue: value }]);
    expect(FunctionAssociations.map(({ EventType }: Properties) => EventType)).toEqual(['viewer-request']);
    expect(templates().text(FunctionAssociations[0].FunctionARN)).toMatch(/^<stripapiprefix/);
  }
  expect(ORIGIN_SECRET_HEADER).not.toMatch(/^x-(amz|edge)-/);
});

test('the secret is made complete: nobody has to fill it in', () => {
  const secret = templates()
    .all('AWS::SecretsManager::Secret')
    .find(({ properties }) => properties.Name === 'proving-ground/dev/edge');
  expect(secret?.properties.GenerateSecretString).toMatchObject({
    SecretStringTemplate: '{}',
    GenerateStringKey: 'current',
    PasswordLength: 40,
  });
});

test('a rotation names the version that CloudFront is to send, which makes CloudFormation read it anew', () => {
  const version = '0190a7c0-1111-4222-8333-444455556666';
  const rotated = new Templates(synthesize({ PROVING_GROUND_EDGE_SECRET_VERSION: version }));
  const { Origins } = rotated.one('AWS::CloudFront::Distribution').properties.DistributionConfig;
  const sent = Origins.flatMap(({ OriginCustomHeaders = [] }: Properties) => OriginCustomHeaders);
  expect(sent.map(({ HeaderValue }: Properties) => HeaderValue)).toEqual(
    [1, 2].map(() => `{{resolve:secretsmanager:proving-ground/dev/edge:SecretString:current::${version}}}`),
  );
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
