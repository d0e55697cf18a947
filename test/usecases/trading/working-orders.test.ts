import { idOf, type OrderId, type UserId } from '../../../domain/kernel/ids';
import { qty } from '../../../domain/kernel/money';
import { uuidIds } from '../../../runtime/edge';
import { amendOrder } from '../../../usecases/trading/amend-order';
import { cancelOrder, cancelOrders } from '../../../usecases/trading/cancel-orders';
import { closePosition, closePositions } from '../../../usecases/trading/close-positions';
import { previewAmend, previewOrder } from '../../../usecases/trading/preview-order';
import { readOrder } from '../../../usecases/trading/read-order';
import { limitAt, market, openTrading, priceOf, qtyOf, rain, type Trading } from '../../fixtures/open-trading';
import { bitcoin } from '../../fixtures/stored-account';

/** What a trader can do with an order that works at 59,000, or with what is held. */
async function opened() {
  const trading = await openTrading({ riskPerTrade: null });
  trading.quote(bitcoin.id, '59999', '60000');
  trading.quote(rain.id, '0.61', '0.62');
  const { command, parts } = trading;
  const orderId = uuidIds.next<OrderId>();
  return {
    trading,
    orderId,
    rest: () => trading.order('buy', '0.5', { orderId, terms: limitAt('59000') }),
    /** Fills 0.2 of the resting order: that much is offered through its price. */
    meet: async () => {
      trading.later(1);
      trading.quote(bitcoin.id, '57999', '58000', 'good', qty(20_000_000n));
      await trading.judge();
    },
    amend: (change: object, id = orderId) => amendOrder(parts)({ ...command, orderId: id, change }),
    cancel: (id = orderId) => cancelOrder(parts)({ ...command, orderId: id }),
    cancelAll: () => cancelOrders(parts)(command),
    close: (id = orderId, instrument = bitcoin.id) => closePosition(parts)({ ...command, instrument, orderId: id }),
    closeAll: () => closePositions(parts)(command),
    preview: (amount: string, more = {}) =>
      previewOrder(parts)({ ...command, ticket: { ...market('buy', amount), ...more } }),
    previewChange: (change: object, id = orderId, userId = command.userId) =>
      previewAmend(parts)({ ...command, userId, orderId: id, change }),
    read: (id = orderId, userId = command.userId) => readOrder(parts)(command.accountId, id, userId),
  };
}

const told = (trading: Trading) =>
  trading
    .events()
    .slice(1)
    .map(({ type }) => type.replace('trading.', ''));

const stranger = idOf<OrderId>('01890000-0000-7000-8000-00000000000f');

describe('amending', () => {
  test('moves the price, and what is met at once is filled', async () => {
    const { trading, rest, amend } = await opened();
    await rest();
    expect(await amend({ limitPrice: priceOf('60000') })).toMatchObject({
      ok: true,
      value: { status: 'filled', filledQty: 50_000_000n, fills: [{ part: 1, liquidity: 'taker' }] },
    });
    expect(told(trading)).toEqual(['order-placed', 'order-amended', 'order-filled']);
  });

  test('keeps the fills of before', async () => {
    const { rest, meet, amend } = await opened();
    await rest();
    await meet();
    const amended = await amend({ limitPrice: priceOf('57000') });
    expect(amended).toMatchObject({ ok: true, value: { status: 'open', filledQty: 20_000_000n } });
    expect(amended.ok && amended.value.fills.map(({ part }) => part)).toEqual([1]);
  });

  test('to what it is already changes nothing, however often it is sent', async () => {
    const { trading, rest, amend } = await opened();
    await rest();
    const change = { qty: qtyOf('0.4'), limitPrice: priceOf('58000'), timeInForce: { kind: 'gtc' } };
    const first = await amend(change);
    const { version } = await trading.snapshot();
    expect(await amend(change)).toEqual(first);
    expect((await trading.snapshot()).version).toBe(version);
  });

  test.each`
    story                         | change                                 | refusal                  | field
    ${'less than it has filled'}  | ${{ qty: qtyOf('0.1') }}               | ${'amendment_unfit'}     | ${'qty'}
    ${'a price it does not have'} | ${{ stopPrice: priceOf('58000') }}     | ${'amendment_unfit'}     | ${'stopPrice'}
    ${'off the tick'}             | ${{ limitPrice: priceOf('58000.05') }} | ${'price_off_tick'}      | ${'limitPrice'}
    ${'more than the margin'}     | ${{ qty: qtyOf('50') }}                | ${'insufficient_margin'} | ${'qty'}
  `('to $story is refused, and it works on as it was', async ({ change, refusal, field }) => {
    const { trading, rest, meet, amend } = await opened();
    await rest();
    await meet();
    const before = await trading.snapshot();
    expect(await amend(change)).toMatchObject({ ok: false, refusal, fault: { field } });
    expect(await trading.snapshot()).toEqual(before);
  });

  test('what has ended, or never was, is refused', async () => {
    const { rest, cancel, amend } = await opened();
    expect(await amend({}, stranger)).toMatchObject({ ok: false, refusal: 'order_unknown' });
    await rest();
    await cancel();
    expect(await amend({ qty: qtyOf('1') })).toMatchObject({ ok: false, refusal: 'order_not_working' });
  });
});

