import { type Account, balanceOf } from '../../../domain/account/account';
import type { AccountEvent, CorrectedStanding, Settlement } from '../../../domain/account/account-event';
import { evolve, fold } from '../../../domain/account/evolve';
import { fillOf, orderFilled } from '../../../domain/account/fill';
import type { Order } from '../../../domain/account/orders/order';
import { flatStanding } from '../../../domain/account/standing/flat-standing';
import { NO_GROWTH } from '../../../domain/account/standing/growth';
import { beforePayoutOf, positionSettled, settlementOf } from '../../../domain/assessment/settlement/settle-position';
import { type FillId, idOf } from '../../../domain/kernel/ids';
import { plusMs } from '../../../domain/kernel/instant';
import { addUsd, formatUsd, qty, usd } from '../../../domain/kernel/money';
import {
  accountWith,
  at,
  BTC,
  bitcoin,
  bookOf,
  dollars,
  ETH,
  held,
  NOW,
  RULES,
  resting,
  standingWith,
  units,
  YES,
} from '../../fixtures/domain-story';
import { dailyLossOf, maxLossOf } from '../assessment/rule-sets';

const HOLDER = accountWith('40000', [held(BTC, '1', '60000')]);
const working = resting('o');
const withOrders = (...orders: readonly Order[]): Account => ({ ...HOLDER, orders });

/** A part of the order, sold at 61,000 on the state 9 of the book. */
function filledBy(
  account: Account,
  order: Order,
  amount: string,
  more: { part?: number; consumesBook?: boolean } = {},
) {
  const { part = order.parts + 1, consumesBook = false } = more;
  const levels = [{ price: at('61000'), qty: units(amount) }];
  const made = { fillId: idOf<FillId>('f'), part, liquidity: 'taker', levels, at: plusMs(NOW, 5) } as const;
  const fill = fillOf(account, order, { instrument: bitcoin, book: bookOf('', '', { sequence: 9 }) }, made);
  return orderFilled({ rules: RULES, account }, fill, { ...order, consumesBook });
}

const placed = (order: Order): AccountEvent => ({ kind: 'order_placed', order });
const changed = (
  kind: 'order_amended' | 'order_advanced' | 'order_triggered' | 'order_cancelled',
  more: Partial<Order>,
) => ({ kind, order: { ...working, ...more } }) as const;

const partly = { filledQty: units('0.4'), parts: 1 };
const triggered = { triggeredAt: NOW };
const cancelled = { status: 'cancelled', cancelReason: 'requested' } as const;
const expired = { status: 'expired', cancelReason: 'expired' } as const;

/** Goal: what may happen to an order, by what it is: a dash for one that the account does not have. */
test.each`
  given        | event                                                               | then
  ${'-'}       | ${placed(working)}                                                  | ${'working'}
  ${{}}        | ${changed('order_amended', { qty: units('2') })}                    | ${'working'}
  ${{}}        | ${changed('order_advanced', { bestPrice: at('1') })}                | ${'working'}
  ${{}}        | ${changed('order_triggered', triggered)}                            | ${'triggered'}
  ${{}}        | ${changed('order_cancelled', cancelled)}                            | ${'gone'}
  ${{}}        | ${changed('order_cancelled', expired)}                              | ${'gone'}
  ${triggered} | ${changed('order_amended', { ...triggered, qty: units('2') })}      | ${'triggered'}
  ${triggered} | ${changed('order_advanced', { ...triggered, queueAhead: qty(1n) })} | ${'triggered'}
  ${triggered} | ${changed('order_cancelled', { ...triggered, ...cancelled })}       | ${'gone'}
  ${partly}    | ${changed('order_amended', { ...partly, qty: units('0.5') })}       | ${'partly'}
  ${partly}    | ${changed('order_advanced', { ...partly, queueAhead: qty(1n) })}    | ${'partly'}
  ${partly}    | ${changed('order_cancelled', { ...partly, ...expired })}            | ${'gone'}
`('$event.kind of $given leaves it $then', ({ given, event, then }) => {
  const before = given === '-' ? HOLDER : withOrders({ ...working, ...given });
  const { orders } = evolve(RULES, before, event);
  const [order] = orders;
  const is = !order ? 'gone' : order.filledQty > 0n ? 'partly' : order.triggeredAt ? 'triggered' : 'working';
  expect(is).toBe(then);
  if (order) expect(orders).toEqual([event.order]);
});

