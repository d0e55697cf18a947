import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, Metric, Row } from 'aws-cdk-lib/aws-cloudwatch';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type ConsumerSpec, consumers } from '../config/functions';
import type { StageConfig } from '../config/stage';
import { workloads } from '../config/workloads';
import { ALARM_PERIOD, addImpactAlarm } from '../constructs/alarm';
import { addParkedAlarm } from '../constructs/letter-alarms';
import { connectionsMetric, lineMetric, ownNamespace } from '../constructs/line-metric';
import { nameOf } from '../constructs/naming';
import { addSimulationAlarms, simulationMetrics } from '../constructs/simulation-alarms';
import { NAMESPACE } from '../manifests/manifest';
import type { ApiStack } from './api';
import { StageStack } from './stage-stack';
import { brokerMetrics } from './streaming';

const PERIOD = Duration.minutes(1);
const WIDTH = 8;
const RELAY = 'event-relay';
const ARCHIVER = 'archiver';
/** A window is a minute long after its verdict, and waits for a file of five; an hour is three attempts at least. */
const OWED_S_MAX = 3_600;
const GATEWAY = 'websocket';
const ORCHESTRATOR = 'monte-carlo';
/** A workload that loses a connection says so once or twice and goes on. */
const WORKLOAD_ERRORS_FLOOR = 5;

/** One page that answers "does it work?", and the alarms of the workloads, whose numbers come from the cluster. */
export class ObservabilityStack extends StageStack {
  constructor(
    scope: Construct,
    config: StageConfig,
    private readonly api: ApiStack,
    topic: ITopic,
  ) {
    super(scope, 'observability', config, 'dashboard and the alarms of workloads');
    for (const [name, { outage }] of Object.entries(workloads)) {
      addImpactAlarm(this, `${name}-down`, {
        name: nameOf(config, `${name}-down`),
        metric: this.running(name),
        threshold: 1,
        below: true,
        minutes: 3,
        missingIsBad: true,
        description: `${name} does not run: ${outage}`,
        topic,
      });
      this.addLineAlarms(name, outage, topic);
    }
    new Dashboard(this, 'Dashboard', {
      dashboardName: nameOf(config, 'overview'),
      widgets: [[this.apiRow()], [this.streamingRow()], [this.consumersRow()], [this.simulationsRow()]],
    });
  }

  /** Pods that run behind the workload's Service, from Container Insights. */
  private running(name: string): IMetric {
    return new Metric({
      namespace: 'ContainerInsights',
      metricName: 'service_number_of_running_pods',
      dimensionsMap: { ClusterName: nameOf(this.config, 'cluster'), Namespace: NAMESPACE, Service: name },
      statistic: 'Minimum',
      period: ALARM_PERIOD,
    });
  }

  private apiRow(): Row {
    const { api } = this.api;
    return new Row(
      graph('Requests', api.metricCount({ period: PERIOD })),
      graph(
        'Latency, p50 and p99',
        ...['p50', 'p99'].map((statistic) => api.metricLatency({ period: PERIOD, statistic })),
      ),
      graph('Errors', api.metricClientError({ period: PERIOD }), api.metricServerError({ period: PERIOD })),
    );
  }

  private streamingRow(): Row {
    const dimensionsMap = { 'Cluster Name': nameOf(this.config, 'streaming') };
    const kafka = (metricName: string) =>
      new Metric({ namespace: 'AWS/Kafka', metricName, dimensionsMap, period: PERIOD, statistic: 'Maximum' });
    return new Row(
      graph(
        'Kafka: partitions offline, under-replicated',
        kafka('OfflinePartitionsCount'),
        ...brokerMetrics(this.config, 'UnderReplicatedPartitions'),
      ),
      graph('Kafka: disk used, %', ...brokerMetrics(this.config, 'KafkaDataLogsDiskUsed')),
      graph('Kafka: CPU of brokers, %', ...brokerMetrics(this.config, 'CpuUser')),
    );
  }

