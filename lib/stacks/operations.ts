import { CfnOutput } from 'aws-cdk-lib';
import type { ICluster } from 'aws-cdk-lib/aws-eks-v2';
import { AccountPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { TOPICS } from '../../contracts/topics/topics';
import { operations } from '../config/functions';
import { acknowledge } from '../constructs/acknowledge';
import type { ArchiveBucket } from '../constructs/archive-bucket';
import type { EventConsumerProps } from '../constructs/event-consumer';
import { kafkaConnect, kafkaWrite } from '../constructs/kafka-access';
import { nameOf } from '../constructs/naming';
import { OperatorHost } from '../constructs/operator-host';
import { OperatorTrail } from '../constructs/operator-trail';
import { ServiceLambda } from '../constructs/service-lambda';
import { StageStack } from './stage-stack';

/** IAM's variable, which IAM fills in: sessions are named after who opened them. */
const OWN = ['$', '{aws:userid}'].join('');

type OperationsProps = EventConsumerProps & { readonly cluster: ICluster; readonly archive: ArchiveBucket };

/** How operators come in: a function that they call as themselves, and where it is asked for a way to the cluster. */
export class OperationsStack extends StageStack {
  constructor(scope: Construct, props: OperationsProps) {
    super(scope, 'operations', props.config, 'what operators call, and who may');
    const { config, kafkaClusterArn } = props;
    const { fn } = new ServiceLambda(this, {
      ...props,
      name: 'operate',
      spec: operations.operate,
      // A letter goes back to the topic that it came from; the relay has letters of every topic.
      rights: [kafkaConnect(kafkaClusterArn), ...kafkaWrite(kafkaClusterArn, TOPICS)],
    });
    new OperatorTrail(this, config, fn);
    const operator = new Role(this, 'Operator', {
      roleName: nameOf(config, 'operator'),
      description: 'For people who operate Proving Ground; who may take it is decided in the account',
      assumedBy: new AccountPrincipal(config.account),
    });
    operator.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [fn.functionArn] }));
    for (const right of props.archive.readRights()) operator.addToPolicy(right);
    acknowledge(
      operator,
      "An operator's own sessions, by the ids of who opened them; the archive's files, by prefix.",
      'IAM5',
    );
    if (config.operatorHost) this.addHost(props, operator);
  }

  private addHost({ config, vpc, cluster }: OperationsProps, operator: Role): void {
    const { instanceId } = new OperatorHost(this, { config, vpc, cluster });
    const arn = (resource: string, resourceName: string, account?: string, service = 'ssm') =>
      this.formatArn({ service, resource, resourceName, ...(account !== undefined && { account }) });
    operator.addToPolicy(
      new PolicyStatement({
        actions: ['ssm:StartSession'],
        resources: [
          arn('instance', instanceId, undefined, 'ec2'),
          arn('document', 'AWS-StartPortForwardingSessionToRemoteHost', ''),
        ],
      }),
    );
    operator.addToPolicy(
      new PolicyStatement({
        actions: ['ssm:ResumeSession', 'ssm:TerminateSession'],
        resources: [arn('session', `${OWN}-*`)],
      }),
    );
    operator.addToPolicy(new PolicyStatement({ actions: ['eks:DescribeCluster'], resources: [cluster.clusterArn] }));
    new CfnOutput(this, 'OperatorHostId', { value: instanceId, description: 'Target of aws ssm start-session' });
  }
}
