import { Duration } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { addImpactAlarm } from './alarm';
import { BEHIND_LINES, lineMetric } from './line-metric';
import { nameOf } from './naming';
import type { Surroundings } from './service-lambda';

/**
 * Rings at the first account that may not add risk because its judge is minutes behind: an engine that is late by
 * seconds refuses nobody.
 */
export function addBehindAlarm(
  scope: Construct,
  { config, alarmTopic }: Surroundings,
  logGroup: Pick<ILogGroup, 'logGroupName'>,
): void {
  addImpactAlarm(scope, 'JudgeBehind', {
    name: nameOf(config, 'judge-behind'),
    metric: lineMetric(scope, 'JudgeBehindLines', {
      config,
      logGroup,
      name: 'judge-behind',
      pattern: BEHIND_LINES,
      period: Duration.minutes(5),
      statistic: 'Sum',
    }),
    threshold: 1,
    minutes: 5,
    description:
      'Accounts are judged minutes late, see docs/how-to/operate.md: their holders may only get out of positions',
    topic: alarmTopic,
  });
}
