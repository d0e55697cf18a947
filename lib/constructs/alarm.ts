import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export const ALARM_PERIOD = Duration.minutes(1);

export type ImpactAlarmProps = {
  readonly name: string;
  readonly metric: IMetric;
  /** The alarm rings at this value and above; or only below it. */
  readonly threshold: number;
  readonly below?: true;
  /** For how long: a whole number of the metric's periods. */
  readonly minutes: number;
  /** What went wrong and who is hurt: the first line that the person on call reads. */
  readonly description: string;
  readonly topic: ITopic;
  /** Silence is itself the fault (a metric that a running part always sends). */
  readonly missingIsBad?: true;
};

export function addImpactAlarm(scope: Construct, id: string, props: ImpactAlarmProps): Alarm {
  const alarm = new Alarm(scope, id, {
    alarmName: props.name,
    metric: props.metric,
    threshold: props.threshold,
    evaluationPeriods: Math.ceil(props.minutes / periodOf(props.metric).toMinutes()),
    comparisonOperator: props.below
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: props.missingIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    alarmDescription: props.description,
  });
  alarm.addAlarmAction(new SnsAction(props.topic));
  alarm.addOkAction(new SnsAction(props.topic));
  return alarm;
}

function periodOf(metric: IMetric): Duration {
  const { metricStat, mathExpression } = metric.toMetricConfig();
  return metricStat?.period ?? Duration.seconds(mathExpression?.period ?? ALARM_PERIOD.toSeconds());
}
