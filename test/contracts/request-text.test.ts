import type * as z from 'zod';
import type { Route } from '../../contracts/http/route';
import { functions } from '../../contracts/http/routes';
import { text } from '../../contracts/text';
import { clientMessage } from '../../contracts/ws/messages';

type Leaf = { readonly at: string; readonly schema: z.ZodType };

// biome-ignore lint/suspicious/noExplicitAny: zod's own description of a schema has a form for each kind.
type Definition = any;

const NO_TEXT = new Set(['number', 'int', 'boolean', 'enum', 'literal', 'null']);

/** Every place in a schema where a sender may put a text of its own choice. A kind it does not know stops the test. */
function texts(schema: z.ZodType, at: string): readonly Leaf[] {
  const def: Definition = schema._zod.def;
  switch (def.type) {
    case 'string':
      return [{ at, schema }];
    case 'pipe':
      // A codec reads a text into something else: what counts is whether the whole of it takes the text.
      return def.in._zod.def.type === 'string' ? [{ at, schema }] : texts(def.in, at);
    case 'object':
      return Object.entries<z.ZodType>(def.shape).flatMap(([name, field]) => texts(field, `${at}.${name}`));
    case 'array':
      return texts(def.element, `${at}[]`);
    case 'union':
      return def.options.flatMap((option: z.ZodType, index: number) => texts(option, `${at}|${index}`));
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
      return texts(def.innerType, at);
    default:
      if (NO_TEXT.has(def.type)) return [];
      throw new Error(`${at}: this test does not know how a ${def.type} is built`);
  }
}

const leaves: readonly Leaf[] = [
  ...Object.values(functions).flatMap((routes) =>
    Object.values<Route>(routes).flatMap(({ method, path, params, query, body }) =>
      Object.entries({ params, query, body }).flatMap(([part, schema]) =>
        schema ? texts(schema, `${method} ${path} ${part}`) : [],
      ),
    ),
  ),
  ...texts(clientMessage, 'WebSocket'),
];

/** What a database cannot hold, in texts of every length that a rule may ask for. */
const POISON = ['\u0000', '\ud800', '\udfff', '\ude00\ud83d'];
const samples = [0, 1, 2, 3, 11, 12, 35, 42, 59].flatMap((length) =>
  POISON.flatMap((poison) => [`${'a'.repeat(length)}${poison}`, `${poison}${'a'.repeat(length)}`]),
);

/** Goal: no text that PostgreSQL, CockroachDB or UTF-8 cannot hold gets as far as a use case. */
test('the requests hold texts', () => {
  expect(leaves.length).toBeGreaterThan(80);
});

test.each(leaves.map(({ at, schema }) => [at, schema] as const))(
  '%s takes no U+0000 and no half character',
  (_, schema) => {
    for (const sample of [...samples, `x@example.com\u0000`, `00000000-0000-7000-8000-000000000000\u0000`, '1\u0000']) {
      expect([JSON.stringify(sample), schema.safeParse(sample).success]).toEqual([JSON.stringify(sample), false]);
    }
  },
);

test.each(['Ann 🐎', 'کتاب‌ها', 'x\ny', '\u00a0'])('%j is text', (given) => {
  expect(text().parse(given)).toBe(given);
});
