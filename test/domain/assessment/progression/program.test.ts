import fc from 'fast-check';
import {
  type Phase,
  type Program,
  phaseOf,
  programFault,
  programText,
} from '../../../../domain/assessment/progression/program';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { dollars, RULES } from '../../../fixtures/domain-story';

const phase = (name: string, change: Partial<RuleSet> = {}): Phase => ({ name, rules: { ...RULES, ...change } });

const TWO_STEPS: Program = {
  phases: [phase('Challenge'), phase('Verification', { target: { ...target(), profitUsd: dollars('5000') } })],
  retries: 1,
  resetPriceUsd: dollars('149'),
};

function target() {
  const { target: given } = RULES;
  if (!given) throw new Error('the rules have a target');
  return given;
}

const DEEP = { ...RULES.maxLoss, width: { kind: 'usd' as const, usd: dollars('100000') } };

/** Goal: a program that nobody could go through is named before anybody buys it, by phase and field. */
test.each<[string, Partial<Program>, string | undefined]>([
  ['two steps', {}, undefined],
  ['one step', { phases: [phase('Assessment')] }, undefined],
  ['an instant account', { phases: [phase('Funded', { target: null })] }, undefined],
  ['a funded account after an evaluation', { phases: [phase('a'), phase('b', { target: null })] }, undefined],
  ['five steps', { phases: ['a', 'b', 'c', 'd', 'e'].map((name) => phase(name)) }, undefined],
  ['the most retries', { retries: 10 }, undefined],
  ['no retries', { retries: 0 }, undefined],
  ['no resets', { resetPriceUsd: null }, undefined],
  ['the same rules twice', { phases: [phase('a'), phase('b')] }, undefined],
  ['no phase', { phases: [] }, 'phases'],
  ['six steps', { phases: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => phase(name)) }, 'phases'],
  ['negative retries', { retries: -1 }, 'retries'],
  ['too many retries', { retries: 11 }, 'retries'],
  ['a phase without a name', { phases: [phase(' ')] }, 'phases[0].name'],
  ['a second phase without a name', { phases: [phase('a'), phase('')] }, 'phases[1].name'],
  ['two phases of one name', { phases: [phase('a'), phase('b'), phase('a')] }, 'phases[2].name'],
  [
    'nothing to pass in the first of two',
    { phases: [phase('a', { target: null }), phase('b')] },
    'phases[0].rules.target',
  ],
  [
    'nothing to pass in the second of three',
    { phases: [phase('a'), phase('b', { target: null }), phase('c')] },
    'phases[1].rules.target',
  ],
  ['a floor at zero', { phases: [phase('a', { maxLoss: DEEP })] }, 'phases[0].rules.maxLoss.width'],
  [
    'the same in the second phase',
    { phases: [phase('a'), phase('b', { maxLoss: DEEP })] },
    'phases[1].rules.maxLoss.width',
  ],
  ['a zone that is none', { phases: [phase('a'), phase('b', { dayZone: 'Mars' })] }, 'phases[1].rules.dayZone'],
  ['the first of two faults', { phases: [phase('a', { dayZone: 'Mars' }), phase('')] }, 'phases[0].rules.dayZone'],
])('%s', (_, change, field) => {
  expect(programFault({ ...TWO_STEPS, ...change })?.field).toBe(field);
});

/** Goal: what is wrong is told in words. */
test.each<[string, Partial<Program>, string]>([
  ['no phase', { phases: [] }, 'must be 1 to 5 phases'],
  ['too many retries', { retries: 11 }, 'must be 0 to 10'],
  ['no name', { phases: [phase(' ')] }, 'must not be empty'],
  ['one name twice', { phases: [phase('a'), phase('a')] }, 'must differ from the names of the other phases'],
  [
    'nothing to pass',
    { phases: [phase('a', { target: null }), phase('b')] },
    'must be set in every phase but the last',
  ],
  ['a rule', { phases: [phase('a', { maxLoss: DEEP })] }, 'must be below startingUsd, a share below 1'],
])('in words: %s', (_, change, rule) => {
  expect(programFault({ ...TWO_STEPS, ...change })?.rule).toBe(rule);
});

test.each`
  phase | name
  ${0}  | ${undefined}
  ${1}  | ${'Challenge'}
  ${2}  | ${'Verification'}
  ${3}  | ${undefined}
`('phase $phase of two is $name', ({ phase: number, name }) => {
  expect(phaseOf(TWO_STEPS, number)?.name).toBe(name);
});

describe('the canonical text', () => {
  test('is JSON with the parts in this order', () => {
    const text = programText(TWO_STEPS);
    const read = JSON.parse(text);
    expect(Object.keys(read)).toEqual(['phases', 'retries', 'resetPriceUsd']);
    expect(read).toMatchObject({
      phases: [
        { name: 'Challenge', rules: { startingUsd: '100000.00', target: { profitUsd: '10000.00' } } },
        { name: 'Verification', rules: { startingUsd: '100000.00', target: { profitUsd: '5000.00' } } },
      ],
      retries: 1,
      resetPriceUsd: '149.00',
    });
    expect(JSON.stringify(read)).toBe(text);
    expect(JSON.parse(programText({ ...TWO_STEPS, resetPriceUsd: null })).resetPriceUsd).toBeNull();
  });

  test.each<[string, Partial<Program>]>([
    ['a name', { phases: [phase('Trial'), ...TWO_STEPS.phases.slice(1)] }],
    ['a name that looks like its end', { phases: [phase('Challenge","rules":{}'), ...TWO_STEPS.phases.slice(1)] }],
    ['a rule of the second phase', { phases: [...TWO_STEPS.phases.slice(0, 1), phase('Verification')] }],
    ['the order of the phases', { phases: [...TWO_STEPS.phases].reverse() }],
    ['one phase less', { phases: TWO_STEPS.phases.slice(0, 1) }],
    ['the retries', { retries: 2 }],
    ['the price of a reset', { resetPriceUsd: dollars('149.01') }],
    ['that there are resets', { resetPriceUsd: null }],
  ])('another text for another program: %s', (_, change) => {
    expect(programText({ ...TWO_STEPS, ...change })).not.toBe(programText(TWO_STEPS));
  });

  test('is JSON whatever the phases are called', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), (names) => {
        const read = JSON.parse(programText({ ...TWO_STEPS, phases: names.map((name) => phase(name)) }));
        expect(read.phases.map(({ name }: Phase) => name)).toEqual(names);
      }),
    );
  });
});
