import type { Duration } from 'aws-cdk-lib';
import { type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnMetricFilter, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';

/** Where the numbers are that we make ourselves, out of the log lines of runtime/log.ts. */
export const ownNamespace = (config: StageConfig): string => `ProvingGround/${config.stage}`;

/** How many connections are open, over all copies of a workload. */
export const connectionsMetric = (workload: string): string => `${workload}-connections`;

/** pino's number of a level: `error` and what is worse. */
export const ERROR_LINES = '{ $.level >= 50 }';
/** What runtime/consume-batch.ts says of a record that becomes a dead letter. */
export const PARKED_LINES = '{ $.msg = "parked" }';
/** What runtime/http.ts says of a command that was refused because nobody has judged the account up to it. */
export const BEHIND_LINES = '{ $.refusal = "judge_behind" }';

type LineMetric = {
  readonly config: StageConfig;
  readonly logGroup: Pick<ILogGroup, 'logGroupName'>;
  readonly name: string;
  /** CloudWatch's pattern for JSON lines. */
  readonly pattern: string;
  readonly period: Duration;
  readonly statistic: 'Sum' | 'Maximum';
  /** The field that is the number; without one, lines are counted. */
  readonly value?: string;
};

/** A number for each line that fits the pattern; nought for lines that do not, so that silence is told from calm. */
export function lineMetric(scope: Construct, id: string, spec: LineMetric): IMetric {
  const { config, logGroup, name, pattern, value, period, statistic } = spec;
  new CfnMetricFilter(scope, id, {
    logGroupName: logGroup.logGroupName,
    filterPattern: pattern,
    metricTransformations: [
      {
        metricNamespace: ownNamespace(config),
        metricName: name,
        metricValue: value ?? '1',
        ...(value === undefined && { defaultValue: 0 }),
      },
    ],
  });
  return new Metric({ namespace: ownNamespace(config), metricName: name, period, statistic });
}
