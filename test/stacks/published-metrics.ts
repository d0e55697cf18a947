/**
 * What AWS publishes, as far as we may look at it: namespace, then metric, then the sets of dimensions under which its
 * numbers are found. A metric under any other set is not an error for CloudWatch: it simply never has a number.
 */
type Published = Readonly<Record<string, Readonly<Record<string, readonly (readonly string[])[]>>>>;

const CLUSTER = ['Cluster Name'];
const BROKER = ['Broker ID', 'Cluster Name'];
const GROUP = ['Cluster Name', 'Consumer Group', 'Topic'];
const FUNCTION = [['FunctionName'], ['FunctionName', 'Resource'], []];
const API = [['ApiId'], ['ApiId', 'Stage']];
const SERVICE = ['ClusterName', 'Namespace', 'Service'];

export const PUBLISHED_BY_AWS: Published = {
  // https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html, "DEFAULT Level monitoring": what a
  // cluster of standard brokers tells without being paid for.
  'AWS/Kafka': {
    ActiveControllerCount: [CLUSTER],
    BurstBalance: [BROKER],
    BytesInPerSec: [BROKER, [...BROKER, 'Topic'].sort()],
    BytesOutPerSec: [BROKER, [...BROKER, 'Topic'].sort()],
    ConnectionCount: [BROKER],
    CPUCreditBalance: [BROKER],
    CpuIdle: [BROKER],
    CpuIoWait: [BROKER],
    CpuSystem: [BROKER],
    CpuUser: [BROKER],
    EstimatedMaxTimeLag: [GROUP],
    GlobalPartitionCount: [CLUSTER],
    GlobalTopicCount: [CLUSTER],
    HeapMemoryAfterGC: [BROKER],
    KafkaAppLogsDiskUsed: [BROKER],
    KafkaDataLogsDiskUsed: [BROKER],
    LeaderCount: [BROKER],
    MaxOffsetLag: [GROUP],
    MemoryFree: [BROKER],
    MemoryUsed: [BROKER],
    MessagesInPerSec: [BROKER],
    OfflinePartitionsCount: [CLUSTER],
    PartitionCount: [BROKER],
    RootDiskUsed: [BROKER],
    SumOffsetLag: [GROUP],
    UnderMinIsrPartitionCount: [BROKER],
    UnderReplicatedPartitions: [BROKER],
  },
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html and monitoring-metrics-view.html.
  'AWS/Lambda': {
    ConcurrentExecutions: FUNCTION,
    Duration: FUNCTION,
    Errors: FUNCTION,
    Invocations: FUNCTION,
    // Where Kafka feeds a function, pollers on demand count by the function, provisioned ones by the mapping.
    MaxOffsetLag: [['EventSourceMappingUUID']],
    OffsetLag: [['FunctionName']],
    Throttles: FUNCTION,
    UnreservedConcurrentExecutions: [[]],
  },
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html. Those by route are left out:
  // they are paid for, the stage does not ask for them, and our own lines tell more.
  'AWS/ApiGateway': {
    '4xx': API,
    '5xx': API,
    Count: API,
    DataProcessed: API,
    IntegrationLatency: API,
    Latency: API,
  },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-enhanced-EKS.html
  ContainerInsights: {
    cluster_failed_node_count: [['ClusterName']],
    cluster_node_count: [['ClusterName']],
    namespace_number_of_running_pods: [['ClusterName', 'Namespace'], ['ClusterName']],
    pod_number_of_container_restarts: [['ClusterName', 'Namespace', 'PodName']],
    service_number_of_running_pods: [SERVICE, ['ClusterName']],
  },
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html
  'AWS/NetworkELB': {
    HealthyHostCount: [['LoadBalancer', 'TargetGroup']],
    UnHealthyHostCount: [['LoadBalancer', 'TargetGroup']],
  },
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html: in
  // us-east-1 only.
  'AWS/CloudFront': {
    '5xxErrorRate': [['DistributionId', 'Region']],
    Requests: [['DistributionId', 'Region']],
  },
  // https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html
  'AWS/NATGateway': { ErrorPortAllocation: [['NatGatewayId']] },
};
