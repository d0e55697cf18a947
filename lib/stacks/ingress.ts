import { Duration, Tags } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnSecurityGroupIngress, Peer, Port, PrefixList, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import {
  NetworkLoadBalancer,
  NetworkTargetGroup,
  Protocol,
  SslPolicy,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';
import { acknowledge } from '../constructs/acknowledge';
import { nameOf } from '../constructs/naming';
import { BALANCER_LETS_GO_S, INGRESS_PORT, INGRESS_READY_PORT } from '../constructs/service-mesh';
import { INGRESS_NAMESPACE } from '../manifests/manifest';
import type { ClusterStack } from './cluster';
import type { NetworkStack } from './network';
import { StageStack } from './stage-stack';

/** AWS's own list of the addresses from which CloudFront calls origins. */
const CLOUDFRONT = 'com.amazonaws.global.cloudfront.origin-facing';

/** The way in for WebSockets: CloudFront, load balancer with TLS, the mesh's gateway. Only CloudFront is let in. */
export class IngressStack extends StageStack {
  constructor(scope: Construct, config: StageConfig, network: NetworkStack, cluster: ClusterStack) {
    super(scope, 'ingress', config, 'load balancer and mesh gateway for WebSockets');
    const group = this.createGroup(network, cluster);
    const balancer = new NetworkLoadBalancer(this, 'Balancer', {
      vpc: network.vpc,
      vpcSubnets: { subnets: network.vpc.publicSubnets },
      internetFacing: true,
      crossZoneEnabled: true,
      securityGroups: [group],
      deletionProtection: config.sizes.retainData,
    });
    acknowledge(balancer, "CloudFront's logs and the mesh's access log already record each connection.", 'ELB2');
    const targets = new NetworkTargetGroup(this, 'Targets', {
      vpc: network.vpc,
      targetType: TargetType.IP,
      protocol: Protocol.TCP,
      port: INGRESS_PORT,
      healthCheck: { protocol: Protocol.HTTP, port: String(INGRESS_READY_PORT), path: '/healthz/ready' },
      deregistrationDelay: Duration.seconds(BALANCER_LETS_GO_S),
      connectionTermination: true, // Browsers whose pod has gone connect anew, instead of waiting for nobody.
    });
    // EKS binds pods only to target groups that carry its cluster's name.
    Tags.of(targets).add('eks:eks-cluster-name', nameOf(config, 'cluster'));
    balancer.addListener('Tls', {
      port: 443,
      protocol: Protocol.TLS,
      sslPolicy: SslPolicy.RECOMMENDED_TLS,
      certificates: [this.nameBalancer(balancer)],
      defaultTargetGroups: [targets],
    });
    this.addGateway(cluster, targets);
  }

  private createGroup(network: NetworkStack, cluster: ClusterStack): SecurityGroup {
    const group = new SecurityGroup(this, 'BalancerGroup', {
      vpc: network.vpc,
      description: 'Load balancer of the mesh',
      allowAllOutbound: false,
    });
    const { prefixListId } = PrefixList.fromLookup(this, 'CloudFront', { prefixListName: CLOUDFRONT });
    group.addIngressRule(Peer.prefixList(prefixListId), Port.tcp(443), 'CloudFront');
    for (const port of [INGRESS_PORT, INGRESS_READY_PORT]) {
      group.addEgressRule(Peer.ipv4(network.vpc.vpcCidrBlock), Port.tcp(port), 'Gateway pods');
      new CfnSecurityGroupIngress(this, `ToGateway${port}`, {
        groupId: cluster.cluster.clusterSecurityGroupId,
        sourceSecurityGroupId: group.securityGroupId,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        description: 'Load balancer of the mesh',
      });
    }
    return group;
  }

  private nameBalancer(balancer: NetworkLoadBalancer): Certificate {
    const { hostedZoneId, hostedZoneName, websocketOriginName } = this.config;
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName: hostedZoneName });
    new ARecord(this, 'Name', {
      zone,
      recordName: `${websocketOriginName}.`,
      target: RecordTarget.fromAlias(new LoadBalancerTarget(balancer)),
    });
    return new Certificate(this, 'Certificate', {
      domainName: websocketOriginName,
      validation: CertificateValidation.fromDns(zone),
    });
  }

  private addGateway({ cluster, mesh }: ClusterStack, targets: NetworkTargetGroup): void {
    const { replicasMin: min, replicasMax: max } = this.config.sizes;
    const chart = mesh.addIngressGateway(this, { min, max });
    const objects = new KubernetesManifest(this, 'Gateway', {
      cluster,
      manifest: [
        {
          apiVersion: 'networking.istio.io/v1',
          kind: 'Gateway',
          metadata: { name: 'public', namespace: INGRESS_NAMESPACE },
          spec: {
            selector: { istio: 'ingress' },
            servers: [
              { port: { number: INGRESS_PORT, name: 'http', protocol: 'HTTP' }, hosts: [this.config.domainName] },
            ],
          },
        },
        {
          apiVersion: 'eks.amazonaws.com/v1',
          kind: 'TargetGroupBinding',
          metadata: { name: nameOf(this.config, 'ingress'), namespace: INGRESS_NAMESPACE },
          spec: {
            targetType: 'ip',
            targetGroupARN: targets.targetGroupArn,
            serviceRef: { name: INGRESS_NAMESPACE, port: INGRESS_PORT },
          },
        },
      ],
    });
    objects.node.addDependency(chart);
  }
}
