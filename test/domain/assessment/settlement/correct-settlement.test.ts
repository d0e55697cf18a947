import { type Account, balanceOf } from '../../../../domain/account/account';
import { flatStanding } from '../../../../domain/account/standing/flat-standing';
import type { DailyLoss, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import type { BookedEvent } from '../../../../domain/assessment/settlement/account-moves';
import { correctSettlement } from '../../../../domain/assessment/settlement/correct-settlement';
import { settlePosition } from '../../../../domain/assessment/settlement/settle-position';
import { plusMs } from '../../../../domain/kernel/instant';
import { formatUsd, ppm } from '../../../../domain/kernel/money';
import type { Payout } from '../../../../domain/market/instrument';
import {
  accountWith,
  at,
  changedStanding,
  dollars,
  held,
  NOW,
  RULES,
  rainYes,
  standingWith,
  units,
  YES,
} from '../../../fixtures/domain-story';
import { type Decided, decidedOn, inDayOf } from '../../decided';
import { maxLossOf } from '../rule-sets';

const pays = (price: string): Payout => ({ kind: 'pays', price: at(price) });
const VOID: Payout = { kind: 'void' };
const DAY_MS = 86_400_000;
const FEE = dollars('4');
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

/** 1,000 shares bought for 400 and a fee of 4, and settled; then whatever `meanwhile` makes of it. */
function settled(rules: RuleSet, first: Payout, meanwhile: (account: Account) => Account, holder = HOLDER) {
  const resolved = { ...rainYes, status: 'resolved', payout: first } as const;
  const paid = decidedOn({ rules, account: holder }, settlePosition(holder, resolved, plusMs(NOW, 1)));
  const [only] = paid.events;
  if (only?.kind !== 'position_settled') throw new Error('nothing was settled');
  const moved: readonly BookedEvent[] = [BOUGHT, { kind: 'settlement', settlement: only.settlement }];
  const context = { rules, account: meanwhile(paid.account), at: plusMs(NOW, 2 * DAY_MS) };
  return (then: Payout): Decided => decidedOn(context, correctSettlement(context, moved, YES, then));
}

const asItWas = (account: Account) => account;

/** Goal: PM-8: what was paid wrongly is taken back by an entry of its own, and the right payout follows. */
test.each`
  first        | then         | cash                      | balance
  ${pays('1')} | ${pays('0')} | ${['-1000.00', '0.00']}   | ${'99596.00'}
  ${pays('0')} | ${pays('1')} | ${['0.00', '1000.00']}    | ${'100596.00'}
  ${pays('1')} | ${VOID}      | ${['-1000.00', '400.00']} | ${'99996.00'}
  ${pays('1')} | ${pays('1')} | ${[]}                     | ${'100596.00'}
  ${VOID}      | ${VOID}      | ${[]}                     | ${'99996.00'}
`('PM-8: $balance after the correction', ({ first, then, cash, balance }) => {
  const { account, events } = settled(RULES, first, asItWas)(then);
  const settlements = events.flatMap((each) => (each.kind === 'position_settled' ? [each] : []));
  expect(settlements.map(({ settlement }) => formatUsd(settlement.cashUsd))).toEqual(cash);
  expect(settlements.map(({ settlement }) => settlement.corrects)).toEqual(cash.length === 0 ? [] : [true, false]);
  for (const { ledger } of settlements) expect(ledger.reduce((sum, { amountUsd }) => sum + amountUsd, 0n)).toBe(0n);
  expect(formatUsd(balanceOf(account))).toBe(balance);
});

test('what was never settled is not corrected', () => {
  expect(correctSettlement({ rules: RULES, account: HOLDER, at: NOW }, [BOUGHT], YES, pays('1'))).toEqual([]);
});

const YESTERDAY_WAS = (account: Account): Account => ({ ...account, day: '2026-03-15' });

/** Goal: figures that follow from the account's own moves, put right a day later: 404 lost, or 596 won. */
test.each`
  story                                           | first        | then           | worst       | best        | won         | counted
  ${'a loss becomes a gain'}                      | ${pays('0')} | ${pays('1')}   | ${'0.00'}   | ${'596.00'} | ${'596.00'} | ${1}
  ${'a gain becomes a loss'}                      | ${pays('1')} | ${pays('0')}   | ${'404.00'} | ${'0.00'}   | ${'0.00'}   | ${0}
  ${'a gain becomes less than a day has to gain'} | ${pays('1')} | ${pays('0.5')} | ${'0.00'}   | ${'96.00'}  | ${'96.00'}  | ${0}
`('$story', ({ first, then, worst, best, won, counted }) => {
  const activity = { ...RULES.activity, dayCountsIf: 'gain', dayGainUsd: dollars('100') } as const;
  const gain = first.price > 0n ? '596' : '0';
  const nextDay = (account: Account): Account => ({
    ...YESTERDAY_WAS(account),
    standing: changedStanding(account.standing, {
      daysCounted: gain === '0' ? 0 : 1,
      bestDayUsd: dollars(gain),
      winningDaysUsd: dollars(gain),
    }),
  });
  const { standing, tradesClosed } = settled({ ...RULES, activity }, first, nextDay)(then).account;
  const { worstTradeUsd, bestDayUsd, winningDaysUsd, daysCounted, tradesCounted } = flatStanding(standing);
  expect(formatUsd(standing.trades.bestUsd)).toBe(best);
  expect([worstTradeUsd, bestDayUsd, winningDaysUsd].map(formatUsd)).toEqual([worst, best, won]);
  expect([daysCounted, tradesCounted, tradesClosed]).toEqual([counted, 1, 1]);
});

test('the size of a trade is what it cost: no correction moves it, nor the days that count by it', () => {
  const activity = { ...RULES.activity, dayCountsIf: 'size', daySizeShareMin: ppm(700_000n) } as const;
  const nextDay = (account: Account): Account => inDayOf(account, { ...RULES, activity }, plusMs(NOW, DAY_MS));
  const later = settled({ ...RULES, activity }, pays('1'), nextDay)(pays('0')).account.standing;
  expect([formatUsd(later.trades.sizesUsd), later.days.counted, later.day.sized]).toEqual(['400.00', 1, 0]);
  const today = settled({ ...RULES, activity }, pays('1'), asItWas)(pays('0')).account.standing;
  expect([formatUsd(today.trades.sizesUsd), today.days.counted, today.day.sized]).toEqual(['400.00', 0, 1]);
});

/** Goal: a win that was open for a millisecond, a minute being asked for: left out as if it had been paid rightly. */
test.each`
  story                      | first        | then           | isToday  | told
  ${'a win that was none'}   | ${pays('1')} | ${pays('0')}   | ${false} | ${'0.00 0.00 0.00 0.00'}
  ${'a loss that was a win'} | ${pays('0')} | ${pays('1')}   | ${false} | ${'596.00 0.00 0.00 0.00'}
  ${'today as well'}         | ${pays('0')} | ${pays('1')}   | ${true}  | ${'596.00 596.00 0.00 0.00'}
  ${'today, a win of less'}  | ${pays('1')} | ${pays('0.5')} | ${true}  | ${'96.00 96.00 0.00 0.00'}
`('short wins: $story', ({ first, then, isToday, told }) => {
  const rules: RuleSet = { ...RULES, activity: { ...RULES.activity, shortWins: 'excluded', tradeHeldMsMin: 60_000 } };
  const meanwhile = (account: Account) => (isToday ? account : inDayOf(account, rules, plusMs(NOW, DAY_MS)));
  const { standing } = settled(rules, first, meanwhile)(then).account;
  const { excludedWinsUsd, dayExcludedUsd, bestTradeUsd, bestDayUsd } = flatStanding(standing);
  expect([excludedWinsUsd, dayExcludedUsd, bestTradeUsd, bestDayUsd].map(formatUsd).join(' ')).toBe(told);
  const rightly = flatStanding(settled(rules, then, meanwhile)(then).account.standing);
  expect(rightly).toMatchObject({ excludedWinsUsd, dayExcludedUsd, bestTradeUsd });
});

/** Goal: a mark that the account's moves tell; 96 is the highest balance above the start that it rightly had. */
test.each`
  mode                 | day             | first        | then           | mark
  ${'static'}          | ${'2026-03-15'} | ${pays('1')} | ${pays('0.5')} | ${'100000.00'}
  ${'trailing_closed'} | ${'2026-03-14'} | ${pays('1')} | ${pays('0.5')} | ${'100096.00'}
  ${'trailing_closed'} | ${'2026-03-14'} | ${pays('0')} | ${pays('0.5')} | ${'100096.00'}
  ${'trailing_closed'} | ${'2026-03-14'} | ${pays('1')} | ${pays('0')}   | ${'100000.00'}
  ${'trailing_eod'}    | ${'2026-03-14'} | ${pays('0')} | ${pays('1')}   | ${'100000.00'}
  ${'trailing_eod'}    | ${'2026-03-15'} | ${pays('0')} | ${pays('1')}   | ${'100596.00'}
`('$mode: the mark is $mark on $day', ({ mode, day, first, then, mark }) => {
  const rules = maxLossOf(mode, '3000', { trails: 'balance' });
  const { account } = settled(rules, first, (paid) => ({ ...paid, day }))(then);
  expect(formatUsd(account.standing.peaks.highWaterUsd)).toBe(mark);
});

const peaksOf = (text: string) => (account: Account) => {
  const [highWaterUsd = dollars('0'), dayPeakUsd = dollars('0')] = text.split(' ').map(dollars);
  return { ...account, standing: changedStanding(account.standing, { highWaterUsd, dayPeakUsd }) };
};

/**
 * Goal: peaks of equity, the mark and the day's. Both were at 100,100 when it was settled. What rose since was reached
 * with the payout in it; of what did not rise the distance is not known, and it is not raised.
 */
test.each`
  story                                | first          | then         | since              | day             | after
  ${'less, and it rose by the payout'} | ${pays('1')}   | ${pays('0')} | ${'100700 100700'} | ${'2026-03-14'} | ${'100100.00 100100.00'}
  ${'less, and it rose beyond'}        | ${pays('0.5')} | ${pays('0')} | ${'100700 100700'} | ${'2026-03-14'} | ${'100200.00 100200.00'}
  ${'less, and it never rose'}         | ${pays('1')}   | ${pays('0')} | ${'100100 100100'} | ${'2026-03-14'} | ${'100100.00 100100.00'}
  ${'more, and it rose'}               | ${pays('0')}   | ${pays('1')} | ${'100101 100101'} | ${'2026-03-14'} | ${'101101.00 101101.00'}
  ${'more, and it never rose'}         | ${pays('0')}   | ${pays('1')} | ${'100100 100100'} | ${'2026-03-14'} | ${'100100.00 100100.00'}
  ${'the next day’s peak is its own'}  | ${pays('1')}   | ${pays('0')} | ${'100100 99000'}  | ${'2026-03-15'} | ${'100100.00 98000.00'}
`('$story: $after', ({ first, then, since, day, after }) => {
  const rules = maxLossOf('trailing_intraday', '3000', { trails: 'equity' });
  const holder = peaksOf('100100 100100')(HOLDER);
  const { account } = settled(rules, first, (paid) => ({ ...peaksOf(since)(paid), day }), holder)(then);
  const { highWaterUsd, dayPeakUsd } = account.standing.peaks;
  expect([highWaterUsd, dayPeakUsd].map(formatUsd).join(' ')).toBe(after);
});

const daily = (change: Partial<DailyLoss>): RuleSet => ({
  ...RULES,
  dailyLoss: {
    anchor: 'balance',
    width: { kind: 'usd', usd: dollars('300') },
    severity: 'fail',
    gainCapUsd: null,
    ...change,
  },
});

/** Goal: what a day counts from, when it began after the wrong payout of 1,000 that is taken back. */
test.each`
  anchor       | day             | counts                    | began
  ${'balance'} | ${'2026-03-14'} | ${'unchanged on the day'} | ${'100000.00 100000.00'}
  ${'balance'} | ${'2026-03-15'} | ${'less the payout'}      | ${'99000.00 99000.00'}
  ${'peak'}    | ${'2026-03-15'} | ${'less the payout'}      | ${'99000.00 99000.00'}
  ${'initial'} | ${'2026-03-15'} | ${'from the start'}       | ${'100000.00 99000.00'}
`('$anchor on $day: $counts', ({ anchor, day, began }) => {
  const { account } = settled(daily({ anchor }), pays('1'), (paid) => ({ ...paid, day }))(pays('0'));
  expect([account.dayAnchorUsd, account.standing.day.balanceUsd].map(formatUsd).join(' ')).toBe(began);
});

const CAP = { gainCapUsd: dollars('500') };

/** Goal: a pause of the same day is lifted where the right payout could have spared it; the next judgement decides. */
test.each`
  story                                | change                           | first          | then         | found    | day             | isPaused
  ${'more, a loss had paused'}         | ${{ severity: 'pause' }}         | ${pays('0')}   | ${pays('1')} | ${false} | ${'2026-03-14'} | ${false}
  ${'less, only a loss could pause'}   | ${{ severity: 'pause' }}         | ${pays('1')}   | ${pays('0')} | ${false} | ${'2026-03-14'} | ${true}
  ${'less, a capped gain had paused'}  | ${CAP}                           | ${pays('1')}   | ${pays('0')} | ${false} | ${'2026-03-14'} | ${false}
  ${'more, only a gain could pause'}   | ${CAP}                           | ${pays('0')}   | ${pays('1')} | ${false} | ${'2026-03-14'} | ${true}
  ${'it was paused before'}            | ${{ severity: 'close' }}         | ${pays('0')}   | ${pays('1')} | ${true}  | ${'2026-03-14'} | ${true}
  ${'the pause is of another day'}     | ${{ severity: 'close' }}         | ${pays('0')}   | ${pays('1')} | ${false} | ${'2026-03-15'} | ${true}
  ${'a void market had cost the same'} | ${{ ...CAP, severity: 'pause' }} | ${pays('0.4')} | ${VOID}      | ${false} | ${'2026-03-14'} | ${true}
`('$story: paused $isPaused', ({ change, first, then, found, day, isPaused }) => {
  const paused = (account: Account, is: boolean) => ({
    ...account,
    standing: changedStanding(account.standing, { isPaused: is }),
  });
  const since = (account: Account) => ({ ...paused(account, true), day });
  const { account } = settled(daily(change), first, since, paused(HOLDER, found))(then);
  expect(account.standing.day.isPaused).toBe(isPaused);
});

/** Goal: with more money a limit is warned of anew; what was told with more money than there was remains true. */
test.each`
  story                              | anchor       | first        | then           | day             | found                 | warned
  ${'more, on the same day'}         | ${'balance'} | ${pays('0')} | ${pays('1')}   | ${'2026-03-14'} | ${{}}                 | ${{ max_drawdown: 50, risk_per_trade: 50 }}
  ${'more, warned before as well'}   | ${'balance'} | ${pays('0')} | ${pays('1')}   | ${'2026-03-14'} | ${{ daily_loss: 50 }} | ${{ max_drawdown: 50, daily_loss: 50, risk_per_trade: 50 }}
  ${'less, on the same day'}         | ${'balance'} | ${pays('1')} | ${pays('0')}   | ${'2026-03-14'} | ${{}}                 | ${{ max_drawdown: 80, daily_loss: 95, risk_per_trade: 50 }}
  ${'the same money'}                | ${'balance'} | ${VOID}      | ${pays('0.4')} | ${'2026-03-14'} | ${{}}                 | ${{ max_drawdown: 80, daily_loss: 95, risk_per_trade: 50 }}
  ${'more, a day that fell with it'} | ${'balance'} | ${pays('0')} | ${pays('1')}   | ${'2026-03-15'} | ${{}}                 | ${{ max_drawdown: 50, daily_loss: 95, risk_per_trade: 50 }}
  ${'more, a day from the start'}    | ${'initial'} | ${pays('0')} | ${pays('1')}   | ${'2026-03-15'} | ${{ daily_loss: 50 }} | ${{ max_drawdown: 50, risk_per_trade: 50 }}
`('warnings: $story', ({ anchor, first, then, day, found, warned }) => {
  const told = { max_drawdown: 80, daily_loss: 95, risk_per_trade: 50 };
  const since = (account: Account) => ({ ...account, day, standing: { ...account.standing, warned: told } });
  const holder = { ...HOLDER, standing: standingWith({ warned: { max_drawdown: 50, ...found } }) };
  expect(settled(daily({ anchor }), first, since, holder)(then).account.standing.warned).toStrictEqual(warned);
});

/** Goal: the limit of the open loss follows the profit of a day that began since, and its warnings are forgotten. */
test.each`
  first        | then         | day             | began          | open
  ${pays('1')} | ${pays('0')} | ${'2026-03-14'} | ${'100000.00'} | ${80}
  ${pays('0')} | ${pays('1')} | ${'2026-03-14'} | ${'100000.00'} | ${80}
  ${pays('1')} | ${pays('0')} | ${'2026-03-15'} | ${'99000.00'}  | ${undefined}
  ${pays('0')} | ${pays('1')} | ${'2026-03-15'} | ${'101000.00'} | ${undefined}
`('open loss on $day: $began', ({ first, then, day, began, open }) => {
  const since = (paid: Account) => ({ ...paid, day, standing: { ...paid.standing, warned: { open_loss: 80 } } });
  const { standing } = settled(RULES, first, since)(then).account;
  expect([formatUsd(standing.day.balanceUsd), standing.warned.open_loss]).toEqual([began, open]);
});
