import { type AccountId, idOf, type OrderId, type UserId } from '../../../domain/kernel/ids';
import { DAY_MS } from '../../../domain/kernel/instant';
import { formatUsd } from '../../../domain/kernel/money';
import { uuidIds } from '../../../runtime/edge';
import { cachedInstruments } from '../../../usecases/market-data/cached-instruments';
import { limitAt, openTrading, priceOf, rain, type Trading } from '../../fixtures/open-trading';
import { bitcoin, NOW } from '../../fixtures/stored-account';

const opened = async (...given: Parameters<typeof openTrading>) => {
  const trading = await openTrading(...given);
  trading.quote(bitcoin.id, '59999', '60000');
  trading.quote(rain.id, '0.61', '0.62');
  return trading;
};

const told = (trading: Trading) => trading.events().map(({ type, accountVersion }) => `${accountVersion} ${type}`);

/** Goal: an order is placed once and exactly, or refused by a name that says which field broke which rule. */
describe('an order', () => {
  test('takes the ask, pays the fee, and tells placed before filled', async () => {
    const trading = await opened();
    const answer = await trading.order('buy', '0.5');
    if (!answer.ok) throw new Error(answer.refusal);
    const { status, filledQty, fills } = answer.value.placed;
    expect([status, filledQty, fills.length]).toEqual(['filled', 50_000_000n, 1]);
    expect(fills.map(({ cashUsd, feeUsd }) => [cashUsd, feeUsd].map(formatUsd))).toEqual([['-30000.00', '78.00']]);
    expect(formatUsd((await trading.snapshot()).account.cashUsd)).toBe('69922.00');
    expect(told(trading)).toEqual(['1 assessment.created', '2 trading.order-placed', '3 trading.order-filled']);
  });

  test('that nobody meets works on, and is part of the account', async () => {
    const trading = await opened();
    const answer = await trading.order('buy', '0.5', { terms: limitAt('59000') });
    expect(answer).toMatchObject({ ok: true, value: { placed: { status: 'open', filledQty: 0n, fills: [] } } });
    expect((await trading.snapshot()).account.orders).toMatchObject([{ status: 'open', qty: 50_000_000n }]);
    expect(told(trading).slice(1)).toEqual(['2 trading.order-placed']);
  });

  test('that fills in part and may not wait is cancelled with what it has', async () => {
    const trading = await openTrading();
    trading.quote(bitcoin.id, '59999', '60000', 'good', 30_000_000n as never);
    const terms = { type: 'limit', limitPrice: priceOf('60000'), timeInForce: { kind: 'ioc' } } as const;
    const answer = await trading.order('buy', '0.5', { terms });
    const placed = { status: 'cancelled', cancelReason: 'unfilled', filledQty: 30_000_000n };
    expect(answer).toMatchObject({ ok: true, value: { placed } });
    expect(told(trading).slice(1)).toEqual([
      '2 trading.order-placed',
      '3 trading.order-filled',
      '4 trading.order-cancelled',
    ]);
  });

  test.each`
    kind                | more
    ${'market order'}   | ${{}}
    ${'resting order'}  | ${{ terms: limitAt('59000') }}
    ${'order of parts'} | ${{ terms: { ...limitAt('60000'), timeInForce: { kind: 'ioc' } } }}
  `('a $kind sent again is answered again, whatever the market did', async ({ more }) => {
    const trading = await opened();
    const orderId = uuidIds.next<OrderId>();
    const first = await trading.order('buy', '0.5', { orderId, ...more });
    const { version } = await trading.snapshot();
    trading.quote(bitcoin.id, '69999', '70000');
    const second = await trading.order('buy', '0.5', { orderId, ...more });
    if (!first.ok || !second.ok) throw new Error('both are answered');
    expect([first.value.isReplay, second.value.isReplay]).toEqual([false, true]);
    expect(second.value.placed).toEqual(first.value.placed);
    expect((await trading.snapshot()).version).toBe(version);
  });

  test.each`
    part            | change
    ${'quantity'}   | ${{ qty: 1n }}
    ${'side'}       | ${{ side: 'sell' }}
    ${'instrument'} | ${{ instrument: rain.id }}
    ${'price'}      | ${{ terms: limitAt('59001') }}
    ${'type'}       | ${{ terms: { type: 'market' } }}
    ${'expiry'}     | ${{ terms: { ...limitAt('59000'), timeInForce: { kind: 'gtd', expiresAt: NOW + 1 } } }}
    ${'purpose'}    | ${{ reduceOnly: true }}
    ${'stop'}       | ${{ attached: { takeProfit: null, stopLoss: priceOf('58000') } }}
  `('its id sent with another $part is refused, and the first stays as it was', async ({ change }) => {
    const trading = await opened();
    const ticket = { orderId: uuidIds.next<OrderId>(), terms: limitAt('59000') };
    await trading.order('buy', '0.5', ticket);
    const before = await trading.snapshot();
    const again = await trading.order('buy', '0.5', { ...ticket, ...change });
    expect(again).toMatchObject({ ok: false, refusal: 'order_id_reused', fault: { field: 'orderId' } });
    expect(await trading.snapshot()).toEqual(before);
  });

  test('opens the trading day it falls into, anchored at the balance', async () => {
    const trading = await opened();
    trading.later(DAY_MS);
    trading.quote(bitcoin.id, '59999', '60000');
    await trading.order('buy', '0.1');
    expect(trading.events().map(({ type }) => type)).toEqual([
      'assessment.created',
      'assessment.day-opened',
      'trading.order-placed',
      'trading.order-filled',
    ]);
    const { account } = await trading.snapshot();
    expect([account.day, formatUsd(account.dayAnchorUsd)]).toEqual(['2026-03-15', '100000.00']);
  });

  test('on an account that has met a limit finds the assessment closed: the judge went first', async () => {
    const trading = await opened();
    await trading.order('buy', '0.5');
    trading.quote(bitcoin.id, '40000', '40001');
    const late = await trading.order('buy', '0.1');
    expect(late).toMatchObject({ ok: false, refusal: 'assessment_closed', fault: { field: 'accountId' } });
    const { status, account } = await trading.snapshot();
    expect([status, account.positions]).toEqual(['failed', []]);
    const violations = trading.events().filter(({ type }) => type === 'rules.violation-detected');
    expect(violations).toHaveLength(1);
  });
});

