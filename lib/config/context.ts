import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Context = Record<string, unknown>;

/**
 * The context that the CDK CLI would pass, read from its two files, so that the app gives the same templates when it is
 * run without the CLI. What the CLI does pass comes through CDK_CONTEXT_JSON and wins.
 */
export function committedContext(root: string): Context {
  const file = (name: string): Context =>
    existsSync(join(root, name)) ? JSON.parse(readFileSync(join(root, name), 'utf8')) : {};
  return { ...(file('cdk.json').context as Context), ...file('cdk.context.json') };
}
