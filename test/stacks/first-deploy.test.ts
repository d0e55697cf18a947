import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { committedContext } from '../../lib/config/context';
import { stageConfig } from '../../lib/config/stage';
import { AlarmsStack } from '../../lib/stacks/alarms';
import { EdgeStack } from '../../lib/stacks/edge';
import { WebStack } from '../../lib/stacks/web';
import { PROD_INPUTS as PROD } from '../fixtures/cloud/prod-inputs';
import { ROOT } from '../fixtures/cloud/synthesize';

type Template = { readonly Resources: Record<string, { readonly Type: string }> };

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'proving-ground-first-deploy-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The app of production as the CLI runs it: it finds faults, but leaves it to the CLI whether they concern it. */
function assemblyOf(inputs: Readonly<Record<string, string>>): string {
  const CDK_OUTDIR = join(directory, 'assembly');
  const given = {
    stage: 'prod',
    'aws:cdk:bundling-stacks': [],
    pages: 'if-built',
    '@aws-cdk/core:failSynthOnValidationErrors': false,
  };
  execFileSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
    cwd: ROOT,
    stdio: 'pipe',
    env: { ...process.env, ...inputs, CDK_OUTDIR, CDK_CONTEXT_JSON: JSON.stringify(given) },
  });
  return CDK_OUTDIR;
}

/** What the CLI says to one stack of an assembly. */
function said(assembly: string, stack: string) {
  const cli = join(ROOT, 'node_modules/aws-cdk/bin/cdk');
  const args = ['synth', '--app', assembly, '--quiet', '--no-notices', stack];
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: ROOT, encoding: 'utf8' });
  return { isRefused: status !== 0, text: stderr };
}

test('production is protected, but for its first deploy: the CLI deletes a stack that failed and tries again', () => {
  const isProtected = (context: object) => {
    const app = new App({ context: { ...committedContext(ROOT), stage: 'prod', ...context } });
    return new AlarmsStack(app, stageConfig(app.node, PROD)).terminationProtection;
  };
  expect(isProtected({})).toBe(true);
  expect(isProtected({ first: 'true' })).toBe(false);
});

test('the network can be deployed before there is a way to Redis; what needs one is refused by the name of the input', () => {
  const { PROVING_GROUND_REDIS_RESOURCE_CONFIGURATION_ARN, ...withoutRedis } = PROD;
  const assembly = assemblyOf(withoutRedis);
  // Without an account at hand the CLI also misses what it would look up there; that is no fault of the inputs.
  expect(said(assembly, 'proving-ground-prod-network').text).not.toContain('redisPeeringId');
  const data = said(assembly, 'proving-ground-prod-data');
  expect(data.isRefused).toBe(true);
  expect(data.text).toContain('PROVING_GROUND_REDIS_PEERING_ID');
});

describe('the pages', () => {
  /** Synthesizes the stack of the pages alone; throws what is wrong with it. */
  const synthesizeWeb = (pages: string, mayLackPages: boolean) => {
    const app = new App({ context: committedContext(ROOT), outdir: mkdtempSync(join(directory, 'web-')) });
    const config = { ...stageConfig(app.node, {}), pages, mayLackPages };
    const stack = new WebStack(app, config, new EdgeStack(app, config), 'api.example');
    return app.synth().getStackByName(stack.stackName);
  };
  const uploads = ({ template }: ReturnType<typeof synthesizeWeb>) =>
    Object.values((template as Template).Resources).filter(({ Type }) => Type === 'Custom::CDKBucketDeployment').length;

  test('a deploy without built pages is refused by their name', () => {
    expect(() => synthesizeWeb(join(directory, 'nowhere'), false)).toThrow(/web\/out: the pages are not built/);
  });

  test('templates alone may lack them, and say so', () => {
    const stack = synthesizeWeb(join(directory, 'nowhere'), true);
    expect(uploads(stack)).toBe(0);
    expect(JSON.stringify(stack.messages)).toContain('these templates publish none');
  });

  test('built pages are published', () => {
    mkdirSync(join(directory, 'out'));
    writeFileSync(join(directory, 'out/index.html'), '<!doctype html>');
    expect(uploads(synthesizeWeb(join(directory, 'out'), false))).toBe(2);
  });

  test('`npm run deploy` builds them first', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(scripts.predeploy).toMatch(/next build web$/);
  });
});
