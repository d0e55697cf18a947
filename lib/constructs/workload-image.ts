import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type DockerImageAssetProps, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { buildSync } from 'esbuild';
import { REPOSITORY } from './bundling';

/** What every image is built with, beside the sources of its own workload. */
const SHARED = ['package.json', 'package-lock.json', 'tsconfig.json'];

/**
 * The image of a workload, out of exactly the files that its bundle is made of: a change elsewhere makes no new image,
 * and what has no new image is not restarted.
 */
export function imageOf(name: string, root = REPOSITORY): DockerImageAssetProps {
  const file = `eks-workloads/${name}/Dockerfile`;
  if (!existsSync(join(root, file))) throw new Error(`${file} does not exist, but the stacks deploy that workload`);
  const files = [...SHARED, file, ...sourcesOf(name, root)];
  return {
    directory: root,
    file,
    platform: Platform.LINUX_ARM64,
    exclude: ['*', ...files.map((one) => `!${one}`)],
  };
}

/** The files that the workload's entry imports, and those import, as paths below the root. */
function sourcesOf(name: string, root: string): readonly string[] {
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: [`eks-workloads/${name}/main.ts`],
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
