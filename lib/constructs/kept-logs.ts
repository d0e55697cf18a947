import { CfnResource, type IAspect, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';

/**
 * Gives every function that a library made a log group of the stack: Lambda would make one by itself, and that one
 * keeps its lines for ever.
 */
export class KeptLogs implements IAspect {
  constructor(private readonly retention: RetentionDays) {}

  visit(node: IConstruct): void {
    if (!(node instanceof CfnResource) || node.cfnResourceType !== 'AWS::Lambda::Function') return;
    const { scope } = node.node;
    if (!scope || hasLogs(node) || scope.node.tryFindChild('KeptLogs')) return;
    const logs = new LogGroup(scope, 'KeptLogs', { retention: this.retention, removalPolicy: RemovalPolicy.DESTROY });
    node.addPropertyOverride('LoggingConfig.LogGroup', logs.logGroupName);
  }
}

/** A function may name how much it logs and leave open where. */
const hasLogs = (node: CfnResource): boolean =>
  node instanceof CfnFunction && Stack.of(node).resolve(node.loggingConfig)?.logGroup !== undefined;
