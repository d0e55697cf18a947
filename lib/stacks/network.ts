import { RemovalPolicy } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { COCKROACH_PORT, KAFKA_IAM_PORT, SMTP_PORT } from '../config/ports';
import type { StageConfig } from '../config/stage';
import { acknowledge } from '../constructs/acknowledge';
import { StageStack } from './stage-stack';

const CIDR = '10.40.0.0/16';

/** AWS's services that are called all the time: their traffic stays in the VPC and off the NAT gateways. */
const ENDPOINTS = {
  SecretsManager: InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  Kms: InterfaceVpcEndpointAwsService.KMS,
  Logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
  Sts: InterfaceVpcEndpointAwsService.STS,
  EcrApi: InterfaceVpcEndpointAwsService.ECR,
  EcrDocker: InterfaceVpcEndpointAwsService.ECR_DOCKER,
  Xray: InterfaceVpcEndpointAwsService.XRAY,
} as const;

/** Three zones; public subnets for load balancer and NAT, private ones for everything that runs. */
export class NetworkStack extends StageStack {
  readonly vpc: Vpc;
  /** The group of every Lambda: it accepts nothing and reaches what is listed here; `data` adds the way to Redis. */
  readonly functionGroup: SecurityGroup;
  readonly kafkaGroup: SecurityGroup;

  constructor(scope: Construct, config: StageConfig) {
    super(scope, 'network', config, 'VPC, endpoints, security groups, flow logs');
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(CIDR),
      maxAzs: 3,
      natGateways: config.sizes.natGateways,
      subnetConfiguration: [
        { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: 'private', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 19 },
      ],
    });
    this.vpc.addFlowLog('FlowLogs', {
      trafficType: FlowLogTrafficType.ALL,
      destination: FlowLogDestination.toCloudWatchLogs(
        new LogGroup(this, 'FlowLogGroup', {
          retention: config.sizes.logRetention,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      ),
    });
    this.addEndpoints();
    this.functionGroup = this.createFunctionGroup();
    this.kafkaGroup = this.createKafkaGroup();
  }

  private addEndpoints(): void {
    this.vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    if (!this.config.sizes.interfaceEndpoints) return;
    const group = new SecurityGroup(this, 'EndpointGroup', {
      vpc: this.vpc,
      description: 'Endpoints of AWS services',
      allowAllOutbound: false,
    });
    group.addIngressRule(Peer.ipv4(this.vpc.vpcCidrBlock), Port.tcp(443), 'HTTPS from the VPC');
    acknowledge(group, 'The range is the CIDR of our own VPC, which the rule cannot resolve.', 'EC23');
    for (const [name, service] of Object.entries(ENDPOINTS)) {
      this.vpc.addInterfaceEndpoint(name, { service, securityGroups: [group], open: false });
    }
  }

  private createFunctionGroup(): SecurityGroup {
    const group = new SecurityGroup(this, 'FunctionGroup', {
      vpc: this.vpc,
      description: 'Lambda functions of Proving Ground',
      allowAllOutbound: false,
    });
    const inside = Peer.ipv4(this.vpc.vpcCidrBlock);
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'AWS and Stripe');
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(SMTP_PORT), 'Mail by SMTP with STARTTLS');
    group.addEgressRule(inside, Port.tcp(COCKROACH_PORT), 'CockroachDB through PrivateLink');
    group.addEgressRule(inside, Port.tcp(KAFKA_IAM_PORT), 'Kafka');
    return group;
  }

  private createKafkaGroup(): SecurityGroup {
    const group = new SecurityGroup(this, 'KafkaGroup', { vpc: this.vpc, description: 'Kafka brokers' });
    group.addIngressRule(this.functionGroup, Port.tcp(KAFKA_IAM_PORT), 'Functions, with IAM');
    group.addIngressRule(group, Port.tcp(KAFKA_IAM_PORT), "Lambda's pollers share the brokers' group");
    return group;
  }
}
