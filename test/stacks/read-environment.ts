import { readConfig } from '../../runtime/config';

type Name = Parameters<typeof readConfig<'STAGE'>>[number];

/** Reads an environment of the template with the code that will read it; throws on a name or value it does not know. */
export function readEnvironment(variables: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const before = process.env;
  process.env = { NODE_ENV: 'test', ...variables };
  try {
    return readConfig(...(Object.keys(variables) as Name[]));
  } finally {
    process.env = before;
  }
}
