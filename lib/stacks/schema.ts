import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import { REPOSITORY } from '../constructs/bundling';
import { DeploymentStep } from '../constructs/deployment-step';
import type { Surroundings } from '../constructs/service-lambda';
import { StageStack } from './stage-stack';

const MIGRATIONS = join(REPOSITORY, 'adapters/cockroach/migrations');

/** Brings the database's schema up to date before any code that needs it is deployed. */
export class SchemaStack extends StageStack {
  constructor(scope: Construct, surroundings: Surroundings) {
    super(scope, 'schema', surroundings.config, 'database migrations');
    new DeploymentStep(this, { ...surroundings, name: 'migrate', properties: { migrations: migrationsHash() } });
  }
}

/** Changes when a migration is added, which makes CloudFormation run the step again. */
function migrationsHash(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(MIGRATIONS).sort()) hash.update(name).update(readFileSync(join(MIGRATIONS, name)));
  return hash.digest('hex');
}
