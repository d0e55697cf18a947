import { randomUUID } from 'node:crypto';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Admin } from 'kafkajs';
import { makeKafka } from '../../../adapters/kafka/connection';
import { handler } from '../../../lambdas/create-topics/handler';
import { services } from '../../services/services';

/** Goal: the step of the deploy does what CloudFormation asks, in CloudFormation's words, and never destroys. */
let admin: Admin;

beforeAll(async () => {
  process.env.KAFKA_BOOTSTRAP = services().kafkaBrokers;
  process.env.LOG_LEVEL = 'error';
  admin = (await makeKafka(services().kafkaBrokers, 'create-topics-test')).admin();
  await admin.connect();
});

afterAll(() => admin.disconnect());

const eventOf = (RequestType: 'Create' | 'Update' | 'Delete', topics: unknown): CloudFormationCustomResourceEvent =>
  ({
    RequestType,
    ServiceToken: 'token',
    ResponseURL: 'https://answer.example',
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Step',
    ResourceType: 'Custom::ProvingGround-create-topics',
    ResourceProperties: { ServiceToken: 'token', topics },
  }) as CloudFormationCustomResourceEvent;

const topicOf = (name: string, changes: object = {}) => ({
  name,
  partitions: '2', // CloudFormation hands every number over as text.
  replicationFactor: '1',
  config: { 'compression.type': 'lz4', 'retention.ms': '3600000' },
  ...changes,
});

test('create makes the topics, a second create and an update change nothing, delete leaves them', async () => {
  const [name, dead] = [`t-${randomUUID()}`, `t-${randomUUID()}.dead`];
  const topics = [topicOf(name), topicOf(dead, { partitions: '1' })];
  for (const type of ['Create', 'Create', 'Update', 'Delete'] as const) {
    expect(await handler(eventOf(type, topics))).toEqual({ PhysicalResourceId: 'topics' });
  }
  const { topics: made } = await admin.fetchTopicMetadata({ topics: [name, dead] });
  expect(made.map((topic) => [topic.name, topic.partitions.length]).sort()).toEqual(
    [
      [name, 2],
      [dead, 1],
    ].sort(),
  );
  await admin.deleteTopics({ topics: [name, dead] });
});

test.each`
  topics                                    | fault
  ${undefined}                              | ${'topics'}
  ${[]}                                     | ${'topics'}
  ${[topicOf('x', { partitions: 'many' })]} | ${'partitions'}
  ${[topicOf('x', { partitions: '0' })]}    | ${'partitions'}
  ${[topicOf('', {})]}                      | ${'name'}
  ${[topicOf('x', { config: { a: 1 } })]}   | ${'config'}
`('a plan whose $fault is wrong fails the deploy by name and makes nothing', async ({ topics, fault }) => {
  await expect(handler(eventOf('Create', topics))).rejects.toThrow(fault);
  expect(await admin.listTopics()).not.toContain('x');
});
