import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { KafkaDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { deadLetterTopic } from '../../contracts/topics/topics';
import type { ConsumerSpec } from '../config/functions';
import { ALARM_PERIOD, addImpactAlarm } from './alarm';
import { kafkaConnect, kafkaRead, kafkaWrite } from './kafka-access';
import { nameOf } from './naming';
import { ServiceLambda, type Surroundings } from './service-lambda';

/**
 * The most that can be asked for. Consumers park their own poison; a batch comes back only while a part that it needs
 * is away, and after the last attempt good records would leave their account's order for the dead-letter topic.
 */
const RETRIES = 10_000;
const LAG_RECORDS = 1_000;

export type EventConsumerProps = Surroundings & { readonly kafkaClusterArn: string };

/** A function that Lambda feeds from an MSK topic, in batches, by IAM, with its poison sent to `<topic>.dead`. */
export class EventConsumer extends Construct {
  readonly lambda: ServiceLambda;

  constructor(scope: Construct, name: string, spec: ConsumerSpec, props: EventConsumerProps) {
    super(scope, `Consumer-${name}`);
    const { kafkaClusterArn, config } = props;
    const dead = deadLetterTopic(spec.topic);
    const group = nameOf(config, name);
    this.lambda = new ServiceLambda(this, {
      ...props,
      name,
      spec,
      rights: [
        kafkaConnect(kafkaClusterArn),
        ...kafkaRead(kafkaClusterArn, [spec.topic], [group]),
        ...kafkaWrite(kafkaClusterArn, [dead]),
        // Lambda's poller looks for the brokers' network before it joins it.
        new PolicyStatement({ actions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeVpcs'], resources: ['*'] }),
      ],
    });
    const mapping = new EventSourceMapping(this, 'Source', {
      target: this.lambda.fn,
      eventSourceArn: kafkaClusterArn,
      kafkaTopic: spec.topic,
      kafkaConsumerGroupId: group,
      startingPosition: StartingPosition.TRIM_HORIZON, // Nothing that was paid for may be skipped.
      batchSize: spec.batchSize,
      maxBatchingWindow: Duration.seconds(spec.windowS),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: RETRIES,
      onFailure: new KafkaDlq(dead),
      // Retries, bisecting and a Kafka destination exist only with provisioned pollers.
      provisionedPollerConfig: { minimumPollers: 1, maximumPollers: 2 },
      metricsConfig: { metrics: [MetricType.EVENT_COUNT, MetricType.KAFKA_METRICS] },
    });
    // The mapping is checked against the role when it is made.
    mapping.node.addDependency(this.lambda.role);
    addImpactAlarm(this, 'Lag', {
      name: `${group}-lag`,
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'MaxOffsetLag',
        dimensionsMap: { EventSourceMappingUUID: mapping.eventSourceMappingId },
        statistic: 'Maximum',
        period: ALARM_PERIOD,
      }),
      threshold: LAG_RECORDS,
      minutes: 5,
      description: `${name} falls behind its topic: ${spec.errorImpact}`,
      topic: props.alarmTopic,
    });
  }
}
