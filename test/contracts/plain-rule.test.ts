import * as z from 'zod';
import { plainRule } from '../../contracts/requests/plain-rule';

const shape = z.union([z.object({ a: z.int() }), z.object({ b: z.int() })]);

/** Goal: what is wrong with an input is said to a person, not to the author of a schema. */
test.each`
  schema                                  | input        | said
  ${z.string()}                           | ${undefined} | ${'must be given'}
  ${z.string()}                           | ${7}         | ${'must be text'}
  ${z.int()}                              | ${1.5}       | ${'must be a whole number'}
  ${z.boolean()}                          | ${'yes'}     | ${'must be true or false'}
  ${z.array(z.string())}                  | ${'a'}       | ${'must be a list'}
  ${z.strictObject({})}                   | ${null}      | ${'must be an object'}
  ${z.string().min(1)}                    | ${''}        | ${'must not be empty'}
  ${z.string().min(12)}                   | ${'short'}   | ${'must have at least 12 characters'}
  ${z.string().max(3)}                    | ${'long'}    | ${'must have at most 3 characters'}
  ${z.array(z.int()).min(1)}              | ${[]}        | ${'must have an entry'}
  ${z.array(z.int()).max(1)}              | ${[1, 2]}    | ${'must have at most 1 entry'}
  ${z.int().min(1)}                       | ${0}         | ${'must be at least 1'}
  ${z.number().gt(0)}                     | ${0}         | ${'must be greater than 0'}
  ${z.int().max(9)}                       | ${10}        | ${'must be at most 9'}
  ${z.uuid()}                             | ${'x'}       | ${'must be a UUID'}
  ${z.string().regex(/^\d+$/)}            | ${'x'}       | ${'does not have the form that it must have'}
  ${z.string().regex(/^\d+$/, 'digits!')} | ${'x'}       | ${'digits!'}
  ${z.enum(['buy', 'sell'])}              | ${'hold'}    | ${'must be one of buy, sell'}
  ${z.literal('usd')}                     | ${'eur'}     | ${'must be usd'}
  ${shape}                                | ${{}}        | ${'has none of the forms that it may have'}
`('$input: $said', ({ schema, input, said }) => {
  const parsed = (schema as z.ZodType).safeParse(input, { error: plainRule });
  expect(parsed.error?.issues[0]?.message).toBe(said);
});
