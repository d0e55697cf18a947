import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, Duration, RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  type FunctionAssociation,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { authRoutes } from '../../contracts/http/auth';
import { ORIGIN_SECRET_HEADER } from '../../contracts/http/edge';
import type { StageConfig } from '../config/stage';
import { acknowledge } from '../constructs/acknowledge';
import { originFunctions, pageFunctions } from '../constructs/edge-functions';
import { nameOf } from '../constructs/naming';
import { apiHeaders, pageHeaders } from '../constructs/response-headers';
import { secretNameOf } from '../constructs/secret-store';
import { WebRelease } from '../constructs/web-release';
import type { EdgeStack } from './edge';
import { StageStack } from './stage-stack';

const UNBUILT = 'web/out: the pages are not built';

/** One origin for the browser: pages from S3, `/api/*` from the HTTP API, `/ws` from the mesh's ingress. */
export class WebStack extends StageStack {
  readonly distribution: Distribution;

  constructor(scope: Construct, config: StageConfig, edge: EdgeStack, apiHost: string) {
    super(scope, 'web', config, 'CloudFront, pages, and the public name');
    const logs = this.createBucket('Logs', ObjectOwnership.BUCKET_OWNER_PREFERRED);
    const pages = this.createBucket('Pages', ObjectOwnership.BUCKET_OWNER_ENFORCED, logs);
    acknowledge(logs, 'It holds the access logs; logging its own accesses would not end.', 'S1');
    const functions = originFunctions(this, config);
    const api = this.apiBehaviour(apiHost, functions);
    this.distribution = new Distribution(this, 'Distribution', {
      comment: nameOf(config, 'web'),
      domainNames: [config.domainName],
      certificate: edge.certificate,
      webAclId: edge.firewallArn,
      httpVersion: HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      priceClass: PriceClass.PRICE_CLASS_100,
      logBucket: logs,
      logFilePrefix: 'cloudfront/',
      defaultBehavior: this.pageBehaviour(pages),
      additionalBehaviors: {
        '/api/*': api,
        // Where a verifier of the access tokens looks, who knows nothing but their issuer.
        [authRoutes.jwks.path]: { ...api, allowedMethods: AllowedMethods.ALLOW_GET_HEAD },
        '/ws': this.socketBehaviour(functions),
      },
    });
    acknowledge(this.distribution, 'A firm decides itself which countries it sells to.', 'CFR1');
    this.addNames();
    this.release(pages);
  }

  /** The CLI refuses a stack with an error by its text. */
  private release(pages: Bucket): void {
    const { pages: built, mayLackPages } = this.config;
    if (existsSync(join(built, 'index.html'))) new WebRelease(this, built, pages, this.distribution);
    else if (mayLackPages) Annotations.of(this).addWarning(`${UNBUILT}: these templates publish none`);
    else Annotations.of(this).addError(`${UNBUILT}: \`npm run deploy\` builds them first`);
  }

  private createBucket(id: string, objectOwnership: ObjectOwnership, logs?: Bucket): Bucket {
    const { retainData } = this.config.sizes;
    return new Bucket(this, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      objectOwnership,
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: logs && 'pages/',
      removalPolicy: retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }

  private pageBehaviour(pages: Bucket): BehaviorOptions {
    return {
      origin: S3BucketOrigin.withOriginAccessControl(pages),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: pageHeaders(this, this.config),
      functionAssociations: pageFunctions(this, this.config, this.config.pages),
      compress: true,
    };
  }

  private apiBehaviour(apiHost: string, functionAssociations: FunctionAssociation[]): BehaviorOptions {
    return {
      origin: new HttpOrigin(apiHost, { protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY, ...this.shownSecret() }),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: apiHeaders(this, this.config),
      functionAssociations,
    };
  }

  private socketBehaviour(functionAssociations: FunctionAssociation[]): BehaviorOptions {
    return {
      origin: new HttpOrigin(this.config.websocketOriginName, {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        readTimeout: Duration.seconds(60),
        ...this.shownSecret(),
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER,
      functionAssociations,
    };
  }

  /**
   * What only the edge knows, sent to those behind it (docs/adr/0025). CloudFormation puts the value in its place; it
   * does so again only when the reference changes, hence the version that a rotation names.
   */
  private shownSecret() {
    const { edgeSecretVersion: versionId } = this.config;
    const secret = SecretValue.secretsManager(secretNameOf(this.config, 'edge'), {
      jsonField: 'current',
      ...(versionId !== undefined && { versionId }),
    });
    return { customHeaders: { [ORIGIN_SECRET_HEADER]: secret.unsafeUnwrap() } };
  }

  private addNames(): void {
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: this.config.hostedZoneId,
      zoneName: this.config.hostedZoneName,
    });
    const target = RecordTarget.fromAlias(new CloudFrontTarget(this.distribution));
    new ARecord(this, 'Name', { zone, recordName: `${this.config.domainName}.`, target });
    new AaaaRecord(this, 'NameV6', { zone, recordName: `${this.config.domainName}.`, target });
  }
}
