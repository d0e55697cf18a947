import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Route, routeKey } from '../../contracts/http/route';
import { functions } from '../../contracts/http/routes';

const served = Object.entries(functions).flatMap(([name, routes]) =>
  Object.values(routes as Record<string, Route>).map((route) => ({ name, route, key: routeKey(route) })),
);
const keys = served.map(({ key, route }) => [key, route] as const);

const placeholders = (path: string) => [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
const fieldsOf = (schema: z.ZodType | undefined): readonly string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];

/** Two paths that one request may mean: a placeholder takes any single part. */
const collides = (one: string, other: string): boolean => {
  const [a, b] = [one.split('/'), other.split('/')];
  return a.length === b.length && a.every((part, n) => part === b[n] || part.startsWith('{') || b[n]?.startsWith('{'));
};

test('a request means one route: method and path are unique, placeholders counted', () => {
  const doubled = served.flatMap((one, n) =>
    served
      .slice(n + 1)
      .filter(({ route }) => route.method === one.route.method && collides(route.path, one.route.path))
      .map((other) => `${one.key} and ${other.key}`),
  );
  expect(doubled).toEqual([]);
});

test.each`
  one           | other       | same
  ${'/a/{x}'}   | ${'/a/b'}   | ${true}
  ${'/a/{x}'}   | ${'/a/{y}'} | ${true}
  ${'/a/{x}/c'} | ${'/a/b/d'} | ${false}
  ${'/a'}       | ${'/a/{x}'} | ${false}
`('$one and $other collide: $same', ({ one, other, same }) => {
  expect(collides(one, other)).toBe(same);
});

test('each function that speaks HTTP has its folder, and only these are in the table', () => {
  const folders = readdirSync(join(__dirname, '../../lambdas'));
  expect(Object.keys(functions).filter((name) => !folders.includes(name))).toEqual([]);
  expect(Object.values(functions).filter((routes) => Object.keys(routes).length === 0)).toEqual([]);
});

test.each(keys)('%s has a path that API Gateway takes', (_, { path }) => {
  expect(path).toMatch(/^(\/([a-z0-9.-]+|\{[a-zA-Z]+\}))+$/);
});

test.each(keys)('%s reads exactly the placeholders of its path', (_, { path, params }) => {
  expect([...fieldsOf(params)].sort()).toEqual([...placeholders(path)].sort());
  expect(params === undefined).toBe(placeholders(path).length === 0);
});

test.each(keys)('%s says in a sentence without a full stop what it does', (_, { summary }) => {
  expect(summary).toMatch(/^[A-Z].{6,119}[^.\s]$/u);
});

const withBody = keys.filter(([, { body }]) => body);

test('there are bodies to look at', () => {
  expect(withBody.map(([key]) => key)).toContain('POST /accounts/{accountId}/orders');
});

test.each(keys)(
  '%s has a body only where HTTP allows one, parsed or raw but not both',
  (_, { method, body, rawBody }) => {
    if (method === 'GET' || method === 'DELETE') expect([body, rawBody]).toEqual([undefined, undefined]);
    expect(body !== undefined && rawBody === true).toBe(false);
  },
);

/** Each form that a body may have, with what tells it from the others. */
const forms = withBody.flatMap(([key, { body }]) => {
  if (!(body instanceof z.ZodDiscriminatedUnion)) return [{ key, body: body as z.ZodType, shape: body, given: {} }];
  const { discriminator, options } = body.def;
  return options.map((option) => {
    const literal = option instanceof z.ZodObject ? option.shape[discriminator] : undefined;
    const value = literal instanceof z.ZodLiteral ? literal.value : undefined;
    return { key: `${key} (${value})`, body, shape: option as z.ZodType, given: { [discriminator]: value } };
  });
});

test.each(forms)('$key refuses a field that it does not know, by its name', ({ body, given }) => {
  const outcome = body.safeParse({ ...given, surprise: 1 });
  const unknown = outcome.error?.issues.filter(({ code }) => code === 'unrecognized_keys');
  expect(unknown).toEqual([expect.objectContaining({ keys: ['surprise'] })]);
});

test.each(forms)('$key names each missing field', ({ body, shape, given }) => {
  const { error } = body.safeParse(given);
  const named = error?.issues.map(({ path }) => path.join('.'));
  const fields = Object.entries(shape instanceof z.ZodObject ? shape.shape : {});
  const needed = fields.filter(
    ([name, field]) => !(name in given) && !(field as z.ZodType).safeParse(undefined).success,
  );
  expect([...(named ?? [])].sort()).toEqual(needed.map(([name]) => name).sort());
});

test.each(withBody)('%s takes no list, no text, no null for a body', (_, { body }) => {
  const taken = [[], 'x', null, 1, undefined].filter((each) => (body as z.ZodType).safeParse(each).success);
  expect(taken).toEqual([]);
});

test.each(keys)('%s answers 204 exactly when it has nothing to say', (key, { status, response }) => {
  const isDocument = ['GET /assessments/{assessmentId}/evidence', 'GET /reports/{reportId}/{format}'].includes(key);
  expect(status === 204).toBe(response === undefined && !isDocument);
});

/** Goal: what may be done without a token, in full. Everything else needs one. */
test('public routes are these', () => {
  expect(served.filter(({ route }) => route.access === 'public').map(({ key }) => key)).toEqual([
    'POST /auth/register',
    'POST /auth/verify-email',
    'POST /auth/verify-email/new-password',
    'POST /auth/verification-mails',
    'POST /auth/login',
    'POST /auth/refresh',
    'POST /auth/logout',
    'POST /auth/password-resets',
    'POST /auth/password-resets/confirm',
    'GET /.well-known/jwks.json',
    'GET /leaderboards',
    'GET /tiers',
    'POST /webhooks/stripe',
    'GET /fees',
    'GET /health',
    'GET /ready',
  ]);
});

test('what is under /admin and /risk needs a role, and nothing else does', () => {
  const needsRole = served.filter(({ route }) => route.access !== 'public' && route.access !== 'session');
  const isAdmin = served.filter(({ route }) => /^\/(admin|risk)\//.test(route.path));
  expect(needsRole.map(({ key }) => key)).toEqual(isAdmin.map(({ key }) => key));
  expect(isAdmin).not.toEqual([]);
});
