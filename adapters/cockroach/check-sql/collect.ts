import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BOOTSTRAP } from '../connection/migrate';
import { MIGRATIONS } from '../migrations/all';

export type Text = {
  readonly name: string;
  readonly sql: string /** Of the prepared statement. */;
  readonly prepared?: string;
};

const HOME = join(__dirname, '..');

/** Every text that can reach the database: all statements of `*.sql.ts` files, and all migrations. */
export async function collectTexts(): Promise<readonly Text[]> {
  const files = readdirSync(HOME, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sql.ts'));
  const statements = await Promise.all(files.sort().map(statementsOf));
  const migrations = [BOOTSTRAP, ...MIGRATIONS].flatMap(({ name, statements: texts }) =>
    texts.map((sql, index) => ({ name: `migrations/${name} #${index + 1}`, sql })),
  );
  return [...statements.flat(), ...migrations];
}

async function statementsOf(file: string): Promise<readonly Text[]> {
  const exported: Readonly<Record<string, unknown>> = await import(join(HOME, file));
  return Object.entries(exported).flatMap(([constant, value]) =>
    isStatement(value) ? [{ name: `${file} ${constant}`, sql: value.text, prepared: value.name }] : [],
  );
}

/** A connection knows its prepared statements by name: two texts of one name would answer for one another. */
export const namesUsedTwice = (texts: readonly Text[]): readonly string[] => {
  const names = texts.flatMap(({ prepared }) => prepared ?? []);
  return names.filter((name, index) => names.indexOf(name) !== index);
};

const isStatement = (value: unknown): value is { readonly name: string; readonly text: string } =>
  typeof value === 'object' && value !== null && 'name' in value && 'text' in value && typeof value.text === 'string';
