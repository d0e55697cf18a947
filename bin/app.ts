import { App, Validations } from 'aws-cdk-lib';
import { committedContext } from '../lib/config/context';
import { stageConfig } from '../lib/config/stage';
import { REPOSITORY } from '../lib/constructs/bundling';
import { NagChecks } from '../lib/constructs/nag-checks';
import { addProvingGround } from '../lib/proving-ground';

const app = new App({ context: committedContext(REPOSITORY) });
Validations.of(app).addPlugins(new NagChecks(app));
try {
  addProvingGround(app, stageConfig(app.node, process.env));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
app.synth();
