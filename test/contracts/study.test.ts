import * as z from 'zod';
import { pathCounts, validationAnswer } from '../../contracts/sampler';
import { odds, studyRequest } from '../../contracts/study';
import { oddsOf } from '../../domain/simulation/study/odds';
import type { PathCounts, Validation } from '../../domain/simulation/study/run';
import type { StudyOdds } from '../../domain/simulation/study/study-odds';
import {
  broken,
  countsOf,
  historyOf,
  pastOf,
  playedBy,
  studyOf,
  TWELVE,
  VALIDATED,
} from '../fixtures/simulation/studies';

const everything = studyOf({ seed: 2n ** 64n - 1n }, { strategy: historyOf(TWELVE), worstDay: [pastOf(-100)] });
const found = oddsOf(
  everything,
  playedBy(
    everything,
    broken(() => 0.25),
  ).done,
);

/** Goal: what the domain answers and what the contract says are one type; it does not compile where they are not. */
test('odds are told on the wire, and read back as they were', () => {
  const answered: z.output<typeof odds> = found;
  const told = JSON.stringify(z.encode(odds, answered));
  expect(told).toContain('"seed":"18446744073709551615"');
  const read: StudyOdds = odds.parse(JSON.parse(told));
  expect(read).toEqual(found);
});

const ASKED = {
  studyId: '0190b4c8-7f3a-7c60-8a56-000000000001',
  subject: { kind: 'tier', tierId: '0190b4c8-7f3a-7c60-8a56-000000000002' },
  trades: { kind: 'own' },
  days: 30,
  paths: 1_000,
};

/** Goal: a seed that was answered with can be asked for. */
test.each`
  seed                      | read
  ${'0'}                    | ${0n}
  ${'18446744073709551615'} | ${2n ** 64n - 1n}
  ${'18446744073709551616'} | ${'must be a whole number from 0 to 18446744073709551615'}
  ${'-1'}                   | ${'must be a whole number from 0 to 18446744073709551615'}
  ${'01'}                   | ${'must be a whole number from 0 to 18446744073709551615'}
  ${'1.5'}                  | ${'must be a whole number from 0 to 18446744073709551615'}
  ${' 1'}                   | ${'must be a whole number from 0 to 18446744073709551615'}
  ${''}                     | ${'must be a whole number from 0 to 18446744073709551615'}
`('a seed of $seed: $read', ({ seed, read }) => {
  const asked = studyRequest.safeParse({ ...ASKED, seed });
  expect(asked.success ? asked.data.seed : asked.error.issues[0]?.message).toBe(read);
});

/** As the kernel writes it. */
const result = (change: object = {}) => {
  const { balanceSumCents, binCents, fan, ...counts } = countsOf({ passed: 400, failed: 100 });
  const days = fan.map(([p5, p25, p50, p75, p95]) => ({ 5: p5, 25: p25, 50: p50, 75: p75, 95: p95 }));
  const told = { ...counts, type: 'result', seed: '7', balanceSumCents, binCents, fan: days, ...change };
  return JSON.parse(JSON.stringify(told, (_, value) => (typeof value === 'bigint' ? Number(value) : value)));
};

test('what the kernel counts is read', () => {
  const read: PathCounts = pathCounts.parse(result());
  expect(read).toEqual(countsOf({ passed: 400, failed: 100 }));
  expect(pathCounts.parse(result({ balanceSumCents: -12 })).balanceSumCents).toBe(-12n);
});

/** Goal: another version means something else, and what contradicts itself means nothing. */
test.each`
  change                                             | rule
  ${{ version: 1 }}                                  | ${'version'}
  ${{ version: 3 }}                                  | ${'version'}
  ${{ type: 'progress' }}                            | ${'type'}
  ${{ paths: 0 }}                                    | ${'paths'}
  ${{ paths: 999 }}                                  | ${'must count every path once'}
  ${{ passed: 401 }}                                 | ${'must count every path once'}
  ${{ passed: -1 }}                                  | ${'passed'}
  ${{ passed: 0.5 }}                                 | ${'passed'}
  ${{ ends: [] }}                                    | ${'must count every path once'}
  ${{ finals: [[500, 999]] }}                        | ${'must count every path once'}
  ${{ drawdowns: [[500, 1_001]] }}                   | ${'must count every path once'}
  ${{ underWaterDays: [] }}                          | ${'must count every path once'}
  ${{ finals: undefined }}                           | ${'finals'}
  ${{ finals: [[500.5, 1_000]] }}                    | ${'finals'}
  ${{ binCents: 0 }}                                 | ${'must be above 0'}
  ${{ binCents: null }}                              | ${'binCents'}
  ${{ balanceSumCents: 0.5 }}                        | ${'must be whole cents'}
  ${{ fan: [{ 5: 1, 25: 2, 50: 3, 75: 4 }] }}        | ${'fan'}
  ${{ fan: [{ 5: 9, 25: 2, 50: 3, 75: 4, 95: 5 }] }} | ${'must rise'}
`('a result with $change is refused', ({ change, rule }) => {
  expect(JSON.stringify(pathCounts.safeParse(result(change)).error?.issues)).toContain(rule);
});

const validated = (change: object = {}) =>
  JSON.parse(
    JSON.stringify({ type: 'validation', seed: '7', ...VALIDATED, ...change }, (_, value) =>
      typeof value === 'bigint' ? Number(value) : value,
    ),
  );

test('what the validation finds is read', () => {
  const read: Validation = validationAnswer.parse(validated());
  expect(read).toEqual(VALIDATED);
});

test.each`
  change                         | rule
  ${{ version: 2 }}              | ${'version'}
  ${{ type: 'result' }}          | ${'type'}
  ${{ pPpm: 1_000_001 }}         | ${'pPpm'}
  ${{ deflatedSharpePpm: -1 }}   | ${'deflatedSharpePpm'}
  ${{ meanBlock: 0 }}            | ${'meanBlock'}
  ${{ meanCents: 0.5 }}          | ${'must be whole cents'}
  ${{ drawdownHighCents: null }} | ${'drawdownHighCents'}
`('a validation with $change is refused', ({ change, rule }) => {
  expect(JSON.stringify(validationAnswer.safeParse(validated(change)).error?.issues)).toContain(rule);
});
