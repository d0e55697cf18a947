import type { Rules } from '../../web/lib/contract';
import { placeText, programName, secondChance } from '../../web/lib/programs';
import { rules } from './account';

const phases = (...targets: (Rules['target'] | null)[]) =>
  targets.map((target, index) => ({ name: `Phase ${index + 1}`, rules: { ...rules, target } }));

/** Goal: how many phases there are, and what a failure costs, is plain before the purchase. */
test.each`
  given                                 | name
  ${phases(rules.target)}               | ${'1 step'}
  ${phases(rules.target, rules.target)} | ${'2 steps'}
  ${phases(null)}                       | ${'Instant'}
`('$name', ({ given, name }) => {
  expect(programName({ phases: given })).toBe(name);
});

test.each`
  retries | resetPriceUsd | text
  ${0}    | ${null}       | ${'After a failure: no free retry'}
  ${1}    | ${null}       | ${'After a failure: 1 free retry'}
  ${2}    | ${'49'}       | ${'After a failure: 2 free retries, a reset for $49'}
`('$text', ({ retries, resetPriceUsd, text }) => {
  expect(secondChance({ phases: [], retries, resetPriceUsd })).toBe(text);
});

test.each`
  phase | phases | attempt | text
  ${1}  | ${1}   | ${1}    | ${''}
  ${2}  | ${3}   | ${1}    | ${'Phase 2 of 3'}
  ${2}  | ${3}   | ${2}    | ${'Phase 2 of 3, attempt 2'}
  ${1}  | ${1}   | ${3}    | ${'Attempt 3'}
`('phase $phase of $phases, attempt $attempt: "$text"', ({ text, ...place }) => {
  expect(placeText(place)).toBe(text);
});
