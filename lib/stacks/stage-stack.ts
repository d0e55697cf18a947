import { Aspects, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/stage';
import { KeptLogs } from '../constructs/kept-logs';
import { KeptOnceMade } from '../constructs/kept-once-made';
import { nameOf } from '../constructs/naming';

/** A stack of one stage: named, placed, tagged and protected the same way as its siblings. */
export abstract class StageStack extends Stack {
  protected constructor(
    scope: Construct,
    name: string,
    readonly config: StageConfig,
    description: string,
    region = config.region,
  ) {
    super(scope, nameOf(config, name), {
      env: { account: config.account, region },
      description: `Proving Ground, ${config.stage}: ${description}`,
      // A protected stack whose first create failed could not be made again.
      terminationProtection: config.sizes.retainData && !config.isFirstDeploy,
      crossRegionReferences: true,
    });
    Aspects.of(this).add(new KeptOnceMade(config.sizes.retainData));
    Tags.of(this).add('application', 'proving-ground');
    Tags.of(this).add('stage', config.stage);
    Aspects.of(this).add(new KeptLogs(config.sizes.logRetention));
  }
}
