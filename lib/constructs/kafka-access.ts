import { Fn } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** IAM's names for what lies inside an MSK cluster, made from the cluster's own ARN (`…:cluster/<name>/<uuid>`). */
const within = (clusterArn: string, kind: 'topic' | 'group', name: string): string => {
  const [account, cluster] = Fn.split(':cluster/', clusterArn, 2);
  return `${account}:${kind}/${cluster}/${name}`;
};

/** To reach the cluster: look the brokers up, then connect. */
export const kafkaConnect = (clusterArn: string): PolicyStatement =>
  new PolicyStatement({
    actions: ['kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers', 'kafka-cluster:Connect'],
    resources: [clusterArn],
  });

export const kafkaRead = (
  clusterArn: string,
  topics: readonly string[],
  groups: readonly string[],
): PolicyStatement[] => [
  new PolicyStatement({
    actions: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
    resources: topics.map((topic) => within(clusterArn, 'topic', topic)),
  }),
  new PolicyStatement({
    actions: ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'],
    resources: groups.map((group) => within(clusterArn, 'group', group)),
  }),
];

export const kafkaWrite = (clusterArn: string, topics: readonly string[]): PolicyStatement[] => [
  new PolicyStatement({
    actions: ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'],
    resources: topics.map((topic) => within(clusterArn, 'topic', topic)),
  }),
  new PolicyStatement({ actions: ['kafka-cluster:WriteDataIdempotently'], resources: [clusterArn] }),
];

export const kafkaAdminister = (clusterArn: string, topics: readonly string[]): PolicyStatement[] => [
  new PolicyStatement({
    actions: [
      'kafka-cluster:AlterTopic',
      'kafka-cluster:AlterTopicDynamicConfiguration',
      'kafka-cluster:CreateTopic',
      'kafka-cluster:DescribeTopic',
      'kafka-cluster:DescribeTopicDynamicConfiguration',
    ],
    resources: topics.map((topic) => within(clusterArn, 'topic', topic)),
  }),
  new PolicyStatement({ actions: ['kafka-cluster:DescribeCluster'], resources: [clusterArn] }),
];
