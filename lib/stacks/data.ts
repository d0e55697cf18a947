import { Annotations, CfnOutput } from 'aws-cdk-lib';
import {
  CfnRoute,
  CfnSecurityGroupEgress,
  CfnVPCEndpoint,
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointService,
  Port,
  SecurityGroup,
} from 'aws-cdk-lib/aws-ec2';
import { ARecord, PrivateHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { InterfaceVpcEndpointTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';
import { WAY_TO_REDIS } from '../config/inputs';
import { COCKROACH_PORT } from '../config/ports';
import { howToGive, type StageConfig } from '../config/stage';
import { ArchiveBucket } from '../constructs/archive-bucket';
import { SecretStore } from '../constructs/secret-store';
import type { NetworkStack } from './network';
import { StageStack } from './stage-stack';

/** A place that a workload's pods must be let into: the group that guards it and its port. */
export type Door = { readonly group: SecurityGroup; readonly port: number; readonly name: string };

/** The secrets, the archive, and private ways to the two databases that other companies run for us. */
export class DataStack extends StageStack {
  readonly secrets: SecretStore;
  readonly archive: ArchiveBucket;
  readonly doors: readonly Door[];

  constructor(scope: Construct, config: StageConfig, network: NetworkStack) {
    super(
      scope,
      'data',
      config,
      'secrets, tick archive, private connectivity to CockroachDB Cloud and Redis Enterprise Cloud',
    );
    this.secrets = new SecretStore(this, config);
    this.archive = new ArchiveBucket(this, config);
    new CfnOutput(this, 'ArchiveUrl', { value: this.archive.url, description: 'For npm run archive -- --archive' });
    const doors = [this.connectCockroach(network)];
    if (config.redisResourceConfigurationArn) {
      doors.push(this.connectRedisByEndpoint(network, config.redisResourceConfigurationArn));
    } else if (config.redisPeeringId && config.redisPeeringCidr) {
      this.connectRedisByPeering(network, config.redisPeeringId, config.redisPeeringCidr);
    } else {
      // The CLI refuses a stack with an error, and what depends on it; `network` alone can be deployed.
      Annotations.of(this).addError(howToGive(config.stage, 'redisPeeringId', WAY_TO_REDIS));
    }
    this.doors = doors;
  }

  /**
   * PrivateLink. Our own private zone answers for the cluster's host name, so that TLS verifies the name that
   * CockroachDB certifies, and nothing depends on when CockroachDB Cloud accepts the endpoint.
   */
  private connectCockroach(network: NetworkStack): Door {
    const group = this.doorGroup(network, 'Cockroach', COCKROACH_PORT);
    const endpoint = new InterfaceVpcEndpoint(this, 'Cockroach', {
      vpc: network.vpc,
      service: new InterfaceVpcEndpointService(this.config.cockroachServiceName, COCKROACH_PORT),
      subnets: { subnets: network.vpc.privateSubnets },
      securityGroups: [group],
      privateDnsEnabled: false,
      open: false,
    });
    const zone = new PrivateHostedZone(this, 'CockroachZone', {
      vpc: network.vpc,
      zoneName: this.config.cockroachHost,
    });
    new ARecord(this, 'CockroachName', {
      zone,
      target: RecordTarget.fromAlias(new InterfaceVpcEndpointTarget(endpoint)),
    });
    return { group, port: COCKROACH_PORT, name: 'CockroachDB' };
  }

  /** Redis Cloud shares its database as a resource configuration; the endpoint gives it addresses in our subnets. */
  private connectRedisByEndpoint(network: NetworkStack, resourceConfigurationArn: string): Door {
    const group = this.doorGroup(network, 'Redis', this.config.redisPort);
    this.letFunctionsOut(network, network.vpc.vpcCidrBlock);
    new CfnVPCEndpoint(this, 'Redis', {
      vpcId: network.vpc.vpcId,
      vpcEndpointType: 'Resource',
      resourceConfigurationArn,
      subnetIds: network.vpc.privateSubnets.map((subnet) => subnet.subnetId),
      securityGroupIds: [group.securityGroupId],
    });
    return { group, port: this.config.redisPort, name: 'Redis' };
  }

  /** The peering itself is accepted by hand, because Redis Cloud starts it; our side of the routes is made here. */
  private connectRedisByPeering(network: NetworkStack, peeringId: string, peeringCidr: string): void {
    this.letFunctionsOut(network, peeringCidr);
    network.vpc.privateSubnets.forEach((subnet, index) => {
      new CfnRoute(this, `RedisRoute${index + 1}`, {
        routeTableId: subnet.routeTable.routeTableId,
        destinationCidrBlock: peeringCidr,
        vpcPeeringConnectionId: peeringId,
      });
    });
  }

  private letFunctionsOut(network: NetworkStack, cidrIp: string): void {
    new CfnSecurityGroupEgress(this, 'FunctionsToRedis', {
      groupId: network.functionGroup.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: this.config.redisPort,
      toPort: this.config.redisPort,
      cidrIp,
      description: 'Redis',
    });
  }

  private doorGroup(network: NetworkStack, name: string, port: number): SecurityGroup {
    const group = new SecurityGroup(this, `${name}Group`, {
      vpc: network.vpc,
      description: `Endpoint to ${name}`,
      allowAllOutbound: false,
    });
    group.addIngressRule(network.functionGroup, Port.tcp(port), 'Functions');
    return group;
  }
}
