import { CfnDeletionPolicy, CfnResource, type IAspect } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * What is kept when its stack goes is not kept when its first create fails: it would hold the name that the next try
 * needs. Also for what libraries make, whose own choice is to keep logs and keys for ever; a stage without data worth
 * keeping keeps nothing.
 */
export class KeptOnceMade implements IAspect {
  constructor(private readonly retainData: boolean) {}

  visit(node: IConstruct): void {
    if (!CfnResource.isCfnResource(node) || node.cfnOptions.deletionPolicy !== CfnDeletionPolicy.RETAIN) return;
    node.cfnOptions.deletionPolicy = this.retainData
      ? CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE
      : CfnDeletionPolicy.DELETE;
    if (!this.retainData) node.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.DELETE;
  }
}
