import type { Fill } from '../../../domain/account/order';
import type { RoundTrip } from '../../../domain/account/round-trip';
import { dailyFloors, dailyResults } from '../../../domain/assessment/daily-result';
import type { RuleSet } from '../../../domain/assessment/rules';
import { idOf } from '../../../domain/kernel/ids';
import { type Instant, instant, isoText } from '../../../domain/kernel/instant';
import { formatUsd, price, qty, usd, ZERO_USD } from '../../../domain/kernel/money';

const dollars = (amount: number) => usd(BigInt(amount) * 1_000_000n);
const at = (text: string): Instant => instant(Date.parse(text));

const rules: RuleSet = {
  startingUsd: dollars(100_000),
  profitTargetUsd: dollars(8_000),
  maxDrawdownUsd: dollars(10_000),
  dailyLossUsd: dollars(5_000),
  riskPerTradeUsd: dollars(2_000),
  tradesMin: 3,
  leverageMax: 5,
  dayZone: 'Europe/Prague',
  dayResetAt: '00:00',
};

const fillAt = (text: string, realized: number, fee: number): Fill => ({
  ...{ orderId: idOf('o'), fillId: idOf('f'), instrument: idOf('BTC-USD'), side: 'buy', qty: qty(1n), levels: [] },
  ...{ price: price(1n), cashUsd: ZERO_USD, feeUsd: dollars(fee), realizedUsd: dollars(realized), placedAt: at(text) },
  ...{ bookSequence: 1, venueProof: '', venueAt: at(text) },
});

const closedAt = (text: string): RoundTrip => ({
  ...{ instrument: idOf('BTC-USD'), direction: 'long', openedAt: instant(0), closedAt: at(text), qty: qty(1n) },
  ...{ entryPrice: price(1n), exitPrice: price(1n), realizedUsd: ZERO_USD, feesUsd: ZERO_USD, netUsd: ZERO_USD },
});

/** The night of 28 to 29 March 2026 is the one in which Prague's clocks go forward: that day has 23 hours. */
const fills = [
  fillAt('2026-03-28T12:00:00Z', 0, 10),
  fillAt('2026-03-28T22:59:59.999Z', 500, 10),
  fillAt('2026-03-28T23:00:00Z', -200, 5),
  fillAt('2026-03-29T21:59:59Z', 0, 5),
  fillAt('2026-03-31T08:00:00Z', 300, 0),
];

test('a day begins and ends where its zone says, and begins with what the day before left', () => {
  const days = dailyResults(rules, fills, [closedAt('2026-03-28T22:59:59.999Z'), closedAt('2026-03-28T23:00:00Z')]);
  const told = days.map((day) =>
    [
      `${day.day}: ${formatUsd(day.anchorUsd)} ${formatUsd(day.resultUsd)} = ${formatUsd(day.balanceUsd)}`,
      `fees ${formatUsd(day.feesUsd)}, ${day.fills} fills, ${day.trades} trades`,
      isoText(day.endsAt),
    ].join('; '),
  );
  expect(told).toEqual([
    '2026-03-28: 100000.00 480.00 = 100480.00; fees 20.00, 2 fills, 1 trades; 2026-03-28T23:00:00.000Z',
    '2026-03-29: 100480.00 -210.00 = 100270.00; fees 10.00, 2 fills, 1 trades; 2026-03-29T22:00:00.000Z',
    '2026-03-31: 100270.00 300.00 = 100570.00; fees 0.00, 1 fills, 0 trades; 2026-03-31T22:00:00.000Z',
  ]);
});

test('the daily floor stands still during a day and follows the balance over night', () => {
  const floors = dailyFloors(rules, at('2026-03-28T12:00:00Z'), dailyResults(rules, fills, []));
  expect(floors.map(({ from, floorUsd }) => `${isoText(from)} ${formatUsd(floorUsd)}`)).toEqual([
    '2026-03-28T12:00:00.000Z 95000.00',
    '2026-03-28T23:00:00.000Z 95480.00',
    '2026-03-29T22:00:00.000Z 95270.00',
    '2026-03-31T22:00:00.000Z 95570.00',
  ]);
});

test('nothing traded, nothing listed', () => {
  expect(dailyResults(rules, [], [])).toEqual([]);
});
