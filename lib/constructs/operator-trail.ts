import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ReadWriteType, Trail } from 'aws-cdk-lib/aws-cloudtrail';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';
import { acknowledge } from './acknowledge';
import { nameOf } from './naming';

const KEPT = Duration.days(2 * 365);

/**
 * Who called the function, as AWS itself knows it: each call's principal, address and time, under the request id that
 * the audit log has as its correlation id. The account's ordinary trail does not keep calls of functions.
 */
export class OperatorTrail extends Construct {
  constructor(scope: Construct, config: StageConfig, called: IFunction) {
    super(scope, 'Trail');
    const bucket = new Bucket(this, 'Calls', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{ expiration: KEPT, noncurrentVersionExpiration: Duration.days(30) }],
      removalPolicy: config.sizes.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    acknowledge(bucket, 'It is a log, written by AWS alone; the files prove each other.', 'S1');
    const trail = new Trail(this, 'Trail', {
      trailName: nameOf(config, 'operators'),
      bucket,
      isMultiRegionTrail: false,
      includeGlobalServiceEvents: false,
      managementEvents: ReadWriteType.NONE,
      enableFileValidation: true,
    });
    trail.addLambdaEventSelector([called], { includeManagementEvents: false });
  }
}
