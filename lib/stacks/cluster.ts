import { KubectlV34Layer } from '@aws-cdk/lambda-layer-kubectl-v34';
import { Validations } from 'aws-cdk-lib';
import {
  BlockDeviceVolume,
  CfnSecurityGroupIngress,
  EbsDeviceVolumeType,
  InstanceType,
  LaunchTemplate,
} from 'aws-cdk-lib/aws-ec2';
import {
  AlbControllerVersion,
  CfnAddon,
  Cluster,
  ClusterLoggingTypes,
  DefaultCapacityType,
  EndpointAccess,
  KubernetesVersion,
  type Nodegroup,
  NodegroupAmiType,
} from 'aws-cdk-lib/aws-eks-v2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';
import { acknowledge } from '../constructs/acknowledge';
import { nameOf } from '../constructs/naming';
import { KAFKA_IAM_PORT } from '../constructs/ports';
import { ServiceMesh } from '../constructs/service-mesh';
import type { DataStack } from './data';
import type { NetworkStack } from './network';
import { StageStack } from './stage-stack';

const NODE_POLICIES = [
  'AmazonEKSWorkerNodePolicy',
  'AmazonEC2ContainerRegistryPullOnly',
  'AmazonEKS_CNI_Policy',
  'CloudWatchAgentServerPolicy',
];
/** Without these two no node becomes ready; the others need a node to run on. */
const ADDONS_BEFORE_NODES = { 'vpc-cni': { enableNetworkPolicy: 'true' }, 'kube-proxy': undefined } as const;
const ADDONS_AFTER_NODES = ['coredns', 'metrics-server', 'amazon-cloudwatch-observability'] as const;

/** Kubernetes for the long-lived parts: private control plane, managed arm64 nodes, and the Istio mesh. */
export class ClusterStack extends StageStack {
  readonly cluster: Cluster;
  readonly mesh: ServiceMesh;

  constructor(scope: Construct, config: StageConfig, network: NetworkStack, data: DataStack) {
    super(scope, 'cluster', config, 'EKS, its nodes and the mesh');
    this.cluster = this.createCluster(network);
    const early = Object.entries(ADDONS_BEFORE_NODES).map(([name, values]) => this.addAddon(name, values));
    const nodes = this.addNodes();
    for (const addon of early) nodes.node.addDependency(addon);
    for (const name of ADDONS_AFTER_NODES) this.addAddon(name).node.addDependency(nodes);
    this.mesh = new ServiceMesh(this, this.cluster, config);
    this.mesh.node.addDependency(nodes);
    this.openDoors(network, data);
    acknowledge(
      this,
      "EKS, its nodes, the load balancer controller and the CDK's kubectl provider: AWS's own policies and runtime.",
      'IAM4',
      'IAM5',
      'L1',
    );
  }

  private createCluster(network: NetworkStack): Cluster {
    const { config } = this;
    const cluster = new Cluster(this, 'Cluster', {
      clusterName: nameOf(config, 'cluster'),
      version: KubernetesVersion.V1_34,
      vpc: network.vpc,
      vpcSubnets: [{ subnets: network.vpc.privateSubnets }],
      endpointAccess: EndpointAccess.PRIVATE,
      defaultCapacityType: DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      bootstrapSelfManagedAddons: false,
      clusterLogging: Object.values(ClusterLoggingTypes),
      secretsEncryptionKey: new Key(this, 'SecretsKey', {
        description: "Encrypts the cluster's own secrets",
        enableKeyRotation: true,
      }),
      kubectlProviderOptions: {
        kubectlLayer: new KubectlV34Layer(this, 'Kubectl'),
        privateSubnets: network.vpc.privateSubnets,
      },
      albController: { version: AlbControllerVersion.V2_17_1 },
    });
    Validations.of(cluster).acknowledge({
      id: 'CloudFormation-Validate::W9009',
      reason: "The library's cluster names the encrypted resources in the property's older form.",
    });
    if (config.clusterAdminRoleArn) cluster.grantClusterAdmin('Admins', config.clusterAdminRoleArn);
    return cluster;
  }

  private addAddon(name: string, values?: Readonly<Record<string, unknown>>): CfnAddon {
    return new CfnAddon(this, name, {
      addonName: name,
      clusterName: this.cluster.clusterName,
      resolveConflicts: 'OVERWRITE',
      configurationValues: values && JSON.stringify(values),
    });
  }

  private addNodes(): Nodegroup {
    const { sizes } = this.config;
    const template = new LaunchTemplate(this, 'NodeTemplate', {
      requireImdsv2: true,
      httpPutResponseHopLimit: 1, // Pods have roles of their own; the node's is out of their reach.
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          volume: BlockDeviceVolume.ebs(50, { encrypted: true, volumeType: EbsDeviceVolumeType.GP3 }),
        },
      ],
    });
    return this.cluster.addNodegroupCapacity('Nodes', {
      amiType: NodegroupAmiType.AL2023_ARM_64_STANDARD,
      instanceTypes: [new InstanceType(sizes.nodeType)],
      minSize: sizes.nodesMin,
      desiredSize: sizes.nodesMin,
      maxSize: sizes.nodesMax,
      maxUnavailable: 1,
      enableNodeAutoRepair: true,
      launchTemplateSpec: { id: template.launchTemplateId as string, version: template.latestVersionNumber },
      nodeRole: new Role(this, 'NodeRole', {
        assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
        managedPolicies: NODE_POLICIES.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
      }),
    });
  }

  /** Lets the pods, which share the cluster's security group, reach Kafka and the databases' endpoints. */
  private openDoors(network: NetworkStack, data: DataStack): void {
    const doors = [{ group: network.kafkaGroup, port: KAFKA_IAM_PORT, name: 'Kafka' }, ...data.doors];
    for (const { group, port, name } of doors) {
      new CfnSecurityGroupIngress(this, `To${name}`, {
        groupId: group.securityGroupId,
        sourceSecurityGroupId: this.cluster.clusterSecurityGroupId,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        description: 'Pods of the cluster',
      });
    }
  }
}
