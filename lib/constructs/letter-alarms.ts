import { Duration } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';
import { ALARM_PERIOD, addImpactAlarm } from './alarm';
import { lineMetric, PARKED_LINES } from './line-metric';
import { nameOf } from './naming';

type Parking = {
  readonly config: StageConfig;
  readonly name: string;
  readonly logGroup: Pick<ILogGroup, 'logGroupName'>;
  readonly alarmTopic: ITopic;
  /** What does not happen while a record is parked. */
  readonly impact: string;
  readonly pattern?: string;
};

/** Rings at the first record that becomes a dead letter: what it stands for waits until somebody replays it. */
export function addParkedAlarm(scope: Construct, { config, name, logGroup, alarmTopic, impact, pattern }: Parking) {
  addImpactAlarm(scope, `${name}-parked`, {
    name: nameOf(config, `${name}-parked`),
    metric: lineMetric(scope, `${name}-parked-lines`, {
      config,
      logGroup,
      name: `${name}-parked`,
      pattern: pattern ?? PARKED_LINES,
      period: ALARM_PERIOD,
      statistic: 'Sum',
    }),
    threshold: 1,
    minutes: 1,
    description: `${name} parked a record, see docs/how-to/operate.md: ${impact}`,
    topic: alarmTopic,
  });
}

/** As often as the function that counts them runs. */
const COUNTED_EVERY = Duration.hours(1);

/** Goes on ringing as long as letters wait: the hourly sweep counts them. */
export function addWaitingLettersAlarm(
  scope: Construct,
  { config, logGroup, alarmTopic }: Omit<Parking, 'name' | 'impact'>,
) {
  addImpactAlarm(scope, 'letters-waiting', {
    name: nameOf(config, 'letters-waiting'),
    metric: lineMetric(scope, 'letters-waiting-lines', {
      config,
      logGroup,
      name: 'letters-waiting',
      pattern: '{ $.lettersWaiting >= 0 }',
      value: '$.lettersWaiting',
      period: COUNTED_EVERY,
      statistic: 'Maximum',
    }),
    threshold: 1,
    minutes: COUNTED_EVERY.toMinutes(),
    description: 'Dead letters wait: what they stand for has not happened, see docs/how-to/operate.md',
    topic: alarmTopic,
  });
}
