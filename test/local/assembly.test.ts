import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly } from '../../local/assembly/assembly';
import { readBehaviours } from '../../local/assembly/distribution';

type Template = { readonly Resources: Record<string, unknown>; readonly Outputs?: Record<string, unknown> };

/** An assembly of hand-written templates, by stack name. */
function assemblyOf(templates: Readonly<Record<string, Template>>) {
  const dir = mkdtempSync(join(tmpdir(), 'assembly-'));
  for (const [stack, template] of Object.entries(templates)) {
    writeFileSync(join(dir, `${stack}.template.json`), JSON.stringify(template));
  }
  return readAssembly(dir);
}

const lambda = (name: string, properties: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Metadata: { ProvingGroundHandler: `lambdas/${name}/handler.ts` },
  Properties: { FunctionName: name, Timeout: 10, ...properties },
});

const data: Template = {
  Resources: { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: {} } },
  Outputs: { Shared: { Value: { Ref: 'Secret' }, Export: { Name: 'data:SecretArn' } } },
};

describe('functions and routes', () => {
  const Environment = { Variables: { STAGE: 'dev', DATABASE_SECRET: { 'Fn::ImportValue': 'data:SecretArn' } } };
  const api: Template = {
    Resources: {
      Trade: lambda('trading', { Environment, ReservedConcurrentExecutions: 2 }),
      Provider: { Type: 'AWS::Lambda::Function', Properties: {} },
      Integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: { IntegrationUri: { 'Fn::GetAtt': ['Trade', 'Arn'] } },
      },
      Route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          RouteKey: 'POST /orders',
          Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
        },
      },
    },
  };

  test('a function is known by its handler, with its limits and its environment', () => {
    const { functions, routes } = assemblyOf({ api, data });
    expect([...functions.values()]).toEqual([
      {
        name: 'trading',
        functionName: 'trading',
        handlerFile: 'lambdas/trading/handler.ts',
        environment: { STAGE: 'dev', DATABASE_SECRET: 'aws:data/Secret' },
        timeoutMs: 10_000,
        instancesMax: 2,
      },
    ]);
    expect(routes).toEqual([{ routeKey: 'POST /orders', functionName: 'trading' }]);
  });

  test('an import that no stack exports is an error that names it', () => {
    expect(() => assemblyOf({ api })).toThrow('the assembly imports data:SecretArn, which no stack exports');
  });

  test('a route to something that is no function of ours is an error', () => {
    const Resources = { ...api.Resources, Trade: { Type: 'AWS::Lambda::Function', Properties: {} } };
    expect(() => assemblyOf({ api: { Resources }, data })).toThrow('the assembly calls aws:api/Trade');
  });
});

test('an event source is read with everything that shapes its deliveries', () => {
  const { sources } = assemblyOf({
    consumers: {
      Resources: {
        Report: lambda('write-report'),
        Source: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: {
            FunctionName: { Ref: 'Report' },
            Topics: ['assessment'],
            AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'dev-write-report' },
            BatchSize: 5,
            MaximumBatchingWindowInSeconds: 1,
            StartingPosition: 'TRIM_HORIZON',
          },
        },
      },
    },
  });
  expect(sources).toEqual([
    {
      functionName: 'write-report',
      topic: 'assessment',
      groupId: 'dev-write-report',
      batchSize: 5,
      windowMs: 1_000,
      fromBeginning: true,
    },
  ]);
});

describe('schedules and steps', () => {
  const scheduled = (expression: string) => ({
    jobs: {
      Resources: {
        Sweep: lambda('sweep'),
        Rule: {
          Type: 'AWS::Events::Rule',
          Properties: {
            Name: 'sweep',
            ScheduleExpression: expression,
            Targets: [{ Arn: { 'Fn::GetAtt': ['Sweep', 'Arn'] } }],
          },
        },
      },
    },
  });

  test.each`
    expression            | everyMs
    ${'rate(1 minute)'}   | ${60_000}
    ${'rate(90 minutes)'} | ${5_400_000}
    ${'rate(1 hour)'}     | ${3_600_000}
    ${'rate(2 days)'}     | ${172_800_000}
  `('$expression', ({ expression, everyMs }) => {
    expect(assemblyOf(scheduled(expression)).schedules).toEqual([{ functionName: 'sweep', everyMs, name: 'sweep' }]);
  });

  test('a schedule that is no rate stops the start instead of never running', () => {
    expect(() => assemblyOf(scheduled('cron(0 12 * * ? *)'))).toThrow('cron(0 12 * * ? *) is not a rate');
  });

  test('a deployment step names its function and keeps its properties', () => {
    const Step = { Type: 'Custom::ProvingGround-create-topics', Properties: { topics: [{ name: 'trading' }] } };
    const { steps } = assemblyOf({ streaming: { Resources: { Topics: lambda('create-topics'), Step } } });
    expect([...steps.values()]).toEqual([
      { functionName: 'create-topics', properties: { topics: [{ name: 'trading' }] } },
    ]);
    expect(() => assemblyOf({ streaming: { Resources: { Step } } })).toThrow('create-topics has no function');
  });
});

