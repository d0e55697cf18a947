import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

/** `<function>-<hash>.mjs:<line>:<column>`, as the deployed code calls itself in its stack traces. */
const PLACE = /\b([a-z][a-z-]*-[0-9a-f]{12}\.mjs):(\d+):(\d+)/g;

/** The text with every place of a deployed bundle as the file and line that it was made of. */
export function readTrace(trace: string, maps: string, miss: (file: string) => void): string {
  const known = new Map<string, SourceMap | undefined>();
  const mapOf = (title: string): SourceMap | undefined => {
    if (!known.has(title)) {
      const file = join(maps, `${title}.map`);
      if (!existsSync(file)) miss(file);
      known.set(title, existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined);
    }
    return known.get(title);
  };
  return trace.replaceAll(PLACE, (place, title: string, line: string, column: string) => {
    const origin = mapOf(title)?.findOrigin(Number(line), Number(column));
    if (!origin || !('fileName' in origin)) return place;
    return `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}`;
  });
}

/** `npm run --silent trace < log`: a stack trace or whole log lines of a function, with the names of our own files. */
async function main(): Promise<void> {
  const maps = resolve(process.argv[2] ?? join(__dirname, '../source-maps'));
  const miss = (file: string) => process.stderr.write(`${file} is not there: it came with another release\n`);
  process.stdout.write(readTrace(await text(process.stdin), maps, miss));
}

if (require.main === module) void main();
