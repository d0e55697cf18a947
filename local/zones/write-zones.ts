import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { invariant } from '../../domain/kernel/invariant';
import { tailOf } from './posix-rule';
import { readZone } from './tzif';

/** Nobody trades here earlier; what clocks did before is left out. */
const FROM_S = Date.UTC(2010, 0, 1) / 1_000;
const OUT = join(import.meta.dirname, '../../domain/assessment/rules/zones/zone-data.ts');
const WIDTH = 118;

/**
 * Writes the table of time zones anew from a compiled tz database that has its `tzdata.zi`: that of Python's package
 * `tzdata` (its folder `zoneinfo`), or `/usr/share/zoneinfo`. `npm run zones -- <folder>`.
 */
function main(folder: string): void {
  const version = /^# version (\S+)/.exec(readFileSync(join(folder, 'tzdata.zi'), 'utf8'))?.[1];
  invariant(version !== undefined, 'tzdata.zi names its version');
  const names = readFileSync(join(folder, 'tzdata.zi'), 'utf8')
    .split('\n')
    .flatMap((line) => /^Z (\S+)/.exec(line)?.[1] ?? /^L \S+ (\S+)/.exec(line)?.[1] ?? [])
    .filter((name) => name !== 'Factory')
    .sort();
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const text = textOf(readFileSync(join(folder, name)));
    groups.set(text, [...(groups.get(text) ?? []), name]);
  }
  const told = [...groups].map(([text, those]) => `${text}|${those.join(' ')}`);
  writeFileSync(OUT, sourceOf(version, wrapped(told.join('; '))));
  console.log(`${names.length} zones of ${version}, in ${groups.size} groups`);
}

/** The offset of 2010 in minutes, each change since as minutes and offset, and the rule of all later years. */
function textOf(file: Buffer): string {
  const { first, changes, footer } = readZone(file);
  const before = changes.findLast(({ at }) => at <= FROM_S)?.offset ?? first;
  const later = changes.filter(({ at }) => at > FROM_S);
  const told: string[] = [`${before / 60}`];
  let offset = before;
  for (const change of later) {
    // From the last one on the rule counts, also where no clock changed.
    if (change.offset === offset && change !== later.at(-1)) continue;
    invariant(change.at % 60 === 0 && change.offset % 60 === 0, 'clocks change at whole minutes, by whole minutes');
    told.push((change.at / 60).toString(36), `${change.offset / 60}`);
    offset = change.offset;
  }
  return `${told.join(' ')}|${tailOf(footer)}`;
}

/** Cut between words. */
function wrapped(text: string): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length < WIDTH) lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const sourceOf = (
  version: string,
  lines: readonly string[],
): string => `/** Written by \`npm run zones\`: the IANA time zone database of this version. */
export const ZONES_VERSION = '${version}';

/** By group: offset of 2010 and changes since, rule of later years, names; see zone-table.ts. */
export const ZONE_DATA = \`
${lines.join('\n')}
\`;
`;

const [folder] = process.argv.slice(2);
invariant(folder !== undefined, 'npm run zones -- <folder with tzdata.zi>');
main(folder);
