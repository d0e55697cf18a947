import fc from 'fast-check';
import { balanceOf } from '../../../../domain/account/account';
import { isBroken, maxLossFloor, roomsOf } from '../../../../domain/assessment/rules/limits';
import type { MaxLoss } from '../../../../domain/assessment/rules/rule-set';
import { afterPayout, payoutUsd, safePayoutUsd } from '../../../../domain/assessment/settlement/payout';
import { formatUsd, ppm, usd } from '../../../../domain/kernel/money';
import { changedStanding, dollars, marks } from '../../../fixtures/domain-story';
import { dailyLossOf, funded, maxLossOf } from '../rule-sets';
import { walk } from '../walk';

test('PO-1: 80 % of 4,000 and the fee of 540 back are 3,740', () => {
  expect(formatUsd(payoutUsd(dollars('4000'), ppm(800_000n), dollars('540')))).toBe('3740.00');
  expect(payoutUsd(usd(3n), ppm(500_000n), usd(0n))).toBe(1n);
});

const EQUITY_EDGE = maxLossOf('trailing_closed', '0.08', { payoutEffect: 'lowers_mark' });
const BREAKOUT = maxLossOf('trailing_closed', '8000', { payoutEffect: 'lowers_mark' });
const TOPSTEP = maxLossOf('trailing_eod', '2000', { starting: '50000', payoutEffect: 'floor_to_start' });
const SHARED = maxLossOf('trailing_eod', '0.08', { payoutEffect: 'floor_to_start' });
const LOCKED = maxLossOf('trailing_eod', '2000', { starting: '50000', lockUsd: dollars('50000') });

/** Goal: what a payout does to the floor, by the tier's rule. */
test.each`
  id                                                 | rules          | path         | paid      | before         | after
  ${'§1.5: 8 % of 110,000, then of 105,000'}         | ${EQUITY_EDGE} | ${'+10000'}  | ${'5000'} | ${'101200.00'} | ${'96600.00'}
  ${'a fixed width falls by what is paid'}           | ${BREAKOUT}    | ${'+5000'}   | ${'2000'} | ${'97000.00'}  | ${'95000.00'}
  ${'Topstep: the floor moves to the start'}         | ${TOPSTEP}     | ${'+1000 |'} | ${'500'}  | ${'49000.00'}  | ${'50000.00'}
  ${'also where it had risen beyond'}                | ${TOPSTEP}     | ${'+9000 |'} | ${'500'}  | ${'57000.00'}  | ${'50000.00'}
  ${'also where the width is a share'}               | ${SHARED}      | ${'+9000 |'} | ${'500'}  | ${'100280.00'} | ${'99999.999999'}
  ${'PO-2: nothing moves a floor without an effect'} | ${LOCKED}      | ${'+3000 |'} | ${'3000'} | ${'50000.00'}  | ${'50000.00'}
`('$id', ({ rules, path, paid, before, after }) => {
  const { account } = walk(rules, path);
  const floors = [account, afterPayout(rules, account, dollars(paid))].map((each) =>
    formatUsd(maxLossFloor(rules, each)),
  );
  expect(floors).toEqual([before, after]);
});

test('PO-2: locked at 50,000 with 53,000: a payout of 3,000 leaves no room, 1,000 is safe', () => {
  const { account } = walk(LOCKED, '+3000 |');
  const paid = afterPayout(LOCKED, account, dollars('3000'));
  const [room] = roomsOf(LOCKED, paid, balanceOf(paid), marks());
  expect(room && [room.roomUsd, isBroken(LOCKED, room)]).toEqual([0n, true]);
  expect(formatUsd(safePayoutUsd(LOCKED, account))).toBe('1000.00');
});

test('a payout is no loss of its day, unless the day counts from the starting balance', () => {
  const used = (anchor: 'balance' | 'peak' | 'initial') => {
    const rules = dailyLossOf(anchor, '5000');
    const { account } = walk(rules, '+4000 |');
    const paid = afterPayout(rules, account, dollars('3000'));
    return roomsOf(rules, paid, balanceOf(paid), marks()).map(
      ({ rule, roomUsd }) => `${rule} ${formatUsd(roomUsd)}`,
    )[0];
  };
  expect([used('balance'), used('peak'), used('initial')]).toEqual([
    'daily_loss 5000.00',
    'daily_loss 5000.00',
    'daily_loss 6000.00',
  ]);
});

test('a payout is no result of its day', () => {
  const { account } = walk(LOCKED, '+3000 | +500');
  const paid = afterPayout(LOCKED, account, dollars('3000'));
  expect(balanceOf(paid) - paid.standing.day.balanceUsd).toBe(dollars('500'));
});

const effect = fc.constantFrom<MaxLoss['payoutEffect']>('none', 'lowers_mark', 'floor_to_start');

test('the safe payout keeps the whole width, one millionth more does not, unless all of the profit is safe', () => {
  const profit = fc.bigInt({ min: -(10n ** 9n), max: 10n ** 11n });
  fc.assert(
    fc.property(effect, fc.constantFrom('8000', '0.08'), profit, profit, (payoutEffect, width, won, mark) => {
      const rules = maxLossOf('trailing_eod', width, { payoutEffect });
      const start = funded(rules);
      const highWaterUsd = usd(rules.startingUsd + (mark > 0n ? mark : 0n));
      const account = {
        ...start,
        cashUsd: usd(rules.startingUsd + won),
        standing: changedStanding(start.standing, { highWaterUsd }),
      };
      const keeps = (amount: bigint) => {
        const paid = afterPayout(rules, account, usd(amount));
        const lost = width === '8000' ? dollars(width) : (paid.standing.peaks.highWaterUsd * 8n + 99n) / 100n;
        return balanceOf(paid) - maxLossFloor(rules, paid) >= lost;
      };
      const safe = safePayoutUsd(rules, account);
      expect(safe >= 0n && safe <= (won > 0n ? won : 0n)).toBe(true);
      if (safe > 0n) expect(keeps(safe)).toBe(true);
      if (safe < won) expect(keeps(safe + 1n)).toBe(false);
    }),
  );
});
