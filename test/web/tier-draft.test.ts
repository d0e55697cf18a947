import fc from 'fast-check';
import * as z from 'zod';
import { tierRoutes } from '../../contracts/http/purchases';
import { firmTemplates } from '../../usecases/assessment/firm-templates';
import type { Template } from '../../web/lib/contract';
import {
  draftOf,
  fieldOf,
  lineAt,
  type Path,
  pathOf,
  spanAt,
  tidied,
  valueAt,
  withText,
  withValue,
} from '../../web/lib/tiers/draft';
import { draftFaults, faultsInText, rulesAt } from '../../web/lib/tiers/faults';
import { phaseGroups, settledValue, shownIn, TIER_FIELDS, typedText, typedValue } from '../../web/lib/tiers/form';

/** The templates as the platform sends them. */
const { templates } = z.encode(tierRoutes.listTierTemplates.response, {
  templates: firmTemplates.map(({ program, ...told }) => ({ ...told, ...program, phases: [...program.phases] })),
});
const EACH = templates.map((template): [string, Template] => [template.slug, template]);
const [FTMO] = templates as [Template];

const fieldsOf = ({ phases }: Template) => [
  ...TIER_FIELDS,
  ...phases.flatMap((_, phase) => phaseGroups(phase).flatMap(({ fields }) => fields)),
];
const priced = (template: Template) => withValue(draftOf(template), ['priceUsd'], '349');

/** Goal: what is typed in the form and what stands in the JSON are one draft, and what it says is what is published. */
describe.each(EACH)('a draft of %s', (_, template) => {
  test('lacks a price and nothing else, and is read in words', () => {
    expect(draftFaults(draftOf(template)).map(({ field }) => field)).toEqual(['priceUsd']);
    expect(draftFaults(priced(template))).toEqual([]);
    expect(template.phases.map((each, phase) => [rulesAt(draftOf(template).data, phase), each.rules])).toEqual(
      template.phases.map(({ rules }) => [{ ok: true, rules }, rules]),
    );
  });

  test('has a place for every field of the form, and leaving a field changes nothing', () => {
    const draft = priced(template);
    for (const field of shownIn(draft.data, fieldsOf(template))) {
      const value = valueAt(draft.data, field.at);
      expect([field.at, value]).not.toEqual([field.at, undefined]);
      expect(pathOf(fieldOf(field.at))).toEqual(field.at);
      if (field.kind !== 'text' && field.kind !== 'number') continue;
      expect(withValue(draft, field.at, typedValue(field, typedText(value)))).toEqual(draft);
      expect(withValue(draft, field.at, settledValue(field, value))).toEqual(draft);
    }
  });

  test('with any rule that may be left out left out, or said anew, is a draft of its form', () => {
    for (const field of fieldsOf(template)) {
      if (field.kind !== 'part') continue;
      const without = withValue(priced(template), field.at, null);
      expect(draftFaults(without)).toEqual([]);
      const anew = withValue(without, field.at, field.fresh);
      const untyped = draftFaults(anew).map((fault) => fault.rule);
      expect(untyped).toEqual(['must be a plain decimal with at most 6 decimals']);
      expect(faultsInText(anew.data, draftFaults(anew))).toEqual([]);
    }
  });
});

test('what is typed in the form stands in the text, and what is typed in the text in the form', () => {
  const target: Path = ['phases', 0, 'rules', 'target', 'profitUsd'];
  const typed = withValue(draftOf(FTMO), target, '12345');
  expect(JSON.parse(typed.text).phases[0].rules.target.profitUsd).toBe('12345');
  const again = withText(typed, typed.text.replace('12345', '54321'));
  expect(valueAt(again.data, target)).toBe('54321');
});

test('a text that cannot be read keeps the form as it was, and says why', () => {
  const draft = priced(FTMO);
  const broken = withText(draft, draft.text.slice(0, -1));
  expect([broken.data, broken.unreadable]).toEqual([draft.data, expect.stringMatching(/JSON/)]);
  expect(tidied(broken)).toBe(broken);
  expect(tidied(withText(broken, JSON.stringify(draft.data)))).toEqual(draft);
});