describe('cancelling', () => {
  test('ends an order with the fills that it has; again, it answers how it ended', async () => {
    const { trading, rest, meet, cancel } = await opened();
    await rest();
    await meet();
    const first = await cancel();
    const ended = { status: 'cancelled', cancelReason: 'requested', filledQty: 20_000_000n, fills: [{ part: 1 }] };
    expect(first).toMatchObject({ ok: true, value: ended });
    const { version } = await trading.snapshot();
    expect(await cancel()).toEqual(first);
    expect((await trading.snapshot()).version).toBe(version);
  });

  test('what has filled answers with its fills', async () => {
    const { trading, cancel } = await opened();
    const placed = await trading.order('buy', '0.1');
    if (!placed.ok) throw new Error(placed.refusal);
    expect(await cancel(placed.value.placed.orderId)).toEqual({ ok: true, value: placed.value.placed });
  });

  test('an order that never was is not known', async () => {
    const { cancel } = await opened();
    expect(await cancel(stranger)).toMatchObject({ ok: false, refusal: 'order_unknown', fault: { field: 'orderId' } });
  });

  test('all of them ends each once, and what was filled of it is told', async () => {
    const { trading, rest, meet, cancelAll } = await opened();
    await rest();
    await trading.order('buy', '0.1', { terms: limitAt('50000') });
    await meet();
    const all = await cancelAll();
    const ended = all.ok ? all.value.map(({ status, filledQty, fills }) => [status, filledQty, fills.length]) : [];
    expect(ended).toEqual([
      ['cancelled', 20_000_000n, 1],
      ['cancelled', 0n, 0],
    ]);
    const { version } = await trading.snapshot();
    expect(await cancelAll()).toEqual({ ok: true, value: [] });
    expect((await trading.snapshot()).version).toBe(version);
  });
});

describe('closing', () => {
  test('a position is one market order under the sender’s id, once', async () => {
    const { trading, orderId, close } = await opened();
    await trading.order('buy', '0.5');
    const first = await close();
    expect(first).toMatchObject({ ok: true, value: { isReplay: false, placed: { orderId, status: 'filled' } } });
    await trading.order('buy', '0.5');
    const again = await close();
    expect(again).toMatchObject({ ok: true, value: { isReplay: true } });
    expect(again.ok && first.ok && again.value.placed).toEqual(first.ok && first.value.placed);
    expect((await trading.snapshot()).account.positions).toMatchObject([{ qty: 50_000_000n }]);
  });

  test.each`
    story                         | id           | instrument          | refusal
    ${'what is not held'}         | ${stranger}  | ${rain.id}          | ${'would_not_reduce'}
    ${'what cannot be traded'}    | ${stranger}  | ${idOf('DOGE-USD')} | ${'instrument_unknown'}
    ${'under the id of an order'} | ${undefined} | ${bitcoin.id}       | ${'order_id_reused'}
  `('$story is refused', async ({ id, instrument, refusal }) => {
    const { trading, rest, close } = await opened();
    await rest();
    const before = await trading.snapshot();
    expect(await close(id, instrument)).toMatchObject({ ok: false, refusal });
    expect(await trading.snapshot()).toEqual(before);
  });

  test('everything cancels the orders and closes what has a price; what has none is named', async () => {
    const { trading, rest, closeAll } = await opened();
    await trading.order('buy', '0.5');
    await trading.order('buy', '100', { instrument: rain.id });
    await rest();
    trading.quote(rain.id, '0.61', '0.62', 'gapped');
    const closed = await closeAll();
    if (!closed.ok) throw new Error(closed.refusal);
    expect(closed.value.orders.map(({ status }) => status)).toEqual(['cancelled', 'filled']);
    expect(closed.value.unpriced).toEqual([rain.id]);
    expect((await trading.snapshot()).account).toMatchObject({ orders: [], positions: [{ instrument: rain.id }] });
    trading.quote(rain.id, '0.61', '0.62');
    expect(await closeAll()).toMatchObject({ ok: true, value: { orders: [{ status: 'filled' }], unpriced: [] } });
    const { version } = await trading.snapshot();
    expect(await closeAll()).toEqual({ ok: true, value: { orders: [], unpriced: [] } });
    expect((await trading.snapshot()).version).toBe(version);
  });

  test('an assessment that has ended closes nothing more', async () => {
    const { trading, closeAll } = await opened();
    await trading.order('buy', '1');
    trading.quote(bitcoin.id, '40000', '40001');
    await trading.judge();
    expect(await closeAll()).toMatchObject({ ok: false, refusal: 'assessment_closed' });
  });
});

