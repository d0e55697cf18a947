import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { type ICluster, IdentityType, KubernetesManifest, ServiceAccount } from 'aws-cdk-lib/aws-eks-v2';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';
import { RAY_NAMESPACE } from '../manifests/manifest';
import { closedByDefault } from '../manifests/namespace';
import { rayAccess } from '../manifests/ray/access';
import { RAY, RAY_HEAD } from '../manifests/ray/pods';
import { rayService } from '../manifests/ray/service';
import { AwaitedObjects } from './awaited-objects';
import { REPOSITORY } from './bundling';

const SOURCES = 'eks-workloads/monte-carlo/ray';

export type RayClusterProps = {
  readonly config: StageConfig;
  readonly cluster: ICluster;
  readonly vpcCidr: string;
};

/** Ray for the simulations: its image, identities that are worth nothing in AWS, who reaches it, and the RayService. */
export class RayCluster extends Construct {
  constructor(scope: Construct, { config, cluster, vpcCidr }: RayClusterProps) {
    super(scope, 'Ray');
    const policies = new KubernetesManifest(this, 'Policies', {
      cluster,
      manifest: [...closedByDefault(RAY_NAMESPACE)],
    });
    const image = new DockerImageAsset(this, 'Image', {
      directory: `${REPOSITORY}/${SOURCES}`,
      platform: Platform.LINUX_ARM64,
    });
    const objects = new AwaitedObjects(this, 'Objects', {
      cluster,
      release: RAY,
      namespace: RAY_NAMESPACE,
      objects: [...rayAccess(vpcCidr), rayService({ image: image.imageUri, sizes: config.sizes })],
    });
    objects.node.addDependency(policies, ...[RAY, RAY_HEAD].map((name) => this.account(cluster, name)));
  }

  /** Ray runs what it is sent. A role that is denied everything can be given nothing by a policy elsewhere either. */
  private account(cluster: ICluster, name: string): ServiceAccount {
    const account = new ServiceAccount(this, `Account-${name}`, {
      cluster,
      name,
      namespace: RAY_NAMESPACE,
      identityType: IdentityType.IRSA,
    });
    account.addToPrincipalPolicy(new PolicyStatement({ effect: Effect.DENY, actions: ['*'], resources: ['*'] }));
    return account;
  }
}
