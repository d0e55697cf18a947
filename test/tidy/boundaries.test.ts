import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** Goal: a crossed boundary is reported, also when only a type crosses it. Each row plants one file in a small tree. */
test.each`
  from                              | imports                                                               | rule
  ${'domain/kernel/planted.ts'}     | ${"import type { B } from '../market/b';"}                            | ${'domain-kernel-uses-lower-nouns'}
  ${'domain/purchase/planted.ts'}   | ${"import { b } from '../market/b';"}                                 | ${'domain-purchase-uses-the-kernel'}
  ${'domain/market/planted.ts'}     | ${"import { x } from '../../runtime/x';"}                             | ${'domain-is-pure'}
  ${'contracts/planted.ts'}         | ${"import { b } from '../domain/market/b';"}                          | ${'contracts-are-shapes'}
  ${'usecases/planted.ts'}          | ${"import { c } from '../adapters/a/c';"}                             | ${'usecases-own-their-ports'}
  ${'adapters/b/planted.ts'}        | ${"import { c } from '../a/c';"}                                      | ${'adapters-do-not-import-each-other'}
  ${'adapters/b/planted.ts'}        | ${"import { x } from '../../runtime/x';"}                             | ${'adapters-know-no-edge'}
  ${'lambdas/one/planted.ts'}       | ${"import { c } from '../../adapters/a/c';"}                          | ${'entries-know-no-driver'}
  ${'lambdas/one/planted.ts'}       | ${"import { h } from '../two/h';"}                                    | ${'entries-are-apart'}
  ${'lambdas/one/planted.ts'}       | ${"import { b } from '../../domain/market/b';"}                       | ${'entries-decide-nothing'}
  ${'lambdas/one/planted.ts'}       | ${"import { e } from '../../engines/one/e';"}                         | ${'functions-host-no-engine'}
  ${'eks-workloads/one/planted.ts'} | ${"import { u } from '../../usecases/u';"}                            | ${'entries-decide-nothing'}
  ${'eks-workloads/one/planted.ts'} | ${"import { s } from '../../contracts/s';"}                           | ${'workloads-run-engines'}
  ${'engines/two/planted.ts'}       | ${"import { e } from '../one/e';"}                                    | ${'engines-are-apart'}
  ${'engines/two/planted.ts'}       | ${"import type { x } from '../../runtime/x';"}                        | ${'engines-know-no-edge'}
  ${'lib/planted.ts'}               | ${"import type { x } from '../runtime/x';"}                           | ${'infrastructure-imports-no-running-code'}
  ${'web/parts/planted.tsx'}        | ${"import { b } from '../../domain/market/b'; const p = <p>{b}</p>;"} | ${'the-browser-gets-shapes-and-the-account'}
  ${'web/parts/planted.tsx'}        | ${"import type { b } from './other';"}                                | ${'no-circular'}
  ${'runtime/planted.ts'}           | ${"import { tool } from '../local/tool';"}                            | ${'the-laptop-is-used-by-nobody'}
  ${'adapters/b/planted.ts'}        | ${"import pg from 'pg';"}                                             | ${'pg-has-one-home'}
`('$from: $imports breaks $rule', ({ from, imports, rule }: { from: string; imports: string; rule: string }) => {
  const found = cruise(from, imports);
  expect(found.stdout).toContain(rule);
  expect(found.status).toBeGreaterThan(0);
});

test.each`
  from                              | imports
  ${'lambdas/one/planted.ts'}       | ${"import type { B } from '../../domain/market/b';"}
  ${'eks-workloads/one/planted.ts'} | ${"import { e } from '../../engines/one/e';"}
  ${'engines/two/planted.ts'}       | ${"import { s } from '../../contracts/s';"}
`('$from: $imports is allowed', ({ from, imports }: { from: string; imports: string }) => {
  expect(cruise(from, imports)).toMatchObject({ status: 0 });
});

/** Plants a file in a small tree and judges that tree by the rules. */
function cruise(from: string, imports: string) {
  const tree = mkdtempSync(join(tmpdir(), 'boundaries-'));
  const plant = (file: string, text: string) => {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  };
  plant('domain/market/b.ts', 'export type B = 1;\nexport const b = 1;\n');
  plant('runtime/x.ts', 'export type x = 1;\nexport const x = 1;\n');
  plant('adapters/a/c.ts', 'export const c = 1;\n');
  plant('lambdas/two/h.ts', 'export const h = 1;\n');
  plant('engines/one/e.ts', 'export const e = 1;\n');
  plant('usecases/u.ts', 'export const u = 1;\n');
  plant('contracts/s.ts', 'export const s = 1;\n');
  plant('local/tool.ts', 'export const tool = 1;\n');
  plant('web/parts/other.tsx', "import { planted } from './planted';\nexport const b = <b>{planted}</b>;\n");
  plant('node_modules/pg/index.js', 'module.exports = {};\n');
  plant('node_modules/pg/package.json', '{"name":"pg","version":"1.0.0","main":"index.js"}');
  plant(from, `${imports}\nexport const planted = 1;\n`);
  execFileSync('ln', ['-s', join(root, '.dependency-cruiser.cjs'), join(tree, '.dependency-cruiser.cjs')]);
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const folders = ['domain', 'runtime', 'adapters', 'lambdas', dirname(from).split('/')[0] as string];
  return spawnSync(process.execPath, [program, '--config', '.dependency-cruiser.cjs', ...new Set(folders)], {
    cwd: tree,
    encoding: 'utf8',
  });
}
