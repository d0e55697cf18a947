import { fundedAccount } from '../../../../domain/account/account';
import { instant } from '../../../../domain/kernel/instant';
import { ppm } from '../../../../domain/kernel/money';
import type { Study } from '../../../../domain/simulation/study/study';
import { questionText, STUDY } from '../../../../domain/simulation/study/study-codec';
import { dollars } from '../../../fixtures/domain-story';
import { oddsOf } from '../../../fixtures/simulation/odds';
import { historyOf, pastOf, studyOf, TWELVE } from '../../../fixtures/simulation/studies';

const account = fundedAccount(dollars('104000.123456'), '2026-03-15', instant(Date.UTC(2026, 2, 15)));
const cents = oddsOf({ payoff: { kind: 'cents', cents: 12_345n } });
const mix = [{ weight: ppm(1n), strategy: oddsOf() }];

const STUDIES: readonly (readonly [string, Study])[] = [
  ['odds', studyOf()],
  ['odds in cents', studyOf({ seed: 2n ** 64n - 1n }, { strategy: cents })],
  [
    'a history with its worst day',
    studyOf({ account }, { strategy: historyOf(TWELVE), worstDay: [pastOf(-5)], trials: 4 }),
  ],
  ['a size', studyOf({ asks: { scope: 'size', strategy: oddsOf(), size: ppm(1_234_567n) } })],
  ['a firm', studyOf({ asks: { scope: 'firm', mix, priceUsd: dollars('99.5'), payoutUsd: dollars('0') } })],
];

test.each(STUDIES)('%s is read back as it was written', (_, study) => {
  expect(STUDY.decode(JSON.parse(JSON.stringify(STUDY.encode(study))))).toEqual(study);
});

test.each([
  ['seed', '7.5'],
  ['seed', 7],
  ['at', '2026'],
  ['asks', { scope: 'nothing' }],
  ['account', {}],
])('a stored study whose %s is %p is no study', (field, value) => {
  const stored = { ...(STUDY.encode(studyOf()) as object), [field]: value };
  expect(() => STUDY.decode(stored)).toThrow('invariant: ');
});

/** Goal: the same question is found again within the day, and another one is not taken for it. */
test.each`
  change                                                              | isSame
  ${{}}                                                               | ${true}
  ${{ at: instant(5) }}                                               | ${true}
  ${{ seed: 8n }}                                                     | ${true}
  ${{ days: 6 }}                                                      | ${false}
  ${{ paths: 20_001 }}                                                | ${false}
  ${{ account }}                                                      | ${false}
  ${{ asks: STUDIES[1]?.[1].asks }}                                   | ${false}
  ${{ asks: STUDIES[3]?.[1].asks }}                                   | ${false}
  ${{ rules: { ...studyOf().rules, startingUsd: dollars('50000') } }} | ${false}
`('a study with another $change is the same question: $isSame', ({ change, isSame }) => {
  expect(questionText(studyOf(change), null) === questionText(studyOf(), null)).toBe(isSame);
});

test('who names a seed asks about its paths', () => {
  const texts = [null, 7n, 8n].map((seed) => questionText(studyOf(), seed));
  expect(new Set(texts).size).toBe(3);
});
