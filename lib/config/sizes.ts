import { RetentionDays } from 'aws-cdk-lib/aws-logs';

export const STAGES = ['dev', 'staging', 'prod'] as const;
export type StageName = (typeof STAGES)[number];

export type Sizes = {
  readonly natGateways: number;
  /** Ways to AWS's services inside the VPC, in three zones each; without them the same calls leave by the NAT gateway. */
  readonly interfaceEndpoints: boolean;
  readonly brokerType: string;
  readonly brokerStorageGib: number;
  /** Nodes come and go by need: of these EC2 categories and sizes, and altogether no more than this. */
  readonly nodes: {
    readonly categories: readonly string[];
    readonly cpus: readonly number[];
    readonly cpuMax: number;
    readonly memoryGibMax: number;
  };
  /** Replicas of each workload that may run more than once; the most that its autoscaler adds. */
  readonly replicasMin: number;
  readonly replicasMax: number;
  /** The instruments are cut into so many shards, which the copies of market-data share; see docs/adr/0058. */
  readonly marketShards: number;
  /** The accounts are cut into so many shards, and so many pods of the risk-engine share them; see docs/adr/0015. */
  readonly riskShards: number;
  readonly riskPods: number;
  /** Ray's workers for simulations: those that always run, and the most that a queue adds; see docs/adr/0061. */
  readonly rayWorkersMin: number;
  readonly rayWorkersMax: number;
  readonly logRetention: RetentionDays;
  readonly requestsPerSecondMax: number;
  /** The part of their instances in production that the functions behind the API have here. */
  readonly functionShare: number;
  /** The stage never opens more connections to the database than this; docs/how-to/deploy.md names the plan for it. */
  readonly databaseConnectionsMax: number;
  /** Concurrent executions that the account's quota must allow this stage, AWS's own 100 that stay unreserved included. */
  readonly lambdaQuota: number;
  /** Data survives the deletion of its stack. */
  readonly retainData: boolean;
};

/** What differs between the stages; everything else is the same on purpose. */
export const SIZES: Readonly<Record<StageName, Sizes>> = {
  dev: {
    natGateways: 1,
    interfaceEndpoints: false,
    brokerType: 'kafka.m7g.large', // The least: MSK takes no new clusters of t3 brokers any more.
    brokerStorageGib: 50,
    nodes: { categories: ['t', 'c', 'm'], cpus: [2, 4], cpuMax: 24, memoryGibMax: 96 },
    replicasMin: 2,
    replicasMax: 4,
    marketShards: 2,
    riskShards: 1,
    riskPods: 1,
    rayWorkersMin: 1,
    rayWorkersMax: 2,
    logRetention: RetentionDays.TWO_WEEKS,
    requestsPerSecondMax: 200,
    functionShare: 0.25,
    databaseConnectionsMax: 300,
    lambdaQuota: 200,
    retainData: false,
  },
  staging: {
    natGateways: 1,
    interfaceEndpoints: true,
    brokerType: 'kafka.m7g.large',
    brokerStorageGib: 100,
    nodes: { categories: ['c', 'm'], cpus: [2, 4], cpuMax: 32, memoryGibMax: 128 },
    replicasMin: 2,
    replicasMax: 6,
    marketShards: 4,
    riskShards: 4,
    riskPods: 2,
    rayWorkersMin: 1,
    rayWorkersMax: 3,
    logRetention: RetentionDays.ONE_MONTH,
    requestsPerSecondMax: 500,
    functionShare: 0.5,
    databaseConnectionsMax: 400,
    lambdaQuota: 250,
    retainData: true,
  },
  prod: {
    natGateways: 3,
    interfaceEndpoints: true,
    brokerType: 'kafka.m7g.large',
    brokerStorageGib: 500,
    nodes: { categories: ['c', 'm'], cpus: [4, 8], cpuMax: 64, memoryGibMax: 256 },
    replicasMin: 3,
    replicasMax: 12,
    marketShards: 8,
    riskShards: 8,
    riskPods: 2,
    rayWorkersMin: 2,
    rayWorkersMax: 8,
    logRetention: RetentionDays.ONE_YEAR,
    requestsPerSecondMax: 2_000,
    functionShare: 1,
    databaseConnectionsMax: 600,
    lambdaQuota: 300,
    retainData: true,
  },
};