test.each`
  kind        | isOptional | typed     | while     | left
  ${'text'}   | ${false}   | ${'349'}  | ${'349'}  | ${'349'}
  ${'text'}   | ${false}   | ${' 349'} | ${' 349'} | ${'349'}
  ${'text'}   | ${true}    | ${''}     | ${null}   | ${null}
  ${'text'}   | ${true}    | ${' '}    | ${' '}    | ${null}
  ${'number'} | ${false}   | ${'4'}    | ${4}      | ${4}
  ${'number'} | ${false}   | ${'2.'}   | ${'2.'}   | ${'2.'}
  ${'number'} | ${false}   | ${'2.50'} | ${'2.50'} | ${2.5}
  ${'number'} | ${false}   | ${'-1'}   | ${-1}     | ${-1}
  ${'number'} | ${false}   | ${'1e3'}  | ${'1e3'}  | ${'1e3'}
  ${'number'} | ${false}   | ${''}     | ${''}     | ${''}
  ${'number'} | ${true}    | ${''}     | ${null}   | ${null}
`('"$typed" in a field of $kind is $while while it is typed and $left then', (row) => {
  const field = { kind: row.kind, at: ['x'], label: 'x', ...(row.isOptional && { isOptional: true }) } as const;
  const typed = typedValue(field, row.typed);
  expect([typed, settledValue(field, typed)]).toEqual([row.while, row.left]);
});

test.each`
  at                                                   | value      | field                                    | rule                                                 | isInText
  ${['priceUsd']}                                      | ${'1,5'}   | ${'priceUsd'}                            | ${'must be a plain decimal with at most 6 decimals'} | ${false}
  ${['retries']}                                       | ${'2.'}    | ${'retries'}                             | ${'must be a number'}                                | ${false}
  ${['phases', 1, 'name']}                             | ${''}      | ${'phases[1].name'}                      | ${'must not be empty'}                               | ${false}
  ${['phases', 0, 'rules', 'execution', 'latencyMs']}  | ${3001}    | ${'phases[0].rules.execution.latencyMs'} | ${'must be at most 3000'}                            | ${false}
  ${['phases', 0, 'rules', 'maxLoss', 'width', 'usd']} | ${'x'}     | ${'phases[0].rules.maxLoss.width.usd'}   | ${'must be a plain decimal with at most 6 decimals'} | ${false}
  ${['phases', 0, 'rules', 'target', 'closesAll']}     | ${1}       | ${'phases[0].rules.target.closesAll'}    | ${'must be true or false'}                           | ${true}
  ${['phases', 0, 'rules', 'touch']}                   | ${'maybe'} | ${'phases[0].rules.touch'}               | ${'must be one of breach, safe'}                     | ${true}
  ${['colour']}                                        | ${'red'}   | ${'colour'}                              | ${'is not a field of this request'}                  | ${true}
`('$value at $field $rule', ({ at, value, field, rule, isInText }) => {
  const draft = withValue(priced(FTMO), at, value);
  expect(draftFaults(draft)).toEqual([{ field, rule }]);
  expect(faultsInText(draft.data, draftFaults(draft))).toHaveLength(isInText ? 1 : 0);
});

test('a short name that is none is a fault of its own field', () => {
  const draft = { ...priced(FTMO), slug: 'Two Steps' };
  expect(draftFaults(draft)).toEqual([{ field: 'slug', rule: 'must be a slug such as sprint-10k' }]);
  expect(faultsInText(draft.data, draftFaults(draft))).toEqual([]);
});

test('a parameter that a rule set leaves out is told as what it says then', () => {
  const bare = withValue(draftOf(FTMO), ['phases', 0, 'rules', 'lossLayers'], undefined);
  const read = rulesAt(JSON.parse(bare.text), 0);
  expect(read).toMatchObject({ ok: true, rules: { lossLayers: [] } });
});

test.each([5, null, 'x', {}, { phases: 3 }, { phases: [null, 1] }])('%j is no tier and breaks nothing', (data) => {
  const draft = withText(draftOf(FTMO), JSON.stringify(data));
  expect(draftFaults(draft).length).toBeGreaterThan(0);
  expect(rulesAt(draft.data, 0).ok).toBe(false);
  expect(faultsInText(draft.data, draftFaults(draft)).length).toBeGreaterThan(0);
});

test('every value is found where it stands in the text', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const draft = tidied(withText(draftOf(FTMO), json));
      for (const path of pathsIn(draft.data)) {
        const { from, to } = spanAt(draft.data, path);
        expect(JSON.parse(draft.text.slice(from, to))).toEqual(valueAt(draft.data, path));
      }
    }),
  );
});

test('what is missing is found where it should be, by its line', () => {
  const { text, data } = draftOf(FTMO);
  const line = lineAt(text, spanAt(data, pathOf('phases[0].rules.target.bonus')));
  expect(text.split('\n')[line - 1]).toMatch(/"target": \{$/);
});

function pathsIn(data: unknown): readonly Path[] {
  if (typeof data !== 'object' || data === null) return [[]];
  const inside = Object.entries(data).flatMap(([step, value]) =>
    pathsIn(value).map((path) => [Array.isArray(data) ? Number(step) : step, ...path]),
  );
  return [[], ...inside];
}
