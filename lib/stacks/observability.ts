import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, Metric, Row } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';
import { workloads } from '../config/workloads';
import { ALARM_PERIOD, addImpactAlarm } from '../constructs/alarm';
import { nameOf } from '../constructs/naming';
import { NAMESPACE } from '../manifests/manifest';
import type { ApiStack } from './api';
import { StageStack } from './stage-stack';

const PERIOD = Duration.minutes(1);
const WIDTH = 8;

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
    }
    new Dashboard(this, 'Dashboard', {
      dashboardName: nameOf(config, 'overview'),
      widgets: [[this.apiRow()], [this.streamingRow()]],
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
        kafka('UnderReplicatedPartitions'),
      ),
      graph('Kafka: disk used, %', kafka('KafkaDataLogsDiskUsed')),
      graph('Kafka: CPU of brokers, %', kafka('CpuUser')),
    );
  }
}

const graph = (title: string, ...left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: WIDTH });
