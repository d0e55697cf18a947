import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { handlerBuild, REPOSITORY } from './bundling';

const DIGITS = 12;

/**
 * Writes `handler.mjs` into the one folder and its source map into the other. The function runs without the map, whose
 * reading would be a third of its start. Instead the code calls itself `<function>-<hash>.mjs`, so that every stack trace
 * names the map that explains it, also when a later release has taken its place.
 */
export function bundleHandler(name: string, directory: string, maps: string): void {
  // Nothing is written there: it is where the map's paths begin.
  const outfile = join(REPOSITORY, 'handler.mjs');
  const { outputFiles } = buildSync({ ...handlerBuild(name, outfile), sourcemap: 'external', write: false });
  const textOf = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  const code = textOf('.mjs');
  const title = `${name}-${createHash('sha256').update(code).digest('hex').slice(0, DIGITS)}.mjs`;
  for (const folder of [directory, maps]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(directory, 'handler.mjs'), `${code}//# sourceURL=${title}\n`);
  writeFileSync(join(maps, `${title}.map`), textOf('.mjs.map'));
}
