import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import { SECRETS } from '../config/variables';
import { REPOSITORY } from '../constructs/bundling';
import { DeploymentStep } from '../constructs/deployment-step';
import type { Surroundings } from '../constructs/service-lambda';
import { StageStack } from './stage-stack';

const MIGRATIONS = join(REPOSITORY, 'adapters/cockroach/migrations');

/** Whether every secret is filled in, then the database's schema: both before any code that needs them is deployed. */
export class SchemaStack extends StageStack {
  constructor(scope: Construct, surroundings: Surroundings) {
    super(scope, 'schema', surroundings.config, 'check of the secrets, database migrations');
    const secrets = new DeploymentStep(this, {
      ...surroundings,
      name: 'check-secrets',
      // CloudFormation cannot see what a secret holds: the check is made anew at every deploy.
      properties: { secrets: SECRETS, deployedAt: this.config.deployedAt },
    });
    const schema = new DeploymentStep(this, {
      ...surroundings,
      name: 'migrate',
      properties: { migrations: migrationsHash() },
    });
    schema.node.addDependency(secrets);
  }
}

/** Changes when a migration is added, which makes CloudFormation run the step again. */
function migrationsHash(): string {
  const hash = createHash('sha256');
  const files = readdirSync(MIGRATIONS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const name of files.sort()) hash.update(name).update(readFileSync(join(MIGRATIONS, name)));
  return hash.digest('hex');
}
