import {
  AccessEntry,
  AccessEntryType,
  AccessPolicy,
  AccessScopeType,
  type Cluster,
  KubernetesManifest,
} from 'aws-cdk-lib/aws-eks-v2';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';
import { nodeClassManifest, nodePoolManifest, policyControllerManifest } from '../manifests/nodes';

const NODE_POLICIES = ['AmazonEKSWorkerNodeMinimalPolicy', 'AmazonEC2ContainerRegistryPullOnly'];

/**
 * Where pods run: EKS adds and removes nodes by what the pods ask for, within the stage's limits (docs/adr/0019).
 * Depend on it, and the cluster takes pods.
 */
export class ClusterNodes extends Construct {
  constructor(scope: Construct, cluster: Cluster, config: StageConfig) {
    super(scope, 'Nodes');
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      description: 'Nodes of the cluster; pods have roles of their own and do not reach it',
      managedPolicies: NODE_POLICIES.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    const access = new AccessEntry(this, 'Access', {
      cluster,
      principal: role.roleArn,
      accessEntryType: AccessEntryType.EC2,
      accessPolicies: [
        AccessPolicy.fromAccessPolicyName('AmazonEKSAutoNodePolicy', { accessScopeType: AccessScopeType.CLUSTER }),
      ],
    });
    const kinds = new KubernetesManifest(this, 'Kinds', {
      cluster,
      manifest: [
        policyControllerManifest,
        nodeClassManifest({
          role: role.roleName,
          subnets: cluster.vpc.privateSubnets.map(({ subnetId }) => subnetId),
          securityGroup: cluster.clusterSecurityGroupId,
          key: this.volumeKey(cluster).keyArn,
        }),
        nodePoolManifest(config.sizes),
      ],
    });
    kinds.node.addDependency(access);
  }

  /** The cluster's role makes the nodes' volumes, so it is the one that uses the key. */
  private volumeKey(cluster: Cluster): Key {
    const key = new Key(this, 'VolumeKey', { description: "Encrypts the nodes' volumes", enableKeyRotation: true });
    const principals = [cluster.role];
    key.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        resources: ['*'],
      }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
        resources: ['*'],
        conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      }),
    );
    return key;
  }
}
