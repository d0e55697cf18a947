import { deadLetterTopic, FRAMES_TOPIC, TOPIC_SHAPES, TOPICS } from '../../contracts/topics/topics';
import { consumers } from '../../lib/config/functions';
import { ourFunctions, type Properties, templates } from '../fixtures/cloud/templates';

test('three brokers in three zones take only TLS with IAM and keep their data encrypted', () => {
  const { properties } = templates().one('AWS::MSK::Cluster');
  expect(properties).toMatchObject({
    NumberOfBrokerNodes: 3,
    ClientAuthentication: { Sasl: { Iam: { Enabled: true } }, Unauthenticated: { Enabled: false } },
    EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true } },
    LoggingInfo: { BrokerLogs: { CloudWatchLogs: { Enabled: true } } },
  });
  expect(properties.BrokerNodeGroupInfo.ClientSubnets).toHaveLength(3);
  expect(properties.EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId).toBeDefined();
});

/** No cluster changes its mode later, and Kafka 4 has no ZooKeeper any more. */
test('the brokers keep their own metadata, without ZooKeeper, on a size that MSK still makes', () => {
  const { properties } = templates().one('AWS::MSK::Cluster');
  expect(properties.KafkaVersion).toMatch(/\.kraft$/);
  expect(templates().one('AWS::MSK::Configuration').properties.KafkaVersionsList).toEqual([properties.KafkaVersion]);
  expect(properties.BrokerNodeGroupInfo.InstanceType).toMatch(/^kafka\.m7g\./);
});

test('brokers make no topic by themselves and lose no acknowledged record', () => {
  const lines = templates().one('AWS::MSK::Configuration').properties.ServerProperties.split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'auto.create.topics.enable=false',
      'default.replication.factor=3',
      'min.insync.replicas=2',
      'unclean.leader.election.enable=false',
      'compression.type=lz4',
    ]),
  );
});

test("the deploy creates the contract's topics and a dead-letter topic for each", () => {
  const { topics } = templates().one('Custom::ProvingGround-create-topics').properties;
  expect(topics.map(({ name }: Properties) => name).sort()).toEqual(
    [...TOPICS, ...TOPICS.map(deadLetterTopic), FRAMES_TOPIC].sort(),
  );
  for (const name of TOPICS) {
    const topic = topics.find((candidate: Properties) => candidate.name === name);
    expect(topic).toEqual({
      name,
      partitions: String(TOPIC_SHAPES[name].partitions),
      replicationFactor: '3',
      config: {
        'compression.type': 'lz4',
        'min.insync.replicas': '2',
        'retention.ms': String(TOPIC_SHAPES[name].retentionMs),
      },
    });
  }
});

test.each(Object.entries(consumers))(
  '%s is fed in batches, without pollers that are paid by the hour',
  (name, spec) => {
    const fn = ourFunctions().find((candidate) => candidate.name === name);
    const mapping = templates()
      .all('AWS::Lambda::EventSourceMapping')
      .find(({ properties }) => properties.FunctionName.Ref === fn?.id);
    // What only provisioned pollers know is refused by AWS without them: the mapping has these properties and no other.
    const { FunctionName, EventSourceArn, Tags, ...settings } = mapping?.properties ?? {};
    expect(settings).toEqual({
      Topics: [spec.topic],
      BatchSize: spec.batchSize,
      MaximumBatchingWindowInSeconds: spec.windowS,
      StartingPosition: 'TRIM_HORIZON',
      AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: `proving-ground-dev-${name}` },
    });
  },
);

test('the sweep runs every hour', () => {
  const rule = templates()
    .all('AWS::Events::Rule')
    .find(({ properties }) => properties.Name === 'proving-ground-dev-sweep');
  expect(rule?.properties).toMatchObject({ ScheduleExpression: 'rate(1 hour)', State: 'ENABLED' });
});
