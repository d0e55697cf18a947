import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ConsumerSpec } from '../config/functions';
import { ALARM_PERIOD, addImpactAlarm } from './alarm';
import { kafkaConnect, kafkaRead } from './kafka-access';
import { nameOf } from './naming';
import { ServiceLambda, type Surroundings } from './service-lambda';

const LAG_RECORDS = 1_000;

export type EventConsumerProps = Surroundings & { readonly kafkaClusterArn: string };

/**
 * A function that Lambda feeds from an MSK topic, in batches, by IAM, with pollers that cost nothing of their own.
 * Those give a batch back until it succeeds or its records expire, which is what is wanted: the function parks its own
 * poison and refuses a batch only while a part that it needs is away (docs/adr/0009). A limit of retries, bisecting,
 * partial failures and a topic for what failed exist only with provisioned pollers, and nothing here would use them.
 */
export class EventConsumer extends Construct {
  readonly lambda: ServiceLambda;

  constructor(scope: Construct, name: string, spec: ConsumerSpec, props: EventConsumerProps) {
    super(scope, `Consumer-${name}`);
    const { kafkaClusterArn, config } = props;
    const group = nameOf(config, name);
    this.lambda = new ServiceLambda(this, {
      ...props,
      name,
      spec,
      rights: [
        kafkaConnect(kafkaClusterArn),
        ...kafkaRead(kafkaClusterArn, [spec.topic], [group]),
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
    });
    // The mapping is checked against the role when it is made.
    mapping.node.addDependency(this.lambda.role);
    addImpactAlarm(this, 'Lag', {
      name: `${group}-lag`,
      metric: this.lambda.fn.metric('OffsetLag', { statistic: 'Maximum', period: ALARM_PERIOD }),
      threshold: LAG_RECORDS,
      minutes: 5,
      description: `${name} falls behind its topic: ${spec.errorImpact}`,
      topic: props.alarmTopic,
    });
  }
}
