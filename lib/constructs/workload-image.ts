import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type DockerImageAssetProps, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { buildSync } from 'esbuild';
import { REPOSITORY } from './bundling';

const DOCKERFILE = 'eks-workloads/Dockerfile';

/** What every image is built with, beside the sources of its own workload. */
const SHARED = ['package.json', 'package-lock.json', 'tsconfig.json', DOCKERFILE];

/**
 * The image of a workload, out of exactly the files that its bundle is made of: a change elsewhere makes no new image,
 * and what has no new image is not restarted.
 */
export function imageOf(name: string, root = REPOSITORY): DockerImageAssetProps {
  const entry = `eks-workloads/${name}/main.ts`;
  if (!existsSync(join(root, entry))) throw new Error(`${entry} does not exist, but the stacks deploy that workload`);
  const files = [...SHARED, ...sourcesOf(entry, root)];
  return {
    directory: root,
    file: DOCKERFILE,
    buildArgs: { WORKLOAD: name },
    platform: Platform.LINUX_ARM64,
    exclude: ['*', ...files.map((one) => `!${one}`)],
  };
}

/** The files that the entry imports, and those import, as paths below the root. */
function sourcesOf(entry: string, root: string): readonly string[] {
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs)
    .map((input) => relative(root, join(root, input)))
    .sort();
}