/** Goal: what cannot have happened is refused, whoever says so. */
test.each`
  story                             | given          | event                                                                | fault
  ${'a second placing of an id'}    | ${[{}]}        | ${placed(working)}                                                   | ${'order_placed cannot leave order o working, which is working'}
  ${'placed as ended'}              | ${[]}          | ${placed({ ...working, ...cancelled })}                              | ${'cannot leave order o cancelled, which is absent'}
  ${'placed as filled in part'}     | ${[]}          | ${placed({ ...working, ...partly })}                                 | ${'cannot leave order o partly_filled, which is absent'}
  ${'amended, and unknown'}         | ${[]}          | ${changed('order_amended', {})}                                      | ${'order_amended cannot leave order o working, which is absent'}
  ${'cancelled, and unknown'}       | ${[]}          | ${changed('order_cancelled', cancelled)}                             | ${'order_cancelled cannot leave order o cancelled, which is absent'}
  ${'cancelled, and still open'}    | ${[{}]}        | ${changed('order_cancelled', {})}                                    | ${'cannot leave order o working, which is working'}
  ${'cancelled by being filled'}    | ${[{}]}        | ${changed('order_cancelled', { status: 'filled' })}                  | ${'cannot leave order o filled, which is working'}
  ${'advanced to its end'}          | ${[{}]}        | ${changed('order_advanced', expired)}                                | ${'cannot leave order o expired, which is working'}
  ${'triggered, and is not'}        | ${[{}]}        | ${changed('order_triggered', {})}                                    | ${'cannot leave order o working, which is working'}
  ${'triggered twice'}              | ${[triggered]} | ${changed('order_triggered', triggered)}                             | ${'cannot leave order o triggered, which is triggered'}
  ${'triggered after a fill'}       | ${[partly]}    | ${changed('order_triggered', { ...partly, ...triggered })}           | ${'cannot leave order o partly_filled, which is partly_filled'}
  ${'working again after a fill'}   | ${[partly]}    | ${changed('order_amended', {})}                                      | ${'cannot leave order o working, which is partly_filled'}
  ${'amended below what is filled'} | ${[partly]}    | ${changed('order_amended', { ...partly, qty: units('0.3') })}        | ${'filled beyond its quantity'}
  ${'filled by an amendment'}       | ${[partly]}    | ${changed('order_amended', { ...partly, filledQty: units('0.5') })}  | ${'changes what stays with order o'}
  ${'its instrument is another'}    | ${[{}]}        | ${changed('order_advanced', { instrument: ETH })}                    | ${'changes what stays with order o'}
  ${'its side is another'}          | ${[{}]}        | ${changed('order_advanced', { side: 'buy' })}                        | ${'changes what stays with order o'}
  ${'it no longer only reduces'}    | ${[{}]}        | ${changed('order_advanced', { reduceOnly: false })}                  | ${'changes what stays with order o'}
  ${'it was placed elsewhen'}       | ${[{}]}        | ${changed('order_advanced', { placedAt: plusMs(NOW, 1) })}           | ${'changes what stays with order o'}
  ${'its fills are recounted'}      | ${[partly]}    | ${changed('order_cancelled', { ...partly, ...cancelled, parts: 2 })} | ${'changes what stays with order o'}
  ${'another entry'}                | ${[{}]}        | ${changed('order_advanced', { entryId: idOf('e') })}                 | ${'changes what stays with order o'}
  ${'another origin'}               | ${[{}]}        | ${changed('order_advanced', { origin: 'desk' })}                     | ${'changes what stays with order o'}
  ${'filled, and unknown'}          | ${[]}          | ${filledBy(HOLDER, working, '1')}                                    | ${'order o is filled, which does not work'}
  ${'filled beyond its quantity'}   | ${[{}]}        | ${filledBy(HOLDER, working, '1.1')}                                  | ${'filled beyond its quantity'}
  ${'a part is left out'}           | ${[{}]}        | ${filledBy(HOLDER, working, '0.5', { part: 2 })}                     | ${'part 2 of order o follows 0'}
  ${'a part comes again'}           | ${[partly]}    | ${filledBy(HOLDER, working, '0.5')}                                  | ${'part 1 of order o follows 1'}
  ${'other cash than it says'}      | ${[{}]}        | ${{ ...filledBy(HOLDER, working, '1'), cashUsd: dollars('1') }}      | ${'the fill f leaves another account than it says'}
  ${'other trades than it says'}    | ${[{}]}        | ${{ ...filledBy(HOLDER, working, '1'), tradesClosed: 0 }}            | ${'the fill f leaves another account than it says'}
`('$story', ({ given, event, fault }) => {
  const before = withOrders(...given.map((change: Partial<Order>) => ({ ...working, ...change })));
  expect(() => evolve(RULES, before, event)).toThrow(fault);
});

