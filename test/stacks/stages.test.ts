import { rmSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { committedContext } from '../../lib/config/context';
import { stageConfig } from '../../lib/config/stage';
import { PROD_INPUTS as PROD } from '../fixtures/cloud/prod-inputs';
import { ROOT, synthesize } from '../fixtures/cloud/synthesize';
import { Templates } from '../fixtures/cloud/templates';

const read = (stage: string, environment: Record<string, string | undefined>) =>
  stageConfig(new App({ context: { ...committedContext(ROOT), stage } }).node, environment);

test('a fresh clone synthesizes, but its placeholders are refused for a deploy', () => {
  expect(read('dev', {}).publicOrigin).toBe('https://dev.proving-ground.example');
  expect(() => read('dev', { PROVING_GROUND_DEPLOY: '1' })).toThrow(/account: is the placeholder/);
});

test('a complete production stage is read from the environment', () => {
  expect(read('prod', PROD)).toMatchObject({
    stage: 'prod',
    redisPort: 12_345,
    publicOrigin: 'https://trade.example.com',
    krakenSymbols: 'BTC/USD,ETH/USD,SOL/USD,USDT/USD',
    binanceSymbols: 'BTC/USDT,ETH/USDT,SOL/USDT',
    coinbaseProducts: 'BTC-USD,ETH-USD,SOL-USD,USDT-USD',
    sizes: { natGateways: 3, retainData: true },
  });
});

const REQUIRED = Object.keys(PROD).filter((key) => !key.includes('RESOURCE_CONFIGURATION'));

test.each(REQUIRED)('production without %s is refused by that name', (key) => {
  expect(() => read('prod', { ...PROD, [key]: undefined })).toThrow(key);
});

test.each`
  fault                     | name                            | value               | told
  ${'an account too short'} | ${'PROVING_GROUND_ACCOUNT'}     | ${'12'}             | ${/account: must be an AWS acc/}
  ${'a region in words'}    | ${'PROVING_GROUND_REGION'}      | ${'Ireland'}        | ${/region: must be an AWS region/}
  ${'a URL as domain'}      | ${'PROVING_GROUND_DOMAIN_NAME'} | ${'https://x.com/'} | ${/domainName: must be/}
  ${'a port in words'}      | ${'PROVING_GROUND_REDIS_PORT'}  | ${'default'}        | ${/redisPort: must be a port/}
`('$fault is refused by name', ({ name, value, told }) => {
  expect(() => read('prod', { ...PROD, [name]: value })).toThrow(told);
});

test('half a way to Redis is too little, and two are one too many', () => {
  const peering = { PROVING_GROUND_REDIS_PEERING_ID: 'pcx-0abc', PROVING_GROUND_REDIS_PEERING_CIDR: '10.0.0.0/24' };
  const neither = { ...PROD, PROVING_GROUND_REDIS_RESOURCE_CONFIGURATION_ARN: undefined };
  const half = { ...neither, PROVING_GROUND_REDIS_PEERING_ID: 'pcx-0abc' };
  expect(() => read('prod', { ...PROD, ...peering })).toThrow(/not both/);
  expect(() => read('prod', half)).toThrow(/redisPeeringId: give/);
  expect(read('prod', { ...neither, ...peering }).redisPeeringId).toBe('pcx-0abc');
});

test('an unknown stage is refused', () => {
  expect(() => read('live', {})).toThrow('live is none of dev, staging, prod');
});

describe('production', () => {
  let templates: Templates;
  beforeAll(() => {
    const directory = synthesize({ STAGE: 'prod', ...PROD, PROVING_GROUND_OPERATOR_HOST: 'true' });
    templates = new Templates(directory);
    rmSync(directory, { recursive: true });
  });

  test('passes the synth and cdk-nag in another region', () => {
    expect(
      templates.all('AWS::EC2::VPCEndpoint').filter(({ properties }) => properties.VpcEndpointType === 'Resource'),
    ).toHaveLength(1);
    expect(templates.all('AWS::EC2::NatGateway')).toHaveLength(3);
    expect(templates.one('AWS::WAFv2::WebACL').stack).toBe('proving-ground-prod-edge');
  });

  test('keeps nothing that a failed first create made: it would hold the names that the next try needs', () => {
    const kept = templates.resources.filter(({ deletionPolicy }) => deletionPolicy === 'Retain');
    expect(kept.map(({ stack, id }) => `${stack}/${id}`)).toEqual([]);
  });

  test.each(['AWS::SecretsManager::Secret', 'AWS::MSK::Cluster', 'AWS::S3::Bucket', 'AWS::KMS::Key'])(
    'keeps every %s, once it is made, when its stack goes',
    (type) => {
      const policies = templates.all(type).map(({ deletionPolicy }) => deletionPolicy);
      expect(new Set(policies)).toEqual(new Set(['RetainExceptOnCreate']));
    },
  );

  test('has the host for operators that was asked for', () => {
    expectHost(templates);
  });
});

/** The way to the private control plane, where it is asked for: nothing comes in, HTTPS goes out, nobody has a key. */
function expectHost(templates: Templates): void {
  const { properties: host, stack } = templates.one('AWS::EC2::Instance');
  expect(host).toMatchObject({ InstanceType: 't4g.nano', BlockDeviceMappings: [{ Ebs: { Encrypted: true } }] });
  expect(host.KeyName).toBeUndefined();
  expect(templates.text(host.SubnetId)).toMatch(/^<Vpcprivate/);
  const group = templates.all('AWS::EC2::SecurityGroup').find((one) => one.stack === stack && /^Host/.test(one.id));
  expect(group?.properties.SecurityGroupIngress).toBeUndefined();
  expect(group?.properties.SecurityGroupEgress).toMatchObject([{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }]);
  const doors = templates.all('AWS::EC2::SecurityGroupIngress').filter((one) => one.stack === stack);
  expect(doors.map(({ properties }) => [properties.FromPort, properties.ToPort])).toEqual([[443, 443]]);
  expect(templates.text(doors[0]?.properties.GroupId)).toContain('ClusterSecurityGroupId');
  const rights = templates
    .all('AWS::IAM::Policy')
    .filter((one) => one.stack === stack && /^Operator/.test(one.id))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement);
  const session = rights.find(({ Action }: { Action: string }) => Action === 'ssm:StartSession');
  expect(session?.Resource.map((one: never) => templates.text(one)).sort()).toEqual([
    expect.stringMatching(/:instance\/<Host/),
    expect.stringMatching(/:ssm:eu-west-1::document\/AWS-StartPortForwardingSessionToRemoteHost$/),
  ]);
}
