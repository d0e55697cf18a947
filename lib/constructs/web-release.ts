import { Duration, Size, Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';

const UPLOADER = "The CDK's own uploader, one per stack: it fills the pages' bucket and invalidates the cache.";
const HASHED = '_next/static/*';

/**
 * Puts the exported site into its bucket: first the files whose names carry a hash, kept for ever by browsers, then the
 * pages that name them. Nothing is pruned, so that a page loaded before the release still finds its scripts.
 */
export class WebRelease extends Construct {
  constructor(scope: Construct, directory: string, bucket: IBucket, distribution: IDistribution) {
    super(scope, 'Release');
    const hashed = new BucketDeployment(this, 'Hashed', {
      destinationBucket: bucket,
      sources: [Source.asset(directory)],
      exclude: ['*'],
      include: [HASHED],
      prune: false,
      memoryLimit: 512,
      ephemeralStorageSize: Size.mebibytes(512),
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    });
    const pages = new BucketDeployment(this, 'Pages', {
      destinationBucket: bucket,
      sources: [Source.asset(directory)],
      exclude: [HASHED],
      prune: false,
      memoryLimit: 512,
      ephemeralStorageSize: Size.mebibytes(512),
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.seconds(0)), CacheControl.mustRevalidate()],
      distribution,
      distributionPaths: ['/*'],
    });
    pages.node.addDependency(hashed);
    for (const child of Stack.of(this).node.children) {
      if (child.node.id.startsWith('Custom::CDKBucketDeployment')) acknowledge(child, UPLOADER, 'IAM4', 'IAM5', 'L1');
    }
  }
}
