import { freshStanding, presentSince } from '../../../../domain/account/standing/standing';
import { plusMs } from '../../../../domain/kernel/instant';
import { ZERO_USD } from '../../../../domain/kernel/money';
import { NOW } from '../../../fixtures/domain-story';

/** Goal: prices count from the later of the last fill and the last mark. */
test.each`
  filled   | marked   | since
  ${0}     | ${0}     | ${0}
  ${1_000} | ${0}     | ${1_000}
  ${0}     | ${1_000} | ${1_000}
`('filled at $filled and marked at $marked: prices count since $since', ({ filled, marked, since }) => {
  expect(
    presentSince({
      activeAt: plusMs(NOW, filled),
      peaks: { ...freshStanding(ZERO_USD, NOW).peaks, at: plusMs(NOW, marked) },
    }),
  ).toBe(plusMs(NOW, since));
});
