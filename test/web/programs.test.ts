import type { Rules } from '../../web/lib/contract';
import { placeText, programName, secondChance, shapeText, startAgainText } from '../../web/lib/programs';
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
  given                                 | text
  ${phases(null)}                       | ${'Instant of $10,000: Phase 1'}
  ${phases(rules.target, rules.target)} | ${'2 steps of $10,000: Phase 1 → Phase 2'}
`('$text', ({ given, text }) => {
  expect(shapeText({ phases: given })).toBe(text);
});

test.each`
  retries | resetPriceUsd | text
  ${0}    | ${null}       | ${'After a failure: no free retry'}
  ${1}    | ${null}       | ${'After a failure: 1 free retry'}
  ${2}    | ${'49'}       | ${'After a failure: 2 free retries, a reset for $49'}
`('$text', ({ retries, resetPriceUsd, text }) => {
  expect(secondChance({ phases: [], retries, resetPriceUsd })).toBe(text);
});

/** Goal: what the page offers is what the platform would do: retries first, then a reset, or nothing. */
test.each`
  retriesLeft | resetPriceUsd | text
  ${2}        | ${null}       | ${'Retry (2 left)'}
  ${1}        | ${null}       | ${'Retry (1 left)'}
  ${0}        | ${'149.00'}   | ${'Reset for $149'}
  ${0}        | ${'59.99'}    | ${'Reset for $59.99'}
  ${0}        | ${null}       | ${undefined}
`('$retriesLeft retries left and a reset at $resetPriceUsd: $text', ({ text, ...chances }) => {
  expect(startAgainText(chances)).toBe(text);
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
