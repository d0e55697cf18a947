import { freshStanding, presentSince } from '../../../../domain/account/standing/standing';
import { plusMs } from '../../../../domain/kernel/instant';
import { ZERO_USD } from '../../../../domain/kernel/money';
import { NOW } from '../../../fixtures/domain-story';

/** Goal: prices count from the latest of the last fill, the last mark and the last touch. */
test.each`
  filled   | marked   | touched       | since
  ${0}     | ${0}     | ${[]}         | ${0}
  ${1_000} | ${0}     | ${[]}         | ${1_000}
  ${0}     | ${1_000} | ${[]}         | ${1_000}
  ${0}     | ${1_000} | ${[2_000, 1]} | ${2_000}
`('filled at $filled, marked at $marked, touched at $touched: prices count since $since', (story) => {
  const { filled, marked, touched, since } = story;
  const touches = touched.map((ms: number, rule: number) => [`${rule}`, plusMs(NOW, ms)]);
  expect(
    presentSince({
      activeAt: plusMs(NOW, filled),
      touched: Object.fromEntries(touches),
      peaks: { ...freshStanding(ZERO_USD, NOW).peaks, at: plusMs(NOW, marked) },
    }),
  ).toBe(plusMs(NOW, since));
});
