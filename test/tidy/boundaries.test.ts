import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** Each plants a file that breaks the rule, also when only a type crosses a boundary. */
const CROSSING: readonly (readonly [file: string, imports: string, rule: string])[] = [
  ['domain/kernel/planted.ts', "import type { B } from '../market/b';", 'domain-kernel-uses-lower-nouns'],
  ['domain/purchase/planted.ts', "import { b } from '../market/b';", 'domain-purchase-uses-the-kernel'],
  ['domain/market/planted.ts', "import { x } from '../../runtime/x';", 'domain-is-pure'],
  [
    'domain/assessment/rules/planted.ts',
    "import { j } from '../judging/j';",
    'domain-assessment-rules-uses-earlier-rooms',
  ],
  ['domain/assessment/odd/planted.ts', "import { j } from '../judging/j';", 'domain-assessment-rooms-have-a-place'],
  ['usecases/events/planted.ts', "import { t } from '../trading/t';", 'usecases-events-uses-earlier-rooms'],
  ['usecases/ports/planted.ts', "import type { t } from '../trading/t';", 'ports-know-no-use-case'],
  [
    'adapters/cockroach/events/planted.ts',
    "import { p } from '../purchase/p';",
    'adapters-cockroach-events-uses-earlier-rooms',
  ],
  ['lib/a/planted.ts', "import { y } from '../b/y';", 'no-circle-of-folders'],
  ['contracts/planted.ts', "import { e } from './topics/e';", 'contracts-stands-below'],
  ['runtime/planted.ts', "import { other } from './compose/other';", 'runtime-stands-below'],
  ['engines/risk/selection/planted.ts', "import { r } from '../r';", 'engines-risk-selection-stands-below'],
  ['contracts/planted-2.ts', "import { b } from '../domain/market/b';", 'contracts-are-shapes'],
  ['usecases/planted.ts', "import { c } from '../adapters/a/c';", 'usecases-own-their-ports'],
  ['adapters/b/planted.ts', "import { c } from '../a/c';", 'adapters-do-not-import-each-other'],
  ['adapters/b/planted-2.ts', "import { x } from '../../runtime/x';", 'adapters-know-no-edge'],
  ['lambdas/one/planted.ts', "import { c } from '../../adapters/a/c';", 'entries-know-no-driver'],
  ['lambdas/one/planted-2.ts', "import { h } from '../two/h';", 'entries-are-apart'],
  ['lambdas/one/planted-3.ts', "import { b } from '../../domain/market/b';", 'entries-decide-nothing'],
  ['lambdas/one/planted-4.ts', "import { e } from '../../engines/one/e';", 'functions-host-no-engine'],
  ['eks-workloads/one/planted.ts', "import { u } from '../../usecases/u';", 'entries-decide-nothing'],
  ['eks-workloads/one/planted-2.ts', "import { s } from '../../contracts/s';", 'workloads-run-engines'],
  ['engines/two/planted.ts', "import { e } from '../one/e';", 'engines-are-apart'],
  ['engines/two/planted-2.ts', "import type { x } from '../../runtime/x';", 'engines-know-no-edge'],
  ['lib/planted.ts', "import type { x } from '../runtime/x';", 'infrastructure-imports-no-running-code'],
  [
    'web/parts/planted.tsx',
    "import { b } from '../../domain/market/b'; const p = <p>{b}</p>;",
    'the-browser-gets-shapes-and-the-account',
  ],
  ['web/parts/circle.tsx', "import type { b } from './other';", 'no-circular'],
  ['runtime/planted-2.ts', "import { tool } from '../local/tool';", 'the-laptop-is-used-by-nobody'],
  ['adapters/b/planted-3.ts', "import pg from 'pg';", 'pg-has-one-home'],
];

/** Each plants a file that breaks none. */
const ALLOWED: readonly (readonly [file: string, imports: string])[] = [
  ['lambdas/one/planted-5.ts', "import type { B } from '../../domain/market/b';"],
  ['eks-workloads/one/planted-3.ts', "import { e } from '../../engines/one/e';"],
  ['web/parts/planted-2.tsx', "import { k } from '../../domain/kernel/k';"],
  ['engines/two/planted-3.ts', "import { s } from '../../contracts/s';"],
];

/** What they import. */
const STANDING: Readonly<Record<string, string>> = {
  'domain/kernel/k.ts': 'export const k = 1;\n',
  'domain/market/b.ts': 'export type B = 1;\nexport const b = 1;\n',
  'domain/assessment/judging/j.ts': 'export const j = 1;\n',
  'usecases/u.ts': 'export const u = 1;\n',
  'usecases/trading/t.ts': 'export const t = 1;\n',
  'contracts/s.ts': 'export const s = 1;\n',
  'contracts/topics/e.ts': 'export const e = 1;\n',
  'adapters/a/c.ts': 'export const c = 1;\n',
  'adapters/cockroach/purchase/p.ts': 'export const p = 1;\n',
  'runtime/x.ts': 'export type x = 1;\nexport const x = 1;\n',
  'runtime/compose/other.ts': 'export const other = 1;\n',
  'engines/one/e.ts': 'export const e = 1;\n',
  'engines/risk/r.ts': 'export const r = 1;\n',
  'lambdas/two/h.ts': 'export const h = 1;\n',
  'lib/a/other.ts': 'export const other = 1;\n',
  'lib/b/y.ts': "import { other } from '../a/other';\nexport const y = other;\n",
  'local/tool.ts': 'export const tool = 1;\n',
  'web/parts/other.tsx': "import { planted } from './circle';\nexport const b = <b>{planted}</b>;\n",
  'node_modules/pg/index.js': 'module.exports = {};\n',
  'node_modules/pg/package.json': '{"name":"pg","version":"1.0.0","main":"index.js"}',
};

let violations: readonly string[];
beforeAll(() => {
  const tree = mkdtempSync(join(tmpdir(), 'boundaries-'));
  const plant = (file: string, text: string) => {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  };
  for (const [file, text] of Object.entries(STANDING)) plant(file, text);
  for (const [file, imports] of [...CROSSING, ...ALLOWED]) plant(file, `${imports}\nexport const planted = 1;\n`);
  symlinkSync(join(root, '.dependency-cruiser.cjs'), join(tree, '.dependency-cruiser.cjs'));
  violations = violationsIn(tree);
  rmSync(tree, { recursive: true });
});

/** Each as the file, or the folder, and the rule that it breaks. */
function violationsIn(tree: string): readonly string[] {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const folders = [...new Set([...CROSSING, ...ALLOWED].map(([file]) => file.split('/')[0] as string))];
  const found = spawnSync(
    process.execPath,
    [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders],
    { cwd: tree, encoding: 'utf8' },
  );
  const { summary } = JSON.parse(found.stdout) as {
    readonly summary: {
      readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
    };
  };
  return summary.violations.map(({ from, rule }) => `${from} ${rule.name}`);
}

/** Goal: a crossed boundary is reported by the rule that says what to do instead. */
test.each(CROSSING)('%s: %s breaks %s', (file, _, rule) => {
  const place = rule === 'no-circle-of-folders' ? dirname(file) : file;
  expect(violations).toContain(`${place} ${rule}`);
});

test.each(ALLOWED)('%s: %s is allowed', (file) => {
  expect(violations.filter((one) => one.startsWith(`${file} `))).toEqual([]);
});
