import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { HelmChart, type ICluster } from 'aws-cdk-lib/aws-eks-v2';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { ROLLOUT_SECONDS_MAX } from '../manifests/deployment';
import { type Manifest, NAMESPACE } from '../manifests/manifest';
import { REPOSITORY } from './bundling';

type AwaitedObjectsProps = {
  readonly cluster: ICluster;
  /** The name under which the objects are kept together. */
  readonly release: string;
  /** Where that is written down; each object names its own. */
  readonly namespace?: string;
  readonly objects: readonly Manifest[];
};

/** A deploy learns of a rollout that has failed before it stops waiting; the caller's own limit is 15 minutes. */
const PATIENCE = Duration.seconds(ROLLOUT_SECONDS_MAX + 120);

/**
 * Objects that are applied together and awaited: the stack is done when their pods run, and fails, and goes back, when
 * they do not. `kubectl apply`, which is how the CDK brings manifests, answers before the first pod has started.
 */
export class AwaitedObjects extends Construct {
  constructor(scope: Construct, id: string, { cluster, release, namespace = NAMESPACE, objects }: AwaitedObjectsProps) {
    super(scope, id);
    new HelmChart(this, 'Release', {
      cluster,
      chartAsset: new Asset(this, 'Chart', { path: join(REPOSITORY, 'lib/manifests/chart') }),
      release,
      namespace,
      createNamespace: false,
      values: { objects: [...objects] },
      wait: true,
      timeout: PATIENCE,
    });
  }
}
