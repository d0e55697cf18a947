import { KubectlV34Layer } from '@aws-cdk/lambda-layer-kubectl-v34';
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import {
  CfnAddon,
  type CfnAddonProps,
  Cluster,
  ClusterLoggingTypes,
  DefaultCapacityType,
  EndpointAccess,
  KubernetesVersion,
} from 'aws-cdk-lib/aws-eks-v2';
import { ManagedPolicy, Role, ServicePrincipal, SessionTagsPrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { KAFKA_IAM_PORT } from '../config/ports';
import type { StageConfig } from '../config/stage';
import { acknowledge } from '../constructs/acknowledge';
import { ClusterNodes } from '../constructs/cluster-nodes';
import { EventScaler } from '../constructs/event-scaler';
import { nameOf } from '../constructs/naming';
import { RayOperator } from '../constructs/ray-operator';
import { ServiceMesh } from '../constructs/service-mesh';
import type { DataStack } from './data';
import type { NetworkStack } from './network';
import { StageStack } from './stage-stack';

/** What the cluster sends by itself; EKS names the groups, and would keep their lines for ever. */
const AGENT_LOGS = ['application', 'dataplane', 'host', 'performance'] as const;

/** Kubernetes for the long-lived parts: private control plane, arm64 nodes that come by need, and the Istio mesh. */
export class ClusterStack extends StageStack {
  readonly cluster: Cluster;
  readonly mesh: ServiceMesh;

  constructor(scope: Construct, config: StageConfig, network: NetworkStack, data: DataStack) {
    super(scope, 'cluster', config, 'EKS, its nodes and the mesh');
    this.cluster = this.createCluster(network);
    const nodes = new ClusterNodes(this, this.cluster, config);
    this.addAddon('metrics-server').node.addDependency(nodes);
    this.addInsights().node.addDependency(nodes);
    new EventScaler(this, this.cluster).node.addDependency(nodes);
    this.mesh = new ServiceMesh(this, this.cluster, config);
    this.mesh.node.addDependency(nodes);
    new RayOperator(this, this.cluster, network.vpc.vpcCidrBlock).node.addDependency(nodes);
    this.openDoors(network, data);
    acknowledge(
      this,
      "EKS, its nodes, its agents and the CDK's kubectl provider: AWS's own policies and runtime.",
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
      defaultCapacityType: DefaultCapacityType.AUTOMODE,
      compute: { nodePools: [] }, // The built-in ones are for amd64, or for what is critical only.
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
    });
    cluster.node.addDependency(this.agentLogs('ControlPlaneLogs', `/aws/eks/${nameOf(config, 'cluster')}/cluster`));
    Validations.of(cluster).acknowledge({
      id: 'CloudFormation-Validate::W9009',
      reason: "The library's cluster names the encrypted resources in the property's older form.",
    });
    if (config.clusterAdminRoleArn) cluster.grantClusterAdmin('Admins', config.clusterAdminRoleArn);
    return cluster;
  }

  private addAddon(name: string, more: Partial<CfnAddonProps> = {}): CfnAddon {
    return new CfnAddon(this, name, {
      addonName: name,
      clusterName: this.cluster.clusterName,
      resolveConflicts: 'OVERWRITE',
      ...more,
    });
  }

  /** Container Insights: the metrics of pods and nodes, and the lines that containers write. */
  private addInsights(): CfnAddon {
    const role = new Role(this, 'InsightsRole', {
      assumedBy: new SessionTagsPrincipal(new ServicePrincipal('pods.eks.amazonaws.com')),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('CloudWatchAgentServerPolicy')],
    });
    const addon = this.addAddon('amazon-cloudwatch-observability', {
      podIdentityAssociations: [{ serviceAccount: 'cloudwatch-agent', roleArn: role.roleArn }],
    });
    for (const kind of AGENT_LOGS) {
      const name = `/aws/containerinsights/${nameOf(this.config, 'cluster')}/${kind}`;
      addon.node.addDependency(this.agentLogs(`Insights-${kind}`, name));
    }
    return addon;
  }

  private agentLogs(id: string, logGroupName: string): LogGroup {
    return new LogGroup(this, id, {
      logGroupName,
      retention: this.config.sizes.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
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
