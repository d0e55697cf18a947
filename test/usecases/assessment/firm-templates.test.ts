import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { program as programSchema } from '../../../contracts/program';
import { programFault, programText } from '../../../domain/assessment/progression/program';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { RULE_SET } from '../../../domain/assessment/rules/rule-set-codec';
import { firmTemplates } from '../../../usecases/assessment/firm-templates';
import type { FirmTemplate } from '../../../usecases/assessment/firms/firm-template';
import { firmsPage } from '../../fixtures/firms-page';

const TEMPLATES = firmTemplates.map((template): [string, FirmTemplate] => [template.slug, template]);

/** What a rule set says at `dailyLoss.width`; undefined where it has no such part. */
const saidAt = (rules: RuleSet, path: string): unknown =>
  path.split('.').reduce((part: unknown, name) => (part as { [name: string]: unknown } | null)?.[name], rules);

describe.each(TEMPLATES)('%s', (_, { program, rules, sources, readOn }) => {
  test('is a program that somebody can go through', () => {
    expect(programFault(program)).toBeUndefined();
  });

  test('comes back from its kept bytes and from the wire as it was', () => {
    for (const phase of program.phases) {
      expect(RULE_SET.decode(JSON.parse(JSON.stringify(RULE_SET.encode(phase.rules))))).toEqual(phase.rules);
    }
    const wire = JSON.parse(
      JSON.stringify(z.encode(z.object(programSchema.shape), { ...program, phases: [...program.phases] })),
    );
    expect(programText(z.object(programSchema.shape).parse(wire))).toBe(programText(program));
  });

  test('says each of its lines by a parameter that a phase has, or says why it does not', () => {
    for (const { rule, said, missing, published } of rules) {
      const untold = said.filter((path) =>
        program.phases.every((phase) => [undefined, null].includes(saidAt(phase.rules, path) as never)),
      );
      expect([rule, untold]).toEqual([rule, []]);
      expect([rule, said.length > 0 || missing !== null || published.startsWith('none')]).toEqual([rule, true]);
    }
  });

  test('says when and where it was read', () => {
    expect(readOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(sources).not.toEqual([]);
  });
});

test('each template has a name of its own', () => {
  expect(new Set(firmTemplates.map(({ slug }) => slug)).size).toBe(firmTemplates.length);
  expect(new Set(firmTemplates.map(({ firm }) => firm)).size).toBe(9);
});

/** A formatter widens the columns of tables. */
const plain = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');

test('docs/firms.md is what the templates say', () => {
  expect(plain(readFileSync('docs/firms.md', 'utf8'))).toBe(plain(firmsPage(firmTemplates)));
});
