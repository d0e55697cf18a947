import { RemovalPolicy } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';
import { nameOf } from '../constructs/naming';
import { StageStack } from './stage-stack';

/** CloudFront takes its certificate and firewall from this region only, wherever the rest runs. */
const EDGE_REGION = 'us-east-1';
const REQUESTS_PER_ADDRESS_MAX = 3_000;

type ManagedGroup = { readonly name: string; readonly countOnly?: readonly string[] };

/** The common set would refuse bodies over 8 KB, which Stripe's webhooks reach; the API has its own limits. */
const MANAGED_GROUPS: readonly ManagedGroup[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
  { name: 'AWSManagedRulesCommonRuleSet', countOnly: ['SizeRestrictions_BODY'] },
];

/** What must live in CloudFront's own region: the certificate of the public name, and the web firewall. */
export class EdgeStack extends StageStack {
  readonly certificate: Certificate;
  readonly firewallArn: string;

  constructor(scope: Construct, config: StageConfig) {
    super(scope, 'edge', config, 'certificate and web firewall of CloudFront', EDGE_REGION);
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: config.hostedZoneId,
      zoneName: config.hostedZoneName,
    });
    this.certificate = new Certificate(this, 'Certificate', {
      domainName: config.domainName,
      validation: CertificateValidation.fromDns(zone),
    });
    const firewall = new CfnWebACL(this, 'Firewall', {
      name: nameOf(config, 'firewall'),
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: measured('firewall'),
      rules: [rateRule(0), ...MANAGED_GROUPS.map((group, index) => managedRule(group, index + 1))],
    });
    this.firewallArn = firewall.attrArn;
    const logs = new LogGroup(this, 'FirewallLogs', {
      logGroupName: `aws-waf-logs-${nameOf(config, 'firewall')}`, // WAF insists on this beginning.
      retention: config.sizes.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new CfnLoggingConfiguration(this, 'FirewallLogging', {
      resourceArn: firewall.attrArn,
      logDestinationConfigs: [
        this.formatArn({ service: 'logs', resource: `log-group:${logs.logGroupName}`, region: EDGE_REGION }),
      ],
      redactedFields: [{ singleHeader: { Name: 'authorization' } }, { singleHeader: { Name: 'cookie' } }],
    });
  }
}

const measured = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
});

/** Per address and five minutes; the finer limits per user and route are the application's, in Redis. */
const rateRule = (priority: number): CfnWebACL.RuleProperty => ({
  name: 'rate-per-address',
  priority,
  action: { block: { customResponse: { responseCode: 429 } } },
  statement: { rateBasedStatement: { limit: REQUESTS_PER_ADDRESS_MAX, aggregateKeyType: 'IP' } },
  visibilityConfig: measured('rate-per-address'),
});

const managedRule = ({ name, countOnly }: ManagedGroup, priority: number): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: countOnly?.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: measured(name),
});
