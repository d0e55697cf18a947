import { posix } from 'node:path';

/** Folders under `test` that belong to no suite: what several suites use is there. */
const SHARED = new Set(['fakes', 'fixtures', 'captures', 'services']);

const IMPORTED = /(?:from|import|import\(|mock\(|requireActual\() ?'(\.{1,2}\/[^']*)'/g;

/** A suite's files are its own: it can be changed, or deleted, without another one's tests. */
export function reachesOf(file: string, lines: readonly string[]): readonly string[] {
  const suite = suiteOf(file);
  if (suite === undefined) return [];
  return lines.flatMap((line, index) =>
    [...line.matchAll(IMPORTED)].flatMap(([, target = '']) => {
      const other = suiteOf(posix.join(posix.dirname(file), target));
      return other === undefined || other === suite || SHARED.has(other)
        ? []
        : [`${file}:${index + 1}: move what ${suite} and ${other} share to test/fixtures`];
    }),
  );
}

const suiteOf = (file: string): string | undefined => /^test\/([^/]+)\//.exec(file)?.[1];
