import { CustomResource, RemovalPolicy } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { deploymentSteps } from '../config/functions';
import { acknowledge } from './acknowledge';
import { nameOf } from './naming';
import { ServiceLambda, type Surroundings } from './service-lambda';

export type DeploymentStepProps = Surroundings & {
  readonly name: keyof typeof deploymentSteps;
  /** What the handler finds in `ResourceProperties`. A change of it is what makes the step run again. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly rights?: readonly PolicyStatement[];
};

/** A function that CloudFormation runs during the deploy; it fails the deploy when it fails. */
export class DeploymentStep extends Construct {
  readonly lambda: ServiceLambda;

  constructor(scope: Construct, props: DeploymentStepProps) {
    super(scope, `Step-${props.name}`);
    const { config, name } = props;
    this.lambda = new ServiceLambda(this, { ...props, spec: deploymentSteps[name] });
    const provider = new Provider(this, 'Provider', {
      onEventHandler: this.lambda.fn,
      providerFunctionName: nameOf(config, `${name}-provider`),
      logGroup: new LogGroup(this, 'ProviderLogs', {
        logGroupName: `/aws/lambda/${nameOf(config, `${name}-provider`)}`,
        retention: config.sizes.logRetention,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    });
    const step = new CustomResource(this, 'Step', {
      serviceToken: provider.serviceToken,
      resourceType: `Custom::ProvingGround-${name}`,
      properties: { ...props.properties },
    });
    step.node.addDependency(this.lambda);
    acknowledge(
      provider,
      "The CDK's own provider, on a runtime it chooses: it may call any version of this one handler.",
      'IAM4',
      'IAM5',
      'L1',
    );
  }
}
