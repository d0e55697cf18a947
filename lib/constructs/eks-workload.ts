import { Stack } from 'aws-cdk-lib';
import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import { type ICluster, IdentityType, ServiceAccount } from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';
import { environmentOf, secretsNeeded } from '../config/variables';
import type { WorkloadSpec } from '../config/workloads';
import { deploymentManifest } from '../manifests/deployment';
import { NAMESPACE } from '../manifests/manifest';
import { datastorePorts, networkPolicyManifest } from '../manifests/network-policy';
import { scalingManifests } from '../manifests/scaling';
import { trafficManifests } from '../manifests/traffic';
import { acknowledge } from './acknowledge';
import type { ArchiveBucket } from './archive-bucket';
import { AwaitedObjects } from './awaited-objects';
import { kafkaConnect, kafkaRead, kafkaWrite } from './kafka-access';
import { connectionsMetric, ownNamespace } from './line-metric';
import type { SecretStore } from './secret-store';
import { imageOf } from './workload-image';

export type EksWorkloadProps = {
  readonly config: StageConfig;
  readonly cluster: ICluster;
  readonly vpcCidr: string;
  readonly secrets: SecretStore;
  readonly archive: ArchiveBucket;
  readonly kafkaClusterArn: string;
};

/** A long-lived part: its image, its identity in AWS, and everything Kubernetes and the mesh must know of it. */
export class EksWorkload extends Construct {
  constructor(scope: Construct, name: string, spec: WorkloadSpec, props: EksWorkloadProps) {
    super(scope, `Workload-${name}`);
    const { archive, cluster, config, secrets, kafkaClusterArn } = props;
    const account = new ServiceAccount(this, 'Account', {
      cluster,
      name,
      namespace: NAMESPACE,
      identityType: IdentityType.IRSA,
    });
    const rights = [
      ...secrets.readStatements(secretsNeeded(spec.needs)),
      kafkaConnect(kafkaClusterArn),
      ...(spec.consumes.length > 0 ? kafkaRead(kafkaClusterArn, spec.consumes, [`${name}*`]) : []),
      ...(spec.produces.length > 0 ? kafkaWrite(kafkaClusterArn, spec.produces) : []),
      ...archive.rightsOf(spec.archive),
    ];
    for (const right of rights) account.addToPrincipalPolicy(right);
    acknowledge(
      account,
      'A copy of a workload names its consumer group after itself: groups are granted by prefix, as the archive’s files.',
      'IAM5',
    );
    const manifests = [
      deploymentManifest({
        shardedPods: config.sizes.riskPods,
        name,
        spec,
        image: this.image(name).imageUri,
        environment: environmentOf(name, spec.needs, {
          config,
          secretArns: secrets.arns,
          kafkaClusterArn,
          archiveUrl: archive.url,
        }),
        unmeshedPorts: datastorePorts(spec, config),
      }),
      ...trafficManifests(name, spec, config.domainName),
      networkPolicyManifest(name, spec, config, props.vpcCidr),
      ...scalingManifests(name, spec, config.sizes, {
        region: Stack.of(this).region,
        namespace: ownNamespace(config),
        name: connectionsMetric(name),
      }),
    ];
    const objects = new AwaitedObjects(this, 'Objects', { cluster, release: name, objects: manifests });
    objects.node.addDependency(account);
  }

  private image(name: string): DockerImageAsset {
    return new DockerImageAsset(this, 'Image', imageOf(name));
  }
}
