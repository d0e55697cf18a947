import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { once, type Say } from './install/tools';
import { run } from './services/child';

/** Bundling is left out: the local platform bundles each handler itself and again when it changes, and serves pages. */
const CONTEXT = JSON.stringify({ 'aws:cdk:bundling-stacks': [], pages: 'if-built' });

/** Synthesizes the CDK app into `.cache/cdk.out`, unless nothing that it reads has changed. */
export async function synthesize(root: string, say: Say): Promise<string> {
  const out = join(root, '.cache/cdk.out');
  const inputs = hashOf(root, [
    'bin',
    'lib',
    'contracts',
    'domain',
    'adapters/cockroach/migrations',
    'eks-workloads',
    'engines',
    'cdk.json',
    'cdk.context.json',
    'package-lock.json',
  ]);
  const inputsAndPages = `${inputs} ${pageNames(join(root, 'web/out')).join(' ')}`;
  const assembling = { cache: join(root, '.cache'), name: 'cloud assembly', inputs: inputsAndPages, output: out };
  await once(assembling, say, async () => {
    await run(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
      cwd: root,
      env: { CDK_OUTDIR: out, CDK_CONTEXT_JSON: CONTEXT, AWS_EC2_METADATA_DISABLED: 'true' },
    });
  });
  return out;
}

/** What the stacks read of the exported site: its pages by name. Scripts are named anew in each build. */
const pageNames = (out: string): readonly string[] =>
  existsSync(out)
    ? readdirSync(out, { recursive: true, encoding: 'utf8' })
        .filter((name) => !name.startsWith('_next'))
        .sort()
    : [];

/** Builds the static export of the web app into `web/out`, unless nothing that it is made of has changed. */
export async function buildWeb(root: string, say: Say): Promise<string> {
  const out = join(root, 'web/out');
  const inputs = hashOf(root, ['web', 'contracts', 'domain', 'package-lock.json']);
  await once({ cache: join(root, '.cache'), name: 'web', inputs, output: out }, say, async () => {
    await run(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build', 'web'], {
      cwd: root,
      env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    });
  });
  return out;
}

/** One hash over the names and contents of files and folders; what a build writes is left out. */
export function hashOf(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    const full = join(root, path);
    const stat = statSync(full, { throwIfNoEntry: false });
    if (!stat) return;
    if (!stat.isDirectory()) {
      hash.update(path).update(readFileSync(full));
      return;
    }
    for (const name of readdirSync(full).sort()) if (!BUILT.has(name)) add(join(path, name));
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}

const BUILT = new Set(['.next', 'out', 'node_modules', 'next-env.d.ts', 'tsconfig.tsbuildinfo']);
