import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bundles, type Sources } from '../../local/lambda/bundles';

/** A tree of its own: one handler, and a file that it imports. */
function tree() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'bundles ')));
  for (const folder of ['lambdas/greet', 'domain']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'domain/words.ts'), "export const words = 'hello';\n");
  writeFileSync(
    join(root, 'lambdas/greet/handler.ts'),
    "import { words } from '../../domain/words';\nexport const handler = async () => words;\n",
  );
  const sources: Sources = {
    root,
    folders: ['lambdas', 'domain'],
    options: (name, outfile) => ({
      entryPoints: [join(root, `lambdas/${name}/handler.ts`)],
      outfile,
      absWorkingDir: root,
      bundle: true,
      format: 'esm',
    }),
  };
  return { sources, write: (text: string) => writeFileSync(join(root, 'domain/words.ts'), text) };
}

/** Goal: a function runs the code that is on disk, and goes on with the last good one while that does not build. */
test('a changed file is bundled again, and one that does not build changes nothing', async () => {
  const { sources, write } = tree();
  const told: string[] = [];
  const waiting: (() => void)[] = [];
  const tell = (line: string) => {
    told.push(line);
    for (const go of waiting.splice(0)) go();
  };
  const next = () => new Promise<void>((go) => waiting.push(go));
  const events = {
    onChange: (name: string) => tell(`${name} changed`),
    onFailure: (name: string) => tell(`${name} failed`),
  };
  const bundles = await Bundles.start(['greet'], join(sources.root, 'out'), events, sources);
  const code = () => readFileSync(bundles.file('greet'), 'utf8');
  expect(code()).toContain('hello');
  for (const text of ["export const words = 'good bye';\n", 'export const = ;\n', "export const words = 'again';\n"]) {
    const answered = next();
    write(text);
    await answered;
  }
  bundles.close();
  expect(told).toEqual(['greet changed', 'greet failed', 'greet changed']);
  expect(code()).toContain('again');
});

test('a function that cannot be built stops the start by its name', async () => {
  const { sources, write } = tree();
  write('export const = ;\n');
  const events = { onChange: () => undefined, onFailure: () => undefined };
  await expect(Bundles.start(['greet'], join(sources.root, 'out'), events, sources)).rejects.toThrow(
    /greet does not build/,
  );
});
