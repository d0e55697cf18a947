import { Duration } from 'aws-cdk-lib';
import { type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';
import { RAY_NAMESPACE } from '../manifests/manifest';
import { RAY } from '../manifests/ray/pods';
import { ALARM_PERIOD, addImpactAlarm } from './alarm';
import { lineMetric, ownNamespace } from './line-metric';
import { nameOf } from './naming';

const PERIOD = Duration.minutes(1);
/** A study takes seconds; whoever has waited so long does not look any more. */
const WAITED_S_MAX = 600;

export const STUDIES_OPEN = 'studies-open';
export const STUDIES_OLDEST = 'studies-oldest-waiting';

type Watched = {
  readonly config: StageConfig;
  readonly logGroup: Pick<ILogGroup, 'logGroupName'>;
  readonly topic: ITopic;
  /** The pattern of the orchestrator's lines that pass a test. */
  readonly lines: (test: string) => string;
};

/** Ray's workers that take requests: what stands ready behind the Service that KubeRay keeps. */
export const rayServing = (config: StageConfig): IMetric =>
  new Metric({
    namespace: 'ContainerInsights',
    metricName: 'service_number_of_running_pods',
    dimensionsMap: { ClusterName: nameOf(config, 'cluster'), Namespace: RAY_NAMESPACE, Service: RAY },
    statistic: 'Minimum',
    period: ALARM_PERIOD,
  });

/** Rings where nothing plays simulations, and where they wait. A deploy does not wait for Ray: this tells of it. */
export function addSimulationAlarms(scope: Construct, { config, logGroup, topic, lines }: Watched): void {
  addImpactAlarm(scope, 'ray-down', {
    name: nameOf(config, `${RAY}-down`),
    metric: rayServing(config),
    threshold: 1,
    below: true,
    minutes: 10, // A new node, its image, and Ray itself take five.
    missingIsBad: true,
    description: 'Ray serves no simulations, see docs/how-to/operate.md: whoever asks for odds is refused',
    topic,
  });
  const told = (name: string, field: string) =>
    lineMetric(scope, name, {
      config,
      logGroup,
      name,
      pattern: lines(`${field} >= 0`),
      value: `$.log_processed.${field}`,
      period: PERIOD,
      statistic: 'Maximum',
    });
  told(STUDIES_OPEN, 'studiesOpen');
  addImpactAlarm(scope, 'studies-waiting', {
    name: nameOf(config, 'studies-waiting'),
    metric: told(STUDIES_OLDEST, 'oldestStudyS'),
    threshold: WAITED_S_MAX,
    minutes: 3,
    description:
      'Nobody plays a study that came ten minutes ago, see docs/how-to/operate.md: traders wait for their odds',
    topic,
  });
}

/** How many studies have not ended, how long the oldest waits, and how many of Ray's workers there are. */
export const simulationMetrics = (config: StageConfig) => {
  const own = (metricName: string) =>
    new Metric({ namespace: ownNamespace(config), metricName, statistic: 'Maximum', period: PERIOD });
  return { open: own(STUDIES_OPEN), oldest: own(STUDIES_OLDEST), serving: rayServing(config) };
};
