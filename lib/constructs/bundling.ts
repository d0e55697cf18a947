import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BuildOptions } from 'esbuild';

/** The repository's root: entries and the CDK's assets are named from here, whatever directory the app is run in. */
export const REPOSITORY = resolve(__dirname, '../..');

export const handlerPath = (name: string): string => `lambdas/${name}/handler.ts`;

/** kafkajs, pg and others are CommonJS inside an ES module bundle: they need a `require` to reach Node's builtins. */
const REQUIRE = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  "const __filename = __fileURLToPath(import.meta.url), __dirname = __fileURLToPath(new URL('.', import.meta.url));",
].join('');

/**
 * All that a bundle leaves outside: two clients of the AWS SDK, which every Node runtime of Lambda brings, and an
 * optional speed-up that is never installed nor asked for. Other packages of the SDK come and go with its versions.
 */
export const LEFT_OUTSIDE = {
  runtime: ['@aws-sdk/client-kafka', '@aws-sdk/client-secrets-manager'],
  absent: ['pg-native'],
} as const;

/** How every handler becomes one file, in the cloud and on a laptop. Its map carries no source text: it stays small. */
export const handlerBuild = (name: string, outfile: string): BuildOptions => ({
  entryPoints: [join(REPOSITORY, handlerPath(name))],
  outfile,
  absWorkingDir: REPOSITORY,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  minify: true, // Without keepNames, which names each function anew whenever it is made: a tenth of an order's time.
  sourcemap: 'linked',
  sourcesContent: false,
  external: [...LEFT_OUTSIDE.runtime, ...LEFT_OUTSIDE.absent],
  banner: { js: REQUIRE },
  legalComments: 'none',
  logLevel: 'error',
});

export function requireHandler(name: string): void {
  if (!existsSync(join(REPOSITORY, handlerPath(name)))) {
    throw new Error(`${handlerPath(name)} does not exist, but the stacks deploy a function of that name`);
  }
}
