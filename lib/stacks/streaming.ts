import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnCluster, CfnConfiguration } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { deadLetterTopic, FRAMES_SHAPE, FRAMES_TOPIC, TOPIC_SHAPES, TOPICS } from '../../contracts/topics/topics';
import type { StageConfig } from '../config/stage';
import { ALARM_PERIOD, addImpactAlarm } from '../constructs/alarm';
import { DeploymentStep } from '../constructs/deployment-step';
import { kafkaAdminister, kafkaConnect } from '../constructs/kafka-access';
import { nameOf } from '../constructs/naming';
import type { Surroundings } from '../constructs/service-lambda';
import type { NetworkStack } from './network';
import { StageStack } from './stage-stack';

/** Without `.kraft` MSK makes a cluster of ZooKeeper's mode, and no cluster changes its mode. */
const KAFKA_VERSION = '3.9.x.kraft';
const BROKERS = 3;
const REPLICATION_FACTOR = 3;
/** With three replicas one broker may be away and a write is still on two. */
const IN_SYNC_MIN = 2;
const DEAD_LETTER_RETENTION_MS = Duration.days(90).toMilliseconds();

const SERVER_PROPERTIES = [
  'auto.create.topics.enable=false',
  `default.replication.factor=${REPLICATION_FACTOR}`,
  `min.insync.replicas=${IN_SYNC_MIN}`,
  'unclean.leader.election.enable=false',
  'compression.type=lz4',
  'num.partitions=6',
  'offsets.retention.minutes=20160',
].join('\n');

/** The event streams: three brokers that accept only TLS and IAM, and the topics of the contract. */
export class StreamingStack extends StageStack {
  readonly clusterArn: string;

  constructor(scope: Construct, surroundings: Surroundings, network: NetworkStack) {
    super(scope, 'streaming', surroundings.config, 'MSK cluster and its topics');
    const cluster = this.createCluster(network);
    this.clusterArn = cluster.attrArn;
    this.createTopics(surroundings);
    this.addAlarms(surroundings);
  }

  private createCluster(network: NetworkStack): CfnCluster {
    const { config } = this;
    const removalPolicy = config.sizes.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const key = new Key(this, 'Key', {
      description: 'Encrypts the event streams',
      enableKeyRotation: true,
      removalPolicy,
    });
    const logs = new LogGroup(this, 'BrokerLogs', {
      logGroupName: `/aws/msk/${nameOf(config, 'streaming')}`,
      retention: config.sizes.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const configuration = new CfnConfiguration(this, 'Configuration', {
      name: nameOf(config, 'streaming'),
      kafkaVersionsList: [KAFKA_VERSION],
      serverProperties: SERVER_PROPERTIES,
    });
    const cluster = new CfnCluster(this, 'Cluster', {
      clusterName: nameOf(config, 'streaming'),
      kafkaVersion: KAFKA_VERSION,
      numberOfBrokerNodes: BROKERS,
      brokerNodeGroupInfo: {
        instanceType: config.sizes.brokerType,
        clientSubnets: network.vpc.privateSubnets.map((subnet) => subnet.subnetId),
        securityGroups: [network.kafkaGroup.securityGroupId],
        storageInfo: { ebsStorageInfo: { volumeSize: config.sizes.brokerStorageGib } },
      },
      configurationInfo: { arn: configuration.attrArn, revision: configuration.attrLatestRevisionRevision },
      clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: false } },
      encryptionInfo: {
        encryptionInTransit: { clientBroker: 'TLS', inCluster: true },
        encryptionAtRest: { dataVolumeKmsKeyId: key.keyArn },
      },
      enhancedMonitoring: 'DEFAULT',
      loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: logs.logGroupName } } },
    });
    cluster.applyRemovalPolicy(removalPolicy);
    return cluster;
  }

  private createTopics(surroundings: Surroundings): void {
    const topics = [
      ...TOPICS.flatMap((name) => [
        { name: name as string, ...TOPIC_SHAPES[name] },
        { name: deadLetterTopic(name), partitions: 1, retentionMs: DEAD_LETTER_RETENTION_MS },
      ]),
      { name: FRAMES_TOPIC, ...FRAMES_SHAPE },
    ];
    new DeploymentStep(this, {
      ...surroundings,
      kafkaClusterArn: this.clusterArn,
      name: 'create-topics',
      properties: {
        topics: topics.map(({ name, partitions, retentionMs }) => ({
          name,
          partitions: String(partitions), // CloudFormation hands every number over as text.
          replicationFactor: String(REPLICATION_FACTOR),
          config: {
            'retention.ms': String(retentionMs),
            'min.insync.replicas': String(IN_SYNC_MIN),
            'compression.type': 'lz4',
          },
        })),
      },
      rights: [
        kafkaConnect(this.clusterArn),
        ...kafkaAdminister(
          this.clusterArn,
          topics.map(({ name }) => name),
        ),
      ],
    });
  }

  private addAlarms({ alarmTopic: topic, config }: Surroundings): void {
    const dimensionsMap = { 'Cluster Name': nameOf(config, 'streaming') };
    const metric = (metricName: string) =>
      new Metric({ namespace: 'AWS/Kafka', metricName, dimensionsMap, statistic: 'Maximum', period: ALARM_PERIOD });
    addImpactAlarm(this, 'Offline', {
      name: nameOf(config, 'streaming-offline'),
      metric: metric('OfflinePartitionsCount'),
      threshold: 1,
      minutes: 2,
      description:
        'Partitions without a leader: events of some accounts reach nobody; nothing is lost, the outbox keeps them',
      topic,
    });
    addImpactAlarm(this, 'Disk', {
      name: nameOf(config, 'streaming-disk'),
      metric: new MathExpression({
        expression: 'MAX(METRICS())',
        usingMetrics: Object.fromEntries(
          brokerMetrics(config, 'KafkaDataLogsDiskUsed').map((one, at) => [`broker${at + 1}`, one]),
        ),
        label: 'fullest broker, %',
        period: ALARM_PERIOD,
      }),
      threshold: 80,
      minutes: 5,
      description: 'Broker disks are over 80 % full: at 100 % no event is accepted any more',
      topic,
    });
  }
}

/** MSK tells most numbers by broker and by no cluster: one metric for each. */
export const brokerMetrics = (config: StageConfig, metricName: string): readonly Metric[] =>
  Array.from({ length: BROKERS }, (_, at) => {
    const id = String(at + 1);
    return new Metric({
      namespace: 'AWS/Kafka',
      metricName,
      statistic: 'Maximum',
      period: ALARM_PERIOD,
      label: `broker ${id}`,
      dimensionsMap: { 'Cluster Name': nameOf(config, 'streaming'), 'Broker ID': id },
    });
  });
