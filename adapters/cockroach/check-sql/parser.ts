import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Text } from './collect';
import type { Parsed } from './judge';

const SOURCES = ['main.go', 'go.mod', 'go.sum'];

export const isGoInstalled = (): boolean => spawnSync('go', ['version']).status === 0;

/**
 * The parser's program under `cache`, built when its sources are new. CockroachDB's grammar takes some minutes to
 * compile.
 */
export async function buildParser(cache: string, say: (line: string) => void): Promise<string> {
  const hash = createHash('sha256');
  for (const file of SOURCES) hash.update(readFileSync(join(__dirname, file)));
  const program = join(cache, `check-sql-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(program)) return program;
  say("Building the parser from CockroachDB's grammar, once; this takes two to eight minutes.");
  mkdirSync(cache, { recursive: true });
  await promisify(execFile)('go', ['build', '-trimpath', '-buildvcs=false', '-o', program, '.'], { cwd: __dirname });
  return program;
}

export function parse(program: string, texts: readonly Text[]): readonly Parsed[] {
  const input = texts.map((text) => JSON.stringify(text)).join('\n');
  const { status, stdout, stderr } = spawnSync(program, { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`the parser failed: ${stderr}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Parsed);
}