describe('reading', () => {
  test('a preview says what an order would do, and does nothing', async () => {
    const { trading, preview } = await opened();
    const before = [await trading.snapshot(), trading.events().length];
    const shown = await preview('0.5');
    if (!shown.ok) throw new Error(shown.refusal);
    const { fill, restingQty, breach, rooms } = shown.value;
    expect([fill?.price, fill?.feeUsd, restingQty, breach]).toEqual([priceOf('60000'), 78_000_000n, 0n, null]);
    expect(rooms.map(({ rule }) => rule)).toContain('daily_loss');
    expect([await trading.snapshot(), trading.events().length]).toEqual(before);
    const placed = await trading.order('buy', '0.5');
    expect(placed.ok && placed.value.placed.fills[0]).toMatchObject({ price: fill?.price, feeUsd: fill?.feeUsd });
  });

  test.each`
    story                 | amount | more                            | refusal
    ${'too much'}         | ${'9'} | ${{}}                           | ${'insufficient_margin'}
    ${'of nothing known'} | ${'1'} | ${{ instrument: idOf('DOGE') }} | ${'instrument_unknown'}
  `('a preview $story is refused as the order would be', async ({ amount, more, refusal }) => {
    const { preview } = await opened();
    expect(await preview(amount, more)).toMatchObject({ ok: false, refusal });
  });

  test('a preview of a change says what the change then does, and does nothing', async () => {
    const { trading, rest, meet, amend, previewChange } = await opened();
    await rest();
    await meet();
    trading.later(1);
    trading.quote(bitcoin.id, '59999', '60000');
    const before = [await trading.snapshot(), trading.events().length];
    const shown = await previewChange({ limitPrice: priceOf('60000') });
    expect(shown).toMatchObject({
      ok: true,
      value: { fill: { price: priceOf('60000') }, restingQty: 0n, breach: null },
    });
    expect([await trading.snapshot(), trading.events().length]).toEqual(before);
    const amended = await amend({ limitPrice: priceOf('60000') });
    const part = amended.ok ? amended.value.fills.at(-1) : undefined;
    expect(shown.ok && shown.value.fill).toMatchObject({ qty: part?.qty, price: part?.price, feeUsd: part?.feeUsd });
  });

  test('a change to what it is already leaves the order where it stands', async () => {
    const { rest, meet, previewChange } = await opened();
    await rest();
    await meet();
    const shown = await previewChange({ limitPrice: priceOf('59000'), qty: qtyOf('0.5') });
    expect(shown).toMatchObject({ ok: true, value: { fill: null, restingQty: qtyOf('0.3') } });
  });

  test.each`
    story                          | change                                 | refusal
    ${'beyond the margin'}         | ${{ qty: qtyOf('50') }}                | ${'insufficient_margin'}
    ${'off the tick'}              | ${{ limitPrice: priceOf('58000.05') }} | ${'price_off_tick'}
    ${'to a stop that it has not'} | ${{ stopPrice: priceOf('58000') }}     | ${'amendment_unfit'}
  `('a preview of a change $story is refused as the change is', async ({ change, refusal }) => {
    const { rest, amend, previewChange } = await opened();
    await rest();
    const refused = await previewChange(change);
    expect(refused).toMatchObject({ ok: false, refusal });
    expect(await amend(change)).toMatchObject(refused);
  });

  test('a change of what has ended, never was, or is another’s has no preview', async () => {
    const { rest, cancel, orderId, previewChange } = await opened();
    expect(await previewChange({}, stranger)).toMatchObject({ refusal: 'order_unknown' });
    await rest();
    expect(await previewChange({}, orderId, idOf<UserId>('x'))).toMatchObject({ refusal: 'account_unknown' });
    await cancel();
    expect(await previewChange({ qty: qtyOf('1') })).toMatchObject({ refusal: 'order_not_working' });
  });

  test('a preview of another trader’s account is refused: there is no such account', async () => {
    const { trading } = await opened();
    const stranger = { ...trading.command, userId: idOf<UserId>('x'), ticket: market('buy', '1') };
    expect(await previewOrder(trading.parts)(stranger)).toMatchObject({ ok: false, refusal: 'account_unknown' });
  });

  test('an order is read as it is now, by its trader alone', async () => {
    const { rest, meet, read } = await opened();
    expect(await read()).toMatchObject({ ok: false, refusal: 'order_unknown' });
    await rest();
    await meet();
    expect(await read()).toMatchObject({ ok: true, value: { status: 'open', filledQty: 20_000_000n, fills: [{}] } });
    expect(await read(undefined, idOf('x'))).toMatchObject({ ok: false, refusal: 'account_unknown' });
  });
});