  private consumersRow(): Row {
    const own = (metricName: string, statistic: string, period = PERIOD) =>
      new Metric({ namespace: ownNamespace(this.config), metricName, statistic, period });
    const lag = ([name, { topic }]: readonly [string, ConsumerSpec]) =>
      new Metric({
        namespace: 'AWS/Kafka',
        metricName: 'MaxOffsetLag',
        statistic: 'Maximum',
        period: PERIOD,
        label: name,
        dimensionsMap: {
          'Cluster Name': nameOf(this.config, 'streaming'),
          Topic: topic,
          'Consumer Group': nameOf(this.config, name),
        },
      });
    return new Row(
      graph('Consumers: records behind', ...Object.entries<ConsumerSpec>(consumers).map(lag)),
      graph('Parked records', ...[...Object.keys(consumers), RELAY].map((name) => own(`${name}-parked`, 'Sum'))),
      graph('Live connections', own(connectionsMetric(GATEWAY), 'Maximum')),
      graph('Dead letters that wait', own('letters-waiting', 'Maximum', Duration.hours(1))),
    );
  }

  private simulationsRow(): Row {
    const { open, oldest, serving } = simulationMetrics(this.config);
    return new Row(
      graph('Simulations that have not ended', open),
      graph('Simulations: seconds that the oldest waits', oldest),
      graph('Ray: workers that serve', serving),
    );
  }

  /**
   * What a workload says of itself. The agent of the cluster writes the lines of all pods into one log group and keeps
   * what it reads of a JSON line under `log_processed`.
   */
  private addLineAlarms(name: string, outage: string, topic: ITopic): void {
    const { config } = this;
    const logGroup = { logGroupName: `/aws/containerinsights/${nameOf(config, 'cluster')}/application` };
    const lines = (test: string) => `{ $.kubernetes.container_name = "${name}" && $.log_processed.${test} }`;
    addImpactAlarm(this, `${name}-errors`, {
      name: nameOf(config, name),
      metric: lineMetric(this, `${name}-error-lines`, {
        config,
        logGroup,
        name: `${name}-error-lines`,
        pattern: lines('level >= 50'),
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      threshold: WORKLOAD_ERRORS_FLOOR,
      minutes: 5,
      description: `${name} reports errors: ${outage}`,
      topic,
    });
    if (name === ORCHESTRATOR) addSimulationAlarms(this, { config, logGroup, topic, lines });
    if (name === ARCHIVER) this.addOwedAlarm(logGroup, lines('oldestOwedS >= 0'), topic);
    if (name === GATEWAY) {
      lineMetric(this, 'Connections', {
        config,
        logGroup,
        name: connectionsMetric(name),
        pattern: lines('connections >= 0'),
        value: '$.log_processed.connections',
        period: PERIOD,
        statistic: 'Maximum',
      });
    }
    if (name !== RELAY) return;
    const impact = 'what happened in an account is told to nobody, and what follows of it waits';
    addParkedAlarm(this, { config, name, logGroup, alarmTopic: topic, impact, pattern: lines('msg = "parked"') });
  }

  private addOwedAlarm(logGroup: Pick<ILogGroup, 'logGroupName'>, pattern: string, topic: ITopic): void {
    const { config } = this;
    addImpactAlarm(this, 'windows-owed', {
      name: nameOf(config, 'windows-owed'),
      metric: lineMetric(this, 'windows-owed-lines', {
        config,
        logGroup,
        name: 'windows-owed-oldest',
        pattern,
        value: '$.log_processed.oldestOwedS',
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: OWED_S_MAX,
      minutes: 5,
      description:
        'Prices around a verdict are not kept for ever yet, see docs/how-to/operate.md: when the archive’s days are over they are gone',
      topic,
    });
  }
}

const graph = (title: string, ...left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: WIDTH });
