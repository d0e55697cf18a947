import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';
import { nameOf } from '../constructs/naming';
import { StageStack } from './stage-stack';

/** Where every alarm goes. It comes first, so that no function exists without somebody to tell. */
export class AlarmsStack extends StageStack {
  readonly topic: Topic;

  constructor(scope: Construct, config: StageConfig) {
    super(scope, 'alarms', config, 'the topic that alarms are sent to');
    const key = new Key(this, 'Key', {
      alias: `proving-ground/${config.stage}/alarms`,
      description: 'Encrypts alarms on their way to people',
      enableKeyRotation: true,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'], // In a key's policy this means the key itself.
        conditions: { StringEquals: { 'aws:SourceAccount': config.account } },
      }),
    );
    this.topic = new Topic(this, 'Topic', {
      topicName: nameOf(config, 'alarms'),
      masterKey: key,
      enforceSSL: true,
    });
    this.topic.addSubscription(new EmailSubscription(config.alarmEmail));
  }
}
