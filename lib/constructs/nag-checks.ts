import { type PolicyValidationPluginReport, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/**
 * cdk-nag's AwsSolutions pack, in which an acknowledgement of a whole rule (`AwsSolutions-IAM5`) covers each of the
 * rule's findings (`AwsSolutions-IAM5[Resource::…]`). The pack alone wants them one by one, by texts that contain the
 * tokens of other stacks and are known only when the synth is over.
 */
export class NagChecks extends AwsSolutionsChecks {
  override validateScope(scope: IConstruct): PolicyValidationPluginReport {
    const report = super.validateScope(scope);
    const violations = report.violations
      .map((violation) => ({
        ...violation,
        violatingResources: violation.violatingResources.filter(
          ({ constructPath }) => !isRuleAcknowledged(scope, constructPath ?? '', violation.ruleName),
        ),
      }))
      .filter(({ violatingResources }) => violatingResources.length > 0);
    return { ...report, success: violations.length === 0, violations };
  }
}

function isRuleAcknowledged(root: IConstruct, path: string, finding: string): boolean {
  const rule = finding.split('[')[0];
  let node: IConstruct | undefined = root.node.findAll().find((candidate) => candidate.node.path === path);
  for (; node; node = node.node.scope) {
    for (const { type, data } of node.node.metadata) {
      if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY || !data) continue;
      if (Object.keys(data).some((id) => id.replace(/^annotation::/i, '') === rule)) return true;
    }
  }
  return false;
}
