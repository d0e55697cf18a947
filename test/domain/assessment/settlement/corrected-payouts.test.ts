import { type Account, balanceOf } from '../../../../domain/account/account';
import { fold } from '../../../../domain/account/evolve';
import { NO_PAYOUTS } from '../../../../domain/account/standing/payouts';
import { maxLossFloor } from '../../../../domain/assessment/rules/limits';
import type { BookedEvent } from '../../../../domain/assessment/settlement/account-moves';
import { correctSettlement } from '../../../../domain/assessment/settlement/correct-settlement';
import { settlePosition } from '../../../../domain/assessment/settlement/settle-position';
import { takePayout } from '../../../../domain/assessment/settlement/take-payout';
import { plusMs } from '../../../../domain/kernel/instant';
import { formatUsd } from '../../../../domain/kernel/money';
import type { Payout } from '../../../../domain/market/instrument';
import { accountWith, at, dollars, held, NOW, rainYes, standingWith, units, YES } from '../../../fixtures/domain-story';
import { decidedOn, inDayOf } from '../../decided';
import { maxLossOf, PAYOUT, payingOut } from '../rule-sets';

const DAY_MS = 86_400_000;
const FEE = dollars('4');
const RULES = payingOut(maxLossOf('trailing_closed', '8000', { payoutEffect: 'lowers_mark' }), {
  winningDays: { min: 1, dayUsd: dollars('150') },
});
const pays = (price: string): Payout => ({ kind: 'pays', price: at(price) });
const HOLDER = accountWith('99596', [held(YES, '1000', '400', { feesUsd: FEE })]);
const BOUGHT: BookedEvent = {
  kind: 'fill',
  fill: {
    instrument: YES,
    side: 'buy',
    qty: units('1000'),
    cashUsd: dollars('-400'),
    feeUsd: FEE,
    realizedUsd: dollars('0'),
    filledAt: NOW,
  },
};

type Step = 'settle' | 'pay' | 'day';

/** 1,000 shares that cost 404 with their fee; then these steps, each an hour after the other, a day a day later. */
function storyOf(first: string, steps: readonly Step[], { rules = RULES, holder = HOLDER } = {}) {
  let [account, now]: [Account, typeof NOW] = [holder, NOW];
  const moved: BookedEvent[] = [BOUGHT];
  for (const step of steps) {
    now = plusMs(now, step === 'day' ? DAY_MS : 3_600_000);
    if (step === 'day') account = inDayOf(account, rules, now, balanceOf(account));
    else if (step === 'pay') {
      const result = takePayout(
        rules,
        account,
        { equityUsd: balanceOf(account) },
        { ...PAYOUT, amountUsd: dollars('100'), at: now },
      );
      if (!result.ok) throw new Error(result.refusal);
      account = fold(rules, account, [result.value]);
    } else {
      const resolved = { ...rainYes, status: 'resolved', payout: pays(first) } as const;
      const { events, account: after } = decidedOn({ rules: rules, account }, settlePosition(account, resolved, now));
      for (const event of events) {
        if (event.kind === 'position_settled') moved.push({ kind: 'settlement', settlement: event.settlement });
      }
      account = after;
    }
  }
  const context = { rules: rules, account, at: plusMs(now, 1) };
  return {
    account,
    corrected: (then: string) => decidedOn(context, correctSettlement(context, moved, YES, pays(then))).account,
  };
}

const told = ({ standing: { payouts, peaks } }: Account): string =>
  [
    `${payouts.daysWon} won, best ${formatUsd(payouts.bestUsd)}`,
    payouts.last ? `from ${formatUsd(payouts.last.fromUsd)}` : 'never paid',
    `mark ${formatUsd(peaks.highWaterUsd)}`,
  ].join(', ');

/** Goal: what payouts count is as if the right payout had been the first; what was paid out stays paid out. */
test.each`
  steps                              | first    | then     | before                                                | after
  ${['settle', 'day']}               | ${'1'}   | ${'0'}   | ${'1 won, best 596.00, never paid, mark 100596.00'}   | ${'0 won, best 0.00, never paid, mark 100000.00'}
  ${['settle', 'day']}               | ${'0'}   | ${'1'}   | ${'0 won, best 0.00, never paid, mark 100000.00'}     | ${'1 won, best 596.00, never paid, mark 100596.00'}
  ${['settle', 'day', 'pay', 'day']} | ${'1'}   | ${'0.5'} | ${'0 won, best 0.00, from 100496.00, mark 100496.00'} | ${'0 won, best 0.00, from 99996.00, mark 100000.00'}
  ${['settle', 'day', 'pay']}        | ${'0.6'} | ${'1'}   | ${'0 won, best 0.00, from 100096.00, mark 100096.00'} | ${'0 won, best 0.00, from 100496.00, mark 100496.00'}
`('$steps at $first, corrected to $then', ({ steps, first, then, before, after }) => {
  const { account, corrected } = storyOf(first, steps);
  expect([told(account), told(corrected(then))]).toEqual([before, after]);
});

test('a correction that was never wrong is what the right payout leaves at once', () => {
  const steps: readonly Step[] = ['settle', 'day', 'day'];
  expect(storyOf('0', steps).corrected('1').standing.payouts).toEqual(storyOf('1', steps).account.standing.payouts);
});

test('what is settled after a payout counts from it', () => {
  const standing = standingWith({ payouts: { ...NO_PAYOUTS, daysWon: 1 } });
  const rich = { ...HOLDER, cashUsd: dollars('100096'), standing };
  const { account, corrected } = storyOf('1', ['pay', 'settle', 'day'], { holder: rich });
  expect(told(account)).toBe('1 won, best 600.00, from 100396.00, mark 100996.00');
  expect(told(corrected('0.5'))).toBe('0 won, best 100.00, from 100396.00, mark 100496.00');
});

test('a floor that a payout moved to the start stays there', () => {
  const { maxLoss } = maxLossOf('trailing_eod', '8000', { payoutEffect: 'floor_to_start' });
  const rules = { ...RULES, maxLoss };
  const { account, corrected } = storyOf('1', ['settle', 'day', 'pay'], { rules });
  const floors = [account, corrected('0'), corrected('0.6')].map((each) => formatUsd(maxLossFloor(rules, each)));
  expect(floors).toEqual(['100000.00', '100000.00', '100000.00']);
});
