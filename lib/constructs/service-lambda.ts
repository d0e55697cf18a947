import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Architecture, type CfnFunction, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type FunctionSpec, instancesMax } from '../config/functions';
import type { StageConfig } from '../config/stage';
import { environmentOf, secretsNeeded } from '../config/variables';
import { handlerPath } from './bundling';
import { addFunctionAlarms } from './error-alarms';
import { createFunctionRole } from './function-role';
import { handlerCode } from './handler-code';
import { nameOf } from './naming';
import type { SecretStore } from './secret-store';

/** What every function stands in; a stack makes it once. */
export type Surroundings = {
  readonly config: StageConfig;
  readonly vpc: IVpc;
  readonly functionGroup: ISecurityGroup;
  readonly secrets: SecretStore;
  readonly alarmTopic: ITopic;
  readonly kafkaClusterArn?: string;
};

export type ServiceLambdaProps = Surroundings & {
  /** Folder under lambdas/: also the function's name, log group and alarm. */
  readonly name: string;
  readonly spec: FunctionSpec;
  /** Rights beyond its secrets. */
  readonly rights?: readonly PolicyStatement[];
};

/** Every Lambda of ours is made here: one runtime, one bundling, one role, one log group, the same alarms. */
export class ServiceLambda extends Construct {
  readonly fn: LambdaFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, props: ServiceLambdaProps) {
    super(scope, props.name);
    const { config, name, secrets, spec } = props;
    const functionName = nameOf(config, name);
    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: config.sizes.logRetention,
      removalPolicy: config.sizes.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.role = createFunctionRole(this, functionName, this.logGroup);
    for (const statement of secrets.readStatements(secretsNeeded(spec.needs))) this.role.addToPolicy(statement);
    for (const statement of props.rights ?? []) this.role.addToPolicy(statement);
    this.fn = new LambdaFunction(this, 'Function', {
      functionName,
      role: this.role,
      logGroup: this.logGroup,
      code: handlerCode(name),
      handler: 'handler.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: spec.memoryMb,
      timeout: Duration.seconds(spec.timeoutS),
      reservedConcurrentExecutions: instancesMax(name, spec, config.sizes.functionShare),
      tracing: Tracing.ACTIVE,
      vpc: props.vpc,
      vpcSubnets: { subnets: props.vpc.privateSubnets },
      securityGroups: [props.functionGroup],
      environment: {
        ...environmentOf(name, spec.needs, {
          config,
          secretArns: secrets.arns,
          kafkaClusterArn: props.kafkaClusterArn,
        }),
      },
    });
    (this.fn.node.defaultChild as CfnFunction).addMetadata('ProvingGroundHandler', handlerPath(name));
    addFunctionAlarms(this, { ...props, fn: this.fn, logGroup: this.logGroup });
  }
}