test('a fill of a part leaves the rest to work, with what it has met behind it; the last ends it', () => {
  const before = withOrders({ ...working, queueAhead: qty(7n) });
  const event = filledBy(before, working, '0.4');
  const after = evolve(RULES, before, { ...event, queueAhead: qty(2n), tapeSeenAt: plusMs(NOW, 3) });
  expect(after.orders).toEqual([
    { ...working, ...partly, bookSequence: 9, queueAhead: qty(2n), tapeSeenAt: plusMs(NOW, 3) },
  ]);
  const [rest] = after.orders;
  if (!rest) throw new Error('0.6 are left');
  const done = evolve(RULES, after, filledBy(after, rest, '0.6'));
  expect([done.orders, done.positions, done.tradesClosed]).toEqual([[], [], 1]);
});

/** Goal: a state of the book that one order took of has no more for the younger orders of its instrument. */
test.each`
  consumesBook | sequences
  ${true}      | ${[7, 9, 9, 7, 12]}
  ${false}     | ${[7, 9, 7, 7, 12]}
`('a fill of a shared book ($consumesBook) leaves orders at $sequences', ({ consumesBook, sequences }) => {
  const older = resting('older');
  const others = [
    resting('younger'),
    resting('elsewhere', { instrument: ETH }),
    resting('ahead', { bookSequence: 12 }),
  ];
  const before = withOrders(older, working, ...others);
  const after = evolve(RULES, before, filledBy(before, working, '0.4', { consumesBook }));
  expect(after.orders.map(({ orderId }) => orderId)).toEqual(['older', 'o', 'younger', 'elsewhere', 'ahead']);
  expect(after.orders.map(({ bookSequence }) => bookSequence)).toEqual(sequences);
});

test('a day counts the one that is finished, lifts a pause and forgets what was of the day; never backwards', () => {
  const warned = { daily_loss: 95, open_loss: 50, max_drawdown: 80 };
  const standing = standingWith({ isPaused: true, warned, dayOpened: 1, dayBalanceUsd: dollars('99000') });
  const opened = {
    kind: 'day_opened',
    day: '2026-03-15',
    dayAnchorUsd: dollars('1'),
    dayPeakUsd: dollars('2'),
  } as const;
  const rules = { ...RULES, activity: { ...RULES.activity, dayCountsIf: 'opened' } } as const;
  const after = evolve(rules, { ...HOLDER, standing }, opened);
  expect([after.day, after.dayAnchorUsd]).toEqual(['2026-03-15', dollars('1')]);
  expect(flatStanding(after.standing)).toEqual({
    ...flatStanding(standing),
    isPaused: false,
    warned: { max_drawdown: 80 },
    dayOpened: 0,
    dayPeakUsd: dollars('2'),
    dayBalanceUsd: balanceOf(HOLDER),
    daysCounted: 1,
    bestDayUsd: dollars('1000'),
    winningDaysUsd: dollars('1000'),
  });
  expect(() => evolve(rules, after, opened)).toThrow('2026-03-15 cannot begin after 2026-03-15');
});

test('marks rise with the moment of their prices, and never fall', () => {
  const raised = { kind: 'high_water_raised', highWaterUsd: dollars('100001'), dayPeakUsd: dollars('100002') } as const;
  const after = evolve(RULES, HOLDER, { ...raised, peakedAt: NOW });
  expect(after.standing.peaks).toEqual({ highWaterUsd: dollars('100001'), dayPeakUsd: dollars('100002'), at: NOW });
  for (const lower of [{ highWaterUsd: dollars('100000') }, { dayPeakUsd: dollars('100001') }]) {
    expect(() => evolve(RULES, after, { ...raised, ...lower, peakedAt: NOW })).toThrow('never raised downwards');
  }
});

