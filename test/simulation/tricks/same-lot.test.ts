import { ppm } from '../../../domain/kernel/money';
import { sameLotTrick } from './same-lot';

/** What five shares win that are bought at 0.36 and sold at 0.64, before fees: the lot itself, once. */
const ONCE_USD = 1.4;

/** Goal: a lot that the venue shows is had once, by whomever and however it is asked for. */
test.each`
  how                                 | trick
  ${'233 times'}                      | ${{ times: 233 }}
  ${'by four accounts of one person'} | ${{ times: 20, accounts: 4 }}
  ${'by four people'}                 | ${{ times: 20, accounts: 4, isOnePerson: false }}
  ${'shown anew each second'}         | ${{ times: 20, toggledForMs: 1_000 }}
  ${'by limits that rest'}            | ${{ times: 20, rests: true, toggledForMs: 1_000 }}
`('the same lot taken $how is worth the lot', async ({ trick }) => {
  expect(await sameLotTrick(trick)).toBeLessThanOrEqual(ONCE_USD);
});

test('where nobody trades it is worth nothing', async () => {
  expect(await sameLotTrick({ times: 20, volumeShareMax: ppm(500_000n) })).toBeLessThanOrEqual(0);
});

test.each`
  how                                 | trick                                              | wins
  ${'233 times'}                      | ${{ times: 233 }}                                  | ${250}
  ${'by four accounts of one person'} | ${{ times: 20, accounts: 4 }}                      | ${20}
  ${'by four people'}                 | ${{ times: 20, accounts: 4, isOnePerson: false }}  | ${20}
  ${'shown anew each second'}         | ${{ times: 20, toggledForMs: 1_000 }}              | ${20}
  ${'by limits that rest'}            | ${{ times: 20, rests: true, toggledForMs: 1_000 }} | ${20}
`('where nobody remembers what was taken it pays $how', async ({ trick, wins }) => {
  expect(await sameLotTrick({ ...trick, isProtected: false })).toBeGreaterThan(wins);
});
