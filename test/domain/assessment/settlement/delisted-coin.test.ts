import { balanceOf } from '../../../../domain/account/account';
import { settlePosition } from '../../../../domain/assessment/settlement/settle-position';
import { formatUsd } from '../../../../domain/kernel/money';
import type { Instrument } from '../../../../domain/market/instrument';
import { accountWith, at, BTC, bitcoin, ETH, held, NOW, RULES, resting } from '../../../fixtures/domain-story';
import { wordsOf } from '../../../fixtures/trading-story';
import { decidedOn } from '../../decided';

const settledAt = (price: string): Instrument => ({
  ...bitcoin,
  status: 'resolved',
  payout: { kind: 'pays', price: at(price) },
});

/** Goal: at one price a long and a short of the same coin gain and lose the same; nobody pays a fee. */
test.each`
  story                     | qty       | cost        | price      | realized
  ${'a long that gained'}   | ${'0.5'}  | ${'25000'}  | ${'60000'} | ${'5000.00'}
  ${'a long that lost'}     | ${'0.5'}  | ${'25000'}  | ${'40000'} | ${'-5000.00'}
  ${'a short that gained'}  | ${'-0.5'} | ${'-25000'} | ${'40000'} | ${'5000.00'}
  ${'a short that lost'}    | ${'-0.5'} | ${'-25000'} | ${'60000'} | ${'-5000.00'}
  ${'a coin worth nothing'} | ${'0.5'}  | ${'25000'}  | ${'0'}     | ${'-25000.00'}
`('$story at $price', ({ qty, cost, price, realized }) => {
  const holder = accountWith('100000', [held(BTC, qty, cost)]);
  const { account, events } = decidedOn(
    { rules: RULES, account: holder },
    settlePosition(holder, settledAt(price), NOW),
  );
  const [event] = events;
  if (event?.kind !== 'position_settled') throw new Error('nothing was settled');
  expect(formatUsd(event.settlement.realizedUsd)).toBe(realized);
  expect(event.ledger.reduce((sum, { amountUsd }) => sum + amountUsd, 0n)).toBe(0n);
  expect([account.positions, account.cashUsd]).toEqual([[], balanceOf(account)]);
});

test('its orders end by name, those of other coins work on, and settling again changes nothing', () => {
  const orders = [resting('s1'), resting('s2', { instrument: ETH })];
  const holder = accountWith('75000', [held(BTC, '0.5', '25000')], { orders });
  const once = decidedOn({ rules: RULES, account: holder }, settlePosition(holder, settledAt('60000'), NOW));
  expect(once.events.map(wordsOf)).toEqual(['s1 market_closed', 'BTC-USD settled']);
  expect(once.account.orders.map(({ orderId }) => orderId)).toEqual(['s2']);
  expect(settlePosition(once.account, settledAt('60000'), NOW)).toEqual([]);
});
