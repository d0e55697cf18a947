import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import type { BookedMove } from '../../../../domain/assessment/settlement/account-moves';
import { recomputeStanding } from '../../../../domain/assessment/settlement/recompute-standing';
import { plusMs } from '../../../../domain/kernel/instant';
import { formatUsd } from '../../../../domain/kernel/money';
import { BTC, dollars, moment, RULES, units } from '../../../fixtures/domain-story';
import { maxLossOf } from '../rule-sets';

/** `1 +500` on the first day a round trip of one unit that realizes 500, for a fee of 1 a side; `=500` after 1 ms. */
const movesOf = (text: string): readonly BookedMove[] =>
  text.split(', ').flatMap((word, index) => {
    const [day = '', realized = ''] = word.split(' ');
    const at = plusMs(moment(`2026-03-0${day}T12:00:00Z`), index);
    const leg = { instrument: BTC, qty: units('1'), feeUsd: dollars('1'), filledAt: at } as const;
    const realizedUsd = dollars(realized.replace(/[+=]/, ''));
    const cashUsd = dollars(`${10_000 + Math.trunc(Number(realized.replace('=', '')))}`);
    return [
      { ...leg, side: 'buy', cashUsd: dollars('-10000'), realizedUsd: dollars('0') },
      { ...leg, side: 'sell', cashUsd, realizedUsd, filledAt: plusMs(at, realized.startsWith('=') ? 1 : 0) },
    ];
  });

const figures = (rules: RuleSet, text: string, today: string) => {
  const { trades, days, daysGained, highWaterUsd } = recomputeStanding(rules, movesOf(text), today);
  const [worst, best, won] = [trades.worstUsd, days.bestUsd, days.winningUsd].map(formatUsd);
  return `${worst} ${best} ${won} ${daysGained} ${highWaterUsd === undefined ? '-' : formatUsd(highWaterUsd)}`;
};

const gain = { ...RULES.activity, dayCountsIf: 'gain', dayGainUsd: dollars('498') } as const;

/** Goal: the worst trade, then of finished days the best, the sum of the good ones, and those that gained 498. */
test.each`
  story                              | moves               | today           | told
  ${'a day that is not over'}        | ${'2 +500'}         | ${'2026-03-02'} | ${'0.00 0.00 0.00 0 -'}
  ${'a day that just gained enough'} | ${'2 +500'}         | ${'2026-03-03'} | ${'0.00 498.00 498.00 1 -'}
  ${'and one that did not'}          | ${'2 +499'}         | ${'2026-03-03'} | ${'0.00 497.00 497.00 0 -'}
  ${'a loss and its fees'}           | ${'2 -300, 2 -100'} | ${'2026-03-03'} | ${'302.00 0.00 0.00 0 -'}
  ${'the better of two days'}        | ${'2 +600, 3 +700'} | ${'2026-03-04'} | ${'0.00 698.00 1296.00 2 -'}
  ${'a day’s sum, not a trade’s'}    | ${'2 +600, 2 -50'}  | ${'2026-03-03'} | ${'52.00 546.00 546.00 1 -'}
  ${'a day of nothing wins nothing'} | ${'2 +2, 3 +100'}   | ${'2026-03-04'} | ${'0.00 98.00 98.00 0 -'}
`('$story: $told', ({ moves, today, told }) => {
  expect(figures({ ...maxLossOf('static', '3000'), activity: gain }, moves, today)).toBe(told);
});

test('the best single trade, its fees included; none where none has won', () => {
  const best = (text: string) => formatUsd(recomputeStanding(RULES, movesOf(text), '2026-03-04').trades.bestUsd);
  expect([best('2 +500, 2 +400, 3 +700'), best('2 -500'), best('3 +500, 3 -900')]).toEqual([
    '698.00',
    '0.00',
    '498.00',
  ]);
});

/** Goal: what is left out of short wins, a millisecond being short: in all, today, and of the days of before. */
test.each`
  story                                   | moves                       | today           | told
  ${'a win that was short'}               | ${'2 +500'}                 | ${'2026-03-03'} | ${'498.00 0.00 0.00 0.00 0.00 1'}
  ${'today, it is also today’s'}          | ${'2 +500'}                 | ${'2026-03-02'} | ${'498.00 498.00 0.00 0.00 0.00 0'}
  ${'a loss always counts'}               | ${'2 +500, 2 -300'}         | ${'2026-03-03'} | ${'498.00 0.00 0.00 0.00 0.00 0'}
  ${'a win of nothing is none'}           | ${'2 +2'}                   | ${'2026-03-03'} | ${'0.00 0.00 0.00 0.00 0.00 0'}
  ${'what was long enough counts'}        | ${'2 +500, 2 =600, 3 =400'} | ${'2026-03-04'} | ${'498.00 0.00 598.00 598.00 996.00 1'}
  ${'a day still counts by what it made'} | ${'2 +500, 2 =1'}           | ${'2026-03-03'} | ${'498.00 0.00 0.00 0.00 0.00 0'}
`('$story: $told', ({ moves, today, told }) => {
  const activity = { ...gain, shortWins: 'excluded', tradeHeldMsMin: 1 } as const;
  const counted = recomputeStanding({ ...RULES, activity }, movesOf(moves), today);
  const { trades, dayExcludedUsd, days, daysGained } = counted;
  const amounts = [trades.excludedUsd, dayExcludedUsd, trades.bestUsd, days.bestUsd, days.winningUsd];
  const figures = amounts.map(formatUsd);
  expect([...figures, daysGained].join(' ')).toBe(told);
  const none = recomputeStanding({ ...RULES, activity: gain }, movesOf(moves), today).trades.excludedUsd;
  expect(none).toBe(0n);
});

test('where a day counts by what was opened or closed, none counts by its gain', () => {
  const told = (dayCountsIf: 'opened' | 'closed') =>
    recomputeStanding({ ...RULES, activity: { ...gain, dayCountsIf } }, movesOf('2 +500'), '2026-03-03').daysGained;
  expect([told('opened'), told('closed')]).toEqual([0, 0]);
});

/** Goal: marks that follow the balance, after every move or at the end of a day; others are not told by moves. */
test.each`
  mode                   | trails       | moves               | today           | mark
  ${'trailing_closed'}   | ${'equity'}  | ${'2 +500, 2 -300'} | ${'2026-03-02'} | ${'100498.00'}
  ${'trailing_closed'}   | ${'balance'} | ${'2 -300, 3 -100'} | ${'2026-03-03'} | ${'100000.00'}
  ${'trailing_eod'}      | ${'balance'} | ${'2 +500, 2 -300'} | ${'2026-03-02'} | ${'100000.00'}
  ${'trailing_eod'}      | ${'balance'} | ${'2 +500, 2 -300'} | ${'2026-03-03'} | ${'100196.00'}
  ${'trailing_eod'}      | ${'equity'}  | ${'2 +500'}         | ${'2026-03-03'} | ${'-'}
  ${'trailing_eod'}      | ${'higher'}  | ${'2 +500'}         | ${'2026-03-03'} | ${'-'}
  ${'trailing_intraday'} | ${'balance'} | ${'2 +500'}         | ${'2026-03-03'} | ${'-'}
  ${'static'}            | ${'balance'} | ${'2 +500'}         | ${'2026-03-03'} | ${'-'}
`('$mode of $trails on $today: $mark', ({ mode, trails, moves, today, mark }) => {
  expect(
    figures(maxLossOf(mode, '3000', { trails }), moves, today)
      .split(' ')
      .at(-1),
  ).toBe(mark);
});