test('a pause, a hold, its release, a warning and a corrected stop are remembered', () => {
  const events: readonly AccountEvent[] = [
    { kind: 'trading_paused', rule: 'daily_loss' },
    { kind: 'account_held', hold: 'dispute', at: NOW },
    { kind: 'account_held', hold: 'refund', at: plusMs(NOW, 10) },
    { kind: 'limit_warned', rule: 'max_drawdown', percent: 80 },
    { kind: 'stop_corrected', instrument: BTC, dueAt: plusMs(NOW, 99), left: 1 },
  ];
  const { standing } = fold(RULES, HOLDER, events);
  expect(standing).toEqual(
    standingWith({
      isPaused: true,
      holds: { now: { kind: 'refund', since: NOW }, heldMs: 0, endedAt: null },
      warned: { max_drawdown: 80 },
      stopCorrections: [{ instrument: BTC, openedAt: NOW, dueAt: plusMs(NOW, 99) }],
    }),
  );
  const released = evolve(RULES, { ...HOLDER, standing }, { kind: 'account_released', at: plusMs(NOW, 30) });
  expect(released.standing.holds).toEqual({ now: null, heldMs: 30, endedAt: plusMs(NOW, 30) });
  const elsewhere = { kind: 'stop_corrected', instrument: ETH, dueAt: NOW, left: 0 } as const;
  expect(() => evolve(RULES, HOLDER, elsewhere)).toThrow('a stop is corrected for ETH-USD, which is not held');
});

const BETTOR = accountWith('99600', [held(YES, '1000', '400', { feesUsd: dollars('4') })]);
const [BET] = BETTOR.positions;
if (!BET) throw new Error('held above');
const WON = settlementOf(BET, { kind: 'pays', price: at('1') }, beforePayoutOf(BETTOR), NOW);
const settled = (account: Account, settlement: Settlement) => positionSettled(account, settlement, dollars('0'));

test('a payout closes its position and completes a trade; the mark of closed trades follows', () => {
  const rules = maxLossOf('trailing_closed', '5000');
  const after = evolve(rules, BETTOR, settled(BETTOR, WON));
  expect([after.positions, after.tradesClosed, formatUsd(after.cashUsd)]).toEqual([[], 1, '100600.00']);
  expect([after.standing.day.closed, formatUsd(after.standing.trades.bestUsd)]).toEqual([1, '596.00']);
  expect(formatUsd(after.standing.peaks.highWaterUsd)).toBe('100600.00');
  expect(() => evolve(rules, after, settled(after, WON))).toThrow('PM-rain-YES is settled, which is not held');
  const wrong = { ...settled(BETTOR, WON), cashUsd: dollars('1') };
  expect(() => evolve(rules, BETTOR, wrong)).toThrow('the payout of PM-rain-YES leaves another cash than it says');
});

test('a wrong payout is taken back as cash alone; the right one brings what is remembered instead', () => {
  const rules = dailyLossOf('balance', '5000');
  const paid = evolve(rules, BETTOR, settled(BETTOR, WON));
  const back: Settlement = { ...WON, cashUsd: usd(-WON.cashUsd), corrects: true };
  const reversed = evolve(rules, paid, settled(paid, back));
  expect(reversed).toEqual({ ...paid, cashUsd: addUsd(paid.cashUsd, usd(-WON.cashUsd)) });
  const lost = settlementOf(BET, { kind: 'pays', price: at('0') }, WON.before, NOW);
  const corrected: CorrectedStanding = {
    warned: { max_drawdown: 50 },
    peaks: { highWaterUsd: dollars('1'), dayPeakUsd: dollars('2') },
    day: { balanceUsd: dollars('3'), excludedUsd: dollars('4'), isPaused: true },
    days: { counted: 5, bestUsd: dollars('6'), winningUsd: dollars('7') },
    trades: { worstUsd: dollars('8'), bestUsd: dollars('9'), excludedUsd: dollars('10') },
    periods: { weekUsd: dollars('12'), monthUsd: null },
    payouts: { taken: 13, last: null, bestUsd: dollars('14'), daysWon: 15, growth: NO_GROWTH },
  };
  const right = { ...settled(reversed, lost), corrected, dayAnchorUsd: dollars('11') };
  const { standing, ...after } = evolve(rules, reversed, right);
  expect([after.dayAnchorUsd, after.cashUsd, after.tradesClosed]).toEqual([dollars('11'), reversed.cashUsd, 1]);
  const before = reversed.standing;
  expect(standing).toEqual({
    ...before,
    warned: corrected.warned,
    days: corrected.days,
    peaks: { ...before.peaks, ...corrected.peaks },
    day: { ...before.day, ...corrected.day },
    trades: { ...before.trades, ...corrected.trades },
    periods: corrected.periods,
    payouts: corrected.payouts,
  });
});
