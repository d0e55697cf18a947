import { Tags } from 'aws-cdk-lib';
import {
  AmazonLinuxCpuType,
  BlockDeviceVolume,
  CfnSecurityGroupIngress,
  Instance,
  InstanceClass,
  InstanceSize,
  InstanceType,
  type IVpc,
  MachineImage,
  Peer,
  Port,
  SecurityGroup,
} from 'aws-cdk-lib/aws-ec2';
import type { ICluster } from 'aws-cdk-lib/aws-eks-v2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';
import { acknowledge } from './acknowledge';
import { nameOf } from './naming';

type OperatorHostProps = {
  readonly config: StageConfig;
  readonly vpc: IVpc;
  readonly cluster: ICluster;
};

/**
 * A way to the private control plane: the smallest machine there is, that nothing can call and nobody logs in to. An
 * operator's session of AWS Systems Manager goes through it to the cluster's endpoint; `kubectl` and its rights stay on
 * the operator's own machine.
 */
export class OperatorHost extends Construct {
  readonly instanceId: string;

  constructor(scope: Construct, { config, vpc, cluster }: OperatorHostProps) {
    super(scope, 'Host');
    const group = new SecurityGroup(this, 'Group', {
      vpc,
      description: 'Host that sessions of operators go through',
      allowAllOutbound: false,
    });
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'Systems Manager and the control plane');
    new CfnSecurityGroupIngress(this, 'ToControlPlane', {
      groupId: cluster.clusterSecurityGroupId,
      sourceSecurityGroupId: group.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      description: 'Host of operators',
    });
    const host = new Instance(this, 'Instance', {
      vpc,
      vpcSubnets: { subnets: vpc.privateSubnets },
      instanceType: InstanceType.of(InstanceClass.T4G, InstanceSize.NANO),
      machineImage: MachineImage.latestAmazonLinux2023({ cpuType: AmazonLinuxCpuType.ARM_64 }),
      securityGroup: group,
      role: new Role(this, 'Role', {
        assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
        description: 'Lets Systems Manager reach the host, and nothing else',
        managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
      }),
      requireImdsv2: true,
      blockDevices: [{ deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebs(8, { encrypted: true }) }],
    });
    Tags.of(host).add('Name', nameOf(config, 'operator-host'));
    this.instanceId = host.instanceId;
    acknowledge(host, 'It holds nothing and is made anew at will: nobody watches or protects it.', 'EC28', 'EC29');
    acknowledge(this, "AWS's own policy for hosts that sessions go through.", 'IAM4');
  }
}