test('the workloads are the Deployments of the manifests', () => {
  const env = [{ name: 'STAGE', value: 'dev' }];
  const containers = [{ env, ports: [{ containerPort: 3001 }] }];
  const manifest = [
    { kind: 'Service', metadata: { name: 'market-data' }, spec: {} },
    { kind: 'Deployment', metadata: { name: 'market-data' }, spec: { template: { spec: { containers } } } },
  ];
  const { workloads } = assemblyOf({
    workloads: {
      Resources: {
        Release: {
          Type: 'Custom::AWSCDK-EKS-HelmChart',
          Properties: { ChartAssetURL: 's3://assets/chart.zip', Values: JSON.stringify({ objects: manifest }) },
        },
        Mesh: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { Chart: 'istiod', Values: '{}' } },
      },
    },
  });
  expect(workloads).toEqual([{ name: 'market-data', environment: { STAGE: 'dev' }, port: 3001 }]);
});

describe('the distribution', () => {
  const behaviour = (TargetOriginId: string, more: object = {}) => ({ TargetOriginId, ...more });
  const FunctionAssociations = [
    { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Strip', 'FunctionARN'] } },
    { EventType: 'viewer-response', FunctionARN: { 'Fn::GetAtt': ['Tell', 'FunctionARN'] } },
  ];
  const HeaderValue = '{{resolve:secretsmanager:proving-ground/dev/edge:SecretString:current::}}';
  const OriginCustomHeaders = [
    { HeaderName: 'X-Origin-Secret', HeaderValue },
    { HeaderName: 'x-plain', HeaderValue: 'as it is' },
  ];
  const ResponseHeadersPolicyConfig = {
    CustomHeadersConfig: { Items: [{ Header: 'Permissions-Policy', Value: 'camera=()', Override: true }] },
    SecurityHeadersConfig: {
      ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'", Override: true },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 1, Override: true },
    },
  };
  const web: Template = {
    Resources: {
      Strip: { Type: 'AWS::CloudFront::Function', Properties: { FunctionCode: 'function handler(e) {}' } },
      Tell: { Type: 'AWS::CloudFront::Function', Properties: { FunctionCode: 'function handler(f) {}' } },
      Headers: { Type: 'AWS::CloudFront::ResponseHeadersPolicy', Properties: { ResponseHeadersPolicyConfig } },
      Distribution: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: {
          DistributionConfig: {
            Origins: [
              { Id: 'pages', DomainName: 'bucket', S3OriginConfig: {} },
              { Id: 'api', DomainName: { 'Fn::Join': ['', ['x.execute-api.', { Ref: 'AWS::Region' }, '.aws']] } },
              { Id: 'ws', DomainName: 'ws.example', OriginCustomHeaders },
            ],
            DefaultCacheBehavior: behaviour('pages', { ResponseHeadersPolicyId: { Ref: 'Headers' } }),
            CacheBehaviors: [
              behaviour('api', { PathPattern: '/api/*', FunctionAssociations }),
              behaviour('ws', { PathPattern: '/ws' }),
            ],
          },
        },
      },
    },
  };

  test('is read in the order in which CloudFront tries its behaviours', () => {
    const secretField = (name: string, field: string) => `the ${field} of ${name}`;
    expect(readBehaviours(assemblyOf({ web }).templates, secretField)).toEqual([
      {
        pattern: '/api/*',
        target: 'api',
        originHeaders: {},
        responseHeaders: {},
        viewerRequest: 'function handler(e) {}',
        viewerResponse: 'function handler(f) {}',
      },
      {
        pattern: '/ws',
        target: 'websocket',
        viewerRequest: undefined,
        viewerResponse: undefined,
        originHeaders: { 'x-origin-secret': 'the current of edge', 'x-plain': 'as it is' },
        responseHeaders: {},
      },
      {
        pattern: '*',
        target: 'pages',
        viewerRequest: undefined,
        viewerResponse: undefined,
        originHeaders: {},
        // Strict-Transport-Security is not kept: the laptop's origin has no TLS.
        responseHeaders: {
          'permissions-policy': 'camera=()',
          'content-security-policy': "default-src 'self'",
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'referrer-policy': 'no-referrer',
        },
      },
    ]);
  });
});
