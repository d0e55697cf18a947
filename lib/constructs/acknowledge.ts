import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Accepts cdk-nag findings on a construct and all below it, with the reason. `IAM5[Resource::*]` is one finding;
 * `IAM5` is every finding of that rule, for roles that a library writes (see NagChecks).
 */
export function acknowledge(scope: IConstruct, reason: string, ...findings: readonly string[]): void {
  Validations.of(scope).acknowledge(...findings.map((finding) => ({ id: `AwsSolutions-${finding}`, reason })));
}
