import fc from 'fast-check';
import * as z from 'zod';
import { ruleSet } from '../../contracts/rule-set';
import type { Field } from '../../domain/assessment/rules/field';
import { RULE_SET_FIELDS } from '../../domain/assessment/rules/rule-set';
import type { Rules } from '../../web/lib/contract';
import type { NothingLeft } from '../../web/lib/explain-limits';
import { explainRules } from '../../web/lib/explain-rules';
import { anyRuleSet } from '../fixtures/arbitrary-rules';

type Form = { [name: string]: unknown };

/** `maxLoss.width`: everything that is no group of its own. */
function pathsOf(field: Field, path = ''): readonly string[] {
  if (field.kind === 'nullable') return pathsOf(field.of, path);
  if (field.kind !== 'group') return [path];
  return Object.entries(field.fields).flatMap(([name, each]) => pathsOf(each, path === '' ? name : `${path}.${name}`));
}

const formOf = (path: string, form: unknown): unknown =>
  path.split('.').reduce((part: unknown, name) => (part as Form | null)?.[name], form);

/** These rules, with the value that others have at `path`; undefined where one of them has no such place. */
function changed(path: string, form: unknown, other: unknown): unknown {
  const groups = path.split('.').slice(0, -1).join('.');
  const value = formOf(path, other);
  if (value === undefined || (groups !== '' && !formOf(groups, form))) return undefined;
  const copy = structuredClone(form);
  (groups === '' ? (copy as Form) : (formOf(groups, copy) as Form))[path.split('.').at(-1) ?? ''] = value;
  return copy;
}

const FORMS = fc.sample(anyRuleSet, { numRuns: 400, seed: 9 }).map((rules) => z.encode(ruleSet, rules));
const told = (form: unknown): string => JSON.stringify(explainRules(form as Rules));

/** Goal: each parameter that a tier can have is told in words to whoever buys it, by whatever it is. */
test.each(pathsOf(RULE_SET_FIELDS))('another %s is told in other words', (path) => {
  const isTold = FORMS.some((form, at) => {
    const other = changed(path, form, FORMS[(at + 1) % FORMS.length]);
    return other !== undefined && told(other) !== told(form);
  });
  expect(isTold).toBe(true);
});

test('a parameter that nobody tells is left, and what is left does not compile', () => {
  const { told: _, ...left } = { told: 1, added: 2 };
  // @ts-expect-error: `added` is left.
  left satisfies NothingLeft;
  expect(left).toEqual({ added: 2 });
});
