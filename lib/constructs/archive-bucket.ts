import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type LifecycleRule, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';
import type { WorkloadSpec } from '../config/workloads';
import { acknowledge } from './acknowledge';

/** What goes when its days are over; `verdicts/` is not among them. */
const EXPIRING = ['ticks/', 'frames/'] as const;

/**
 * Ticks and frames for as many days as the firm chose, and for ever what is around verdicts. Versioned: whoever
 * overwrites or deletes what proves a verdict leaves the version before it.
 */
export class ArchiveBucket extends Construct {
  readonly url: string;
  private readonly bucket: Bucket;

  constructor(scope: Construct, config: StageConfig) {
    super(scope, 'Archive');
    const logs = this.createBucket('Logs', config, [{ expiration: Duration.days(config.archiveDays) }]);
    acknowledge(logs, 'It holds the access logs; logging its own accesses would not end.', 'S1');
    const rules = EXPIRING.map((prefix) => ({
      prefix,
      expiration: Duration.days(config.archiveDays),
      noncurrentVersionExpiration: Duration.days(1),
    }));
    this.bucket = this.createBucket('Files', config, rules, logs);
    this.url = `s3://${this.bucket.bucketName}`;
  }

  /** For people: everything, to read. */
  readRights(): readonly PolicyStatement[] {
    const all = [...EXPIRING, 'verdicts/'];
    return [this.list(...all), this.objects(['s3:GetObject'], ...all)];
  }

  /** The least that a workload's part in the archive needs: nobody deletes. */
  rightsOf(part: WorkloadSpec['archive']): readonly PolicyStatement[] {
    switch (part) {
      case undefined:
        return [];
      case 'reads ticks':
        return [this.list('ticks/'), this.objects(['s3:GetObject'], 'ticks/')];
      case 'writes':
        return [
          this.list(...EXPIRING),
          this.objects(['s3:GetObject'], ...EXPIRING),
          this.objects(['s3:PutObject'], ...EXPIRING, 'verdicts/'),
        ];
    }
  }

  private list(...prefixes: readonly string[]): PolicyStatement {
    return new PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: [this.bucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': prefixes.map((prefix) => `${prefix}*`) } },
    });
  }

  private objects(actions: string[], ...prefixes: readonly string[]): PolicyStatement {
    return new PolicyStatement({
      actions,
      resources: prefixes.map((prefix) => this.bucket.arnForObjects(`${prefix}*`)),
    });
  }

  private createBucket(id: string, { sizes }: StageConfig, rules: LifecycleRule[], logs?: Bucket): Bucket {
    return new Bucket(this, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      lifecycleRules: rules,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: logs && 'archive/',
      removalPolicy: sizes.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
