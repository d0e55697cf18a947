import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnMetricFilter, type LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type Route, routeKey } from '../../contracts/http/route';
import type { FunctionSpec } from '../config/functions';
import type { StageConfig } from '../config/stage';
import { addImpactAlarm } from './alarm';
import { ERROR_LINES, lineMetric, ownNamespace } from './line-metric';
import { nameOf } from './naming';

/** Long enough for a rate to mean something, short enough for whoever is hurt. */
const RATE_PERIOD = Duration.minutes(5);
const RATE_MINUTES = 5;
/** So much of all that was asked must fail before somebody is woken, and never fewer than the floor. */
const FAILED_PERCENT = 1;
const FAILED_ON_ROUTE_PERCENT = 5;
/** One person's bad luck is no outage: a lost connection, a function that was stopped. */
export const REQUEST_FLOOR = 3;

type Alarmed = {
  readonly config: StageConfig;
  readonly name: string;
  readonly spec: FunctionSpec;
  readonly fn: LambdaFunction;
  readonly logGroup: LogGroup;
  readonly alarmTopic: ITopic;
};

/**
 * A function fails where it says so in an error line, although it has answered, and where Lambda ends it: the rate of
 * both in all calls. Callers whom its instances do not suffice for are turned away: that rings too.
 */
export function addFunctionAlarms(scope: Construct, { config, name, spec, fn, logGroup, alarmTopic }: Alarmed): void {
  const functionName = nameOf(config, name);
  const period = RATE_PERIOD;
  const lines = lineMetric(scope, 'ErrorLines', {
    config,
    logGroup,
    name: `${name}-error-lines`,
    pattern: ERROR_LINES,
    period,
    statistic: 'Sum',
  });
  addImpactAlarm(scope, 'Errors', {
    name: functionName,
    metric: percentOf(
      { lines, ended: fn.metricErrors({ period, statistic: 'Sum' }) },
      fn.metricInvocations({ period, statistic: 'Sum' }),
      spec.errorFloor ?? 1,
    ),
    threshold: FAILED_PERCENT,
    minutes: RATE_MINUTES,
    description: `${name} failed: ${spec.errorImpact}`,
    topic: alarmTopic,
  });
  addImpactAlarm(scope, 'Throttled', {
    name: `${functionName}-throttled`,
    metric: fn.metricThrottles({ period, statistic: 'Sum' }),
    threshold: 1,
    minutes: RATE_MINUTES,
    description: `${name} turns calls away, all its instances are busy: ${spec.errorImpact}`,
    topic: alarmTopic,
  });
}

/** The percentage of `all` that is `bad`; nought while fewer than `floor` are. */
export function percentOf(bad: Readonly<Record<string, IMetric>>, all: IMetric, floor: number): MathExpression {
  const sum = Object.keys(bad)
    .map((id) => `FILL(${id}, 0)`)
    .join(' + ');
  return new MathExpression({
    expression: `IF((${sum}) >= ${floor}, 100 * (${sum}) / FILL(all, 1), 0)`,
    usingMetrics: { ...bad, all },
    label: 'failed, %',
    period: RATE_PERIOD,
  });
}

/** `failed` of runtime/http.ts: nought or one for each request, so that its average is the share that failed. */
const FAILED = 'route-failed';

/** Per route, also where the function's other routes are well and outnumber it. */
export function addRouteAlarms(
  scope: Construct,
  routes: readonly Route[],
  { config, name, spec, logGroup, alarmTopic }: Omit<Alarmed, 'fn'>,
): void {
  new CfnMetricFilter(scope, 'RouteFailures', {
    logGroupName: logGroup.logGroupName,
    filterPattern: '{ $.failed >= 0 }',
    metricTransformations: [
      {
        metricNamespace: ownNamespace(config),
        metricName: FAILED,
        metricValue: '$.failed',
        dimensions: [{ key: 'Route', value: '$.route' }],
      },
    ],
  });
  for (const route of routes) {
    const key = routeKey(route);
    const failed = (statistic: string) =>
      new Metric({
        namespace: ownNamespace(config),
        metricName: FAILED,
        dimensionsMap: { Route: key },
        period: RATE_PERIOD,
        statistic,
      });
    addImpactAlarm(scope, `Failed ${key.replace(/[^A-Za-z0-9]+/g, ' ')}`, {
      name: nameOf(config, `${name} ${key}`),
      metric: new MathExpression({
        expression: `IF(failed >= ${REQUEST_FLOOR}, 100 * share, 0)`,
        usingMetrics: { failed: failed('Sum'), share: failed('Average') },
        label: 'answered 5xx, %',
        period: RATE_PERIOD,
      }),
      threshold: FAILED_ON_ROUTE_PERCENT,
      minutes: RATE_MINUTES,
      description: `${key} answers 5xx: ${spec.errorImpact}`,
      topic: alarmTopic,
    });
  }
}
