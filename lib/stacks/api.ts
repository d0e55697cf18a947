import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { type FunctionName, functions } from '../../contracts/http/routes';
import { acknowledge } from '../constructs/acknowledge';
import { addImpactAlarm } from '../constructs/alarm';
import { percentOf, REQUEST_FLOOR } from '../constructs/error-alarms';
import { HttpFunction } from '../constructs/http-function';
import { addBehindAlarm } from '../constructs/judge-alarm';
import { nameOf } from '../constructs/naming';
import type { Surroundings } from '../constructs/service-lambda';
import { StageStack } from './stage-stack';

const ACCESS_LOG = {
  requestId: '$context.requestId',
  at: '$context.requestTime',
  route: '$context.routeKey',
  path: '$context.path',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
  sourceIp: '$context.identity.sourceIp',
  bytes: '$context.responseLength',
} as const;

/** The HTTP API and the functions behind it; routes come from the contract and nowhere else. */
export class ApiStack extends StageStack {
  readonly api: HttpApi;
  /** Host name that CloudFront sends `/api/*` to. */
  readonly apiHost: string;

  constructor(scope: Construct, surroundings: Surroundings) {
    super(scope, 'api', surroundings.config, 'HTTP API and its functions');
    const { config } = surroundings;
    this.api = new HttpApi(this, 'Api', {
      apiName: nameOf(config, 'api'),
      description: 'Proving Ground',
      createDefaultStage: false,
    });
    this.apiHost = `${this.api.apiId}.execute-api.${this.region}.${this.urlSuffix}`;
    acknowledge(
      this.api,
      'The functions check the access token by the route contract: sign-in, webhooks and health must be open.',
      'APIG4',
    );
    const logs = new LogGroup(this, 'AccessLogs', {
      logGroupName: `/aws/vendedlogs/${nameOf(config, 'api')}`,
      retention: config.sizes.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const rate = config.sizes.requestsPerSecondMax;
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: rate, burstLimit: rate * 2 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
    for (const name of Object.keys(functions) as FunctionName[]) {
      const { lambda } = new HttpFunction(this, this.api, name, surroundings);
      if (name === 'trading') addBehindAlarm(this, surroundings, lambda.logGroup);
    }
    addImpactAlarm(this, 'ServerErrors', {
      name: nameOf(config, 'api-5xx'),
      metric: percentOf(
        { failed: this.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }) },
        this.api.metricCount({ period: Duration.minutes(5), statistic: 'Sum' }),
        REQUEST_FLOOR,
      ),
      threshold: 1,
      minutes: 5,
      description: 'The API answers 5xx: traders see failures in the browser',
      topic: surroundings.alarmTopic,
    });
  }
}
