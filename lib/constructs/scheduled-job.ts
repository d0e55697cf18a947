import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { FunctionSpec } from '../config/functions';
import { nameOf } from './naming';
import { ServiceLambda, type Surroundings } from './service-lambda';

export type ScheduledJobSpec = FunctionSpec & { readonly everyMinutes: number };

/** A function that EventBridge calls at a steady rate. The next run makes up for a missed one: it is retried once. */
export class ScheduledJob extends Construct {
  readonly lambda: ServiceLambda;

  constructor(scope: Construct, name: string, spec: ScheduledJobSpec, surroundings: Surroundings) {
    super(scope, `Job-${name}`);
    this.lambda = new ServiceLambda(this, { ...surroundings, name, spec });
    new Rule(this, 'Schedule', {
      ruleName: nameOf(surroundings.config, name),
      description: `Runs ${name} every ${spec.everyMinutes} minutes`,
      schedule: Schedule.rate(Duration.minutes(spec.everyMinutes)),
      targets: [new LambdaFunction(this.lambda.fn, { retryAttempts: 1, maxEventAge: Duration.minutes(30) })],
    });
  }
}
