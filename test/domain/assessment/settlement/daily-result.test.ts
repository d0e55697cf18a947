import type { DailyLoss, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { type BalanceMove, dailyFloors, dailyResults } from '../../../../domain/assessment/settlement/daily-result';
import { isoText } from '../../../../domain/kernel/instant';
import { formatUsd } from '../../../../domain/kernel/money';
import { dollars, moment } from '../../../fixtures/domain-story';
import { dailyLossOf } from '../rule-sets';

const PRAGUE: RuleSet = { ...dailyLossOf('balance', '5000'), dayZone: 'Europe/Prague' };

const moveAt = (text: string, realized: string, fee: string): BalanceMove => ({
  filledAt: moment(text),
  realizedUsd: dollars(realized),
  feeUsd: dollars(fee),
});

/** The night of 28 to 29 March 2026 is the one in which Prague's clocks go forward: that day has 23 hours. */
const moves: readonly BalanceMove[] = [
  moveAt('2026-03-28T12:00:00Z', '0', '10'),
  moveAt('2026-03-28T22:59:59.999Z', '500', '10'),
  moveAt('2026-03-28T23:00:00Z', '-200', '5'),
  moveAt('2026-03-29T21:59:59Z', '0', '5'),
  { ...moveAt('2026-03-31T08:00:00Z', '300', '0'), isSettlement: true },
];

test('a day begins and ends where its zone says, and begins with what the day before left', () => {
  const closed = [{ closedAt: moment('2026-03-28T22:59:59.999Z') }, { closedAt: moment('2026-03-28T23:00:00Z') }];
  const told = dailyResults(PRAGUE, moves, closed).map((day) =>
    [
      `${day.day}: ${formatUsd(day.anchorUsd)} ${formatUsd(day.resultUsd)} = ${formatUsd(day.balanceUsd)}`,
      `fees ${formatUsd(day.feesUsd)}, ${day.fills} fills, ${day.trades} trades`,
      isoText(day.endsAt),
    ].join('; '),
  );
  expect(told).toEqual([
    '2026-03-28: 100000.00 480.00 = 100480.00; fees 20.00, 2 fills, 1 trades; 2026-03-28T23:00:00.000Z',
    '2026-03-29: 100480.00 -210.00 = 100270.00; fees 10.00, 2 fills, 1 trades; 2026-03-29T22:00:00.000Z',
    '2026-03-31: 100270.00 300.00 = 100570.00; fees 0.00, 0 fills, 0 trades; 2026-03-31T22:00:00.000Z',
  ]);
});

const floorsOn = (dailyLoss: DailyLoss | null) => {
  const rules = { ...PRAGUE, dailyLoss };
  const floors = dailyFloors(rules, moment('2026-03-28T12:00:00Z'), dailyResults(rules, moves, []));
  return floors.map(({ from, floorUsd }) => `${isoText(from)} ${formatUsd(floorUsd)}`);
};

test('the daily floor stands still during a day and follows the balance over night', () => {
  expect(floorsOn(PRAGUE.dailyLoss)).toEqual([
    '2026-03-28T12:00:00.000Z 95000.00',
    '2026-03-28T23:00:00.000Z 95480.00',
    '2026-03-29T22:00:00.000Z 95270.00',
    '2026-03-31T22:00:00.000Z 95570.00',
  ]);
});

test('a share is one of each day’s balance', () => {
  expect(floorsOn(dailyLossOf('balance', '0.05').dailyLoss).slice(0, 2)).toEqual([
    '2026-03-28T12:00:00.000Z 95000.00',
    '2026-03-28T23:00:00.000Z 95456.00',
  ]);
});

test('a floor that counts from the start never moves; one that counts from equity does not follow from balances', () => {
  expect(floorsOn(dailyLossOf('initial', '5000').dailyLoss)).toEqual(['2026-03-28T12:00:00.000Z 95000.00']);
  for (const anchor of ['equity', 'higher', 'peak'] as const) {
    expect(floorsOn(dailyLossOf(anchor, '5000').dailyLoss)).toEqual([]);
  }
  expect(floorsOn(null)).toEqual([]);
});

test('nothing moved, nothing listed', () => {
  expect(dailyResults(PRAGUE, [], [])).toEqual([]);
});