const nothing = () => undefined;
const gapped = (trading: Trading) => trading.quote(bitcoin.id, '1', '2', 'gapped');
const elevenSeconds = (trading: Trading) => trading.later(11_000);
const closed = (trading: Trading) => trading.catalogue.set(bitcoin.id, { ...bitcoin, status: 'closed' });
const outcome = { instrument: rain.id };

/** Each refusal leaves the account and the outbox as they were. */
test.each`
  story                                    | given            | side      | amount       | more                                   | refusal                      | field
  ${'another trader’s account'}            | ${nothing}       | ${'buy'}  | ${'1'}       | ${{ userId: idOf<UserId>('x') }}       | ${'account_unknown'}         | ${'accountId'}
  ${'no such account'}                     | ${nothing}       | ${'buy'}  | ${'1'}       | ${{ accountId: idOf<AccountId>('x') }} | ${'account_unknown'}         | ${'accountId'}
  ${'no such instrument'}                  | ${nothing}       | ${'buy'}  | ${'1'}       | ${{ instrument: idOf('DOGE-USD') }}    | ${'instrument_unknown'}      | ${'instrument'}
  ${'below the minimum'}                   | ${nothing}       | ${'buy'}  | ${'0.00001'} | ${{}}                                  | ${'qty_below_minimum'}       | ${'qty'}
  ${'off the step'}                        | ${nothing}       | ${'buy'}  | ${'1.005'}   | ${outcome}                             | ${'qty_off_step'}            | ${'qty'}
  ${'off the tick'}                        | ${nothing}       | ${'buy'}  | ${'1'}       | ${{ terms: limitAt('59000.05') }}      | ${'price_off_tick'}          | ${'limitPrice'}
  ${'selling an outcome that is not held'} | ${nothing}       | ${'sell'} | ${'10'}      | ${outcome}                             | ${'short_not_allowed'}       | ${'qty'}
  ${'reducing what is not held'}           | ${nothing}       | ${'sell'} | ${'1'}       | ${{ reduceOnly: true }}                | ${'would_not_reduce'}        | ${'side'}
  ${'more than the margin carries'}        | ${nothing}       | ${'buy'}  | ${'9'}       | ${{}}                                  | ${'insufficient_margin'}     | ${'qty'}
  ${'an outcome that risks too much'}      | ${nothing}       | ${'buy'}  | ${'5000'}    | ${outcome}                             | ${'risk_per_trade_exceeded'} | ${'qty'}
  ${'more than the book holds'}            | ${nothing}       | ${'buy'}  | ${'2000000'} | ${{}}                                  | ${'insufficient_liquidity'}  | ${'qty'}
  ${'a book that failed its check'}        | ${gapped}        | ${'buy'}  | ${'1'}       | ${{}}                                  | ${'price_unavailable'}       | ${'instrument'}
  ${'a book of eleven seconds ago'}        | ${elevenSeconds} | ${'buy'}  | ${'1'}       | ${{}}                                  | ${'price_unavailable'}       | ${'instrument'}
  ${'a closed market'}                     | ${closed}        | ${'buy'}  | ${'1'}       | ${{}}                                  | ${'market_closed'}           | ${'instrument'}
`('$story is refused $refusal', async ({ given, side, amount, more, refusal, field }) => {
  const trading = await opened();
  const before = await trading.snapshot();
  given(trading);
  expect(await trading.order(side, amount, more)).toMatchObject({ ok: false, refusal, fault: { field } });
  expect([await trading.snapshot(), trading.events().length]).toEqual([before, 1]);
});

test('the catalogue is asked again after its time, and for what it does not know', async () => {
  let now = NOW;
  let asked = 0;
  const list = async () => {
    asked += 1;
    return [bitcoin];
  };
  const source = { list, find: async () => new Map() };
  const cached = cachedInstruments(source, { now: () => now }, 1_000);
  await cached.find([bitcoin.id]);
  await cached.list();
  expect(asked).toBe(1);
  await cached.find([idOf('NEW-USD')]);
  expect(asked).toBe(2);
  now = (now + 1_000) as typeof now;
  expect([...(await cached.find([bitcoin.id])).keys()]).toEqual([bitcoin.id]);
  expect(asked).toBe(3);
});
