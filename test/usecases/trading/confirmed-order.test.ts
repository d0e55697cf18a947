import type { InstrumentId, OrderId } from '../../../domain/kernel/ids';
import { plusMs } from '../../../domain/kernel/instant';
import { formatPrice } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import { uuidIds } from '../../../runtime/edge';
import { amendOrder } from '../../../usecases/trading/amend-order';
import { closePosition, closePositions } from '../../../usecases/trading/close-positions';
import { CONFIRMED_WITHIN_MS } from '../../../usecases/trading/confirmed-decision';
import { placeOrder } from '../../../usecases/trading/place-order';
import { ToldBooks } from '../../fakes/told-books';
import { limitAt, market, openTrading, priceOf, rain } from '../../fixtures/open-trading';
import { bitcoin, NOW, rules } from '../../fixtures/stored-account';

const FIRST = { instrument: bitcoin.id, ms: -50, lateMs: 0, ask: '60000' };
type Told = { readonly instrument?: InstrumentId; readonly ms: number; readonly lateMs?: number; readonly ask: string };

/** A desk at NOW whose book is of a moment before, and what will be told of the venue after it. */
async function opened(told: readonly Told[], latencyMs = 0) {
  const trading = await openTrading({ execution: { ...rules.execution, latencyMs } });
  const deep = trading.quote(bitcoin.id, '59999', '60000');
  const books = [FIRST, ...told].map(({ instrument = bitcoin.id, ms, lateMs = 0, ask }, at): Book => {
    const made = { sequence: at + 1, venueAt: plusMs(NOW, ms - lateMs), receivedAt: plusMs(NOW, ms) };
    const bid = (deep.bids[0]?.price ?? 0n) - 60_000n * 10n ** 8n + priceOf(ask);
    const side = (price: bigint) => [{ price: price as never, qty: deep.asks[0]?.qty as never }];
    return { ...deep, ...made, instrument, bids: side(bid), asks: side(priceOf(ask)) };
  });
  const source = new ToldBooks(books, NOW);
  const parts = { ...trading.parts, books: source, clock: { now: source.now } };
  const { command } = trading;
  return {
    trading,
    source,
    place: (more: object = {}, ticket = market('buy', '0.1')) =>
      placeOrder(parts)({ ...command, ticket: { ...ticket, ...more } }),
    amend: (orderId: OrderId, limitPrice: string) =>
      amendOrder(parts)({ ...command, orderId, change: { limitPrice: priceOf(limitPrice) } }),
    close: () => closePosition(parts)({ ...command, instrument: bitcoin.id, orderId: uuidIds.next<OrderId>() }),
    closeAll: () => closePositions(parts)(command),
    waited: () => source.now() - NOW,
  };
}

/** Goal: what takes of a book takes of one that the venue is known to have had after the order, and at no other price. */
test.each`
  story                                     | told                                                                  | latencyMs | outcome                | waitedMs
  ${'the next state of the book'}           | ${[{ ms: 20, ask: '60100' }]}                                         | ${0}      | ${'60100.00'}          | ${20}
  ${'the same, known to hold'}              | ${[{ ms: 700, ask: '60000' }]}                                        | ${0}      | ${'60000.00'}          | ${700}
  ${'one that was made before it came'}     | ${[{ ms: 20, lateMs: 500, ask: '59000' }, { ms: 540, ask: '60100' }]} | ${0}      | ${'60100.00'}          | ${540}
  ${'one that was made at its very moment'} | ${[{ ms: 20, lateMs: 20, ask: '59000' }, { ms: 30, ask: '60100' }]}   | ${0}      | ${'60100.00'}          | ${30}
  ${'after the latency of the tier'}        | ${[{ ms: 90, ask: '59000' }, { ms: 200, ask: '60100' }]}              | ${100}    | ${'60100.00'}          | ${200}
  ${'none at all'}                          | ${[]}                                                                 | ${0}      | ${'price_unconfirmed'} | ${CONFIRMED_WITHIN_MS}
  ${'none within the time'}                 | ${[{ ms: 3_001, ask: '60100' }]}                                      | ${0}      | ${'price_unconfirmed'} | ${CONFIRMED_WITHIN_MS}
  ${'none, with a latency'}                 | ${[{ ms: 100, ask: '60100' }]}                                        | ${250}    | ${'price_unconfirmed'} | ${CONFIRMED_WITHIN_MS + 250}
  ${'of another market only'}               | ${[{ instrument: rain.id, ms: 20, ask: '60100' }]}                    | ${0}      | ${'price_unconfirmed'} | ${CONFIRMED_WITHIN_MS}
`('an order meets $story: $outcome', async ({ told, latencyMs, outcome, waitedMs }) => {
  const { place, waited, trading } = await opened(told, latencyMs);
  const answer = await place();
  const price = answer.ok ? answer.value.placed.fills[0]?.price : undefined;
  expect(price === undefined ? !answer.ok && answer.refusal : formatPrice(price)).toBe(outcome.replace('.00', ''));
  expect(waited()).toBe(waitedMs);
  const { orders, positions } = (await trading.snapshot()).account;
  expect([orders.length, positions.length]).toEqual([0, answer.ok ? 1 : 0]);
});

/** Goal: nobody waits for what takes nothing, or for a no. */
test.each`
  story                              | more
  ${'a limit that only rests'}       | ${{ terms: limitAt('59000') }}
  ${'a stop that is not reached'}    | ${{ terms: { type: 'stop', stopPrice: priceOf('61000') } }}
  ${'a quantity that is off'}        | ${{ qty: 1n }}
  ${'more than the account carries'} | ${{ qty: 10n ** 12n }}
`('$story is answered at once', async ({ more }) => {
  const { place, source, waited } = await opened([]);
  await place(more);
  expect([source.waits, waited()]).toEqual([0, 0]);
});

test('an order that is sent again is answered again, also while the venue is silent', async () => {
  const { place, waited } = await opened([{ ms: 20, ask: '60100' }]);
  const ticket = market('buy', '0.1');
  const first = await place({}, ticket);
  const again = await place({}, ticket);
  expect(first.ok && again.ok && [again.value.isReplay, again.value.placed.fills]).toEqual([
    true,
    first.ok && first.value.placed.fills,
  ]);
  expect(waited()).toBeLessThanOrEqual(20 + CONFIRMED_WITHIN_MS);
});

test('what no longer crosses once the venue has spoken rests, on the book that it waited for', async () => {
  const { place, trading } = await opened([{ ms: 20, ask: '60100' }]);
  expect(await place({ terms: limitAt('60050') })).toMatchObject({ ok: true, value: { placed: { status: 'open' } } });
  expect((await trading.snapshot()).account.orders).toMatchObject([{ bookSequence: 2, worksFrom: NOW + 20 }]);
});

test('an amendment that crosses waits as an order does, and one that rests does not', async () => {
  const { place, amend, waited } = await opened([{ ms: 20, ask: '60100' }]);
  const ticket = { ...market('buy', '0.1'), terms: limitAt('59000') };
  await place({}, ticket);
  expect(await amend(ticket.orderId, '59500')).toMatchObject({ ok: true, value: { status: 'open' } });
  expect(waited()).toBe(0);
  expect(await amend(ticket.orderId, '60200')).toMatchObject({ ok: true, value: { status: 'filled' } });
  expect(waited()).toBe(20);
  const silent = await opened([]);
  await silent.place({}, ticket);
  expect(await silent.amend(ticket.orderId, '60200')).toMatchObject({ ok: false, refusal: 'price_unconfirmed' });
});

test('closing waits as well: while the venue is silent it is refused by name, and works when it speaks again', async () => {
  const { place, close, trading, source } = await opened([
    { ms: 20, ask: '60100' },
    { ms: 4_000, ask: '59000' },
  ]);
  await place();
  expect(await close()).toMatchObject({ ok: false, refusal: 'price_unconfirmed' });
  expect((await trading.snapshot()).account.positions).toHaveLength(1);
  source.passTo(plusMs(NOW, 3_500));
  const closed = await close();
  expect(closed.ok && formatPrice(closed.value.placed.fills[0]?.price ?? priceOf('0'))).toBe('58999');
});

test('closing everything cancels all orders, closes what the venue confirms and names what is left', async () => {
  const { place, closeAll, trading } = await opened([
    { ms: 20, ask: '60100' },
    { ms: 40, ask: '60100' },
  ]);
  await place();
  await place({ terms: limitAt('59000') });
  const closed = await closeAll();
  expect(closed).toMatchObject({ ok: true, value: { unpriced: [] } });
  const silent = await opened([{ ms: 20, ask: '60100' }]);
  await silent.place();
  await silent.place({ terms: limitAt('59000') });
  expect(await silent.closeAll()).toMatchObject({ ok: true, value: { unpriced: [bitcoin.id] } });
  expect(
    [await trading.snapshot(), await silent.trading.snapshot()].map(({ account }) => [
      account.orders.length,
      account.positions.length,
    ]),
  ).toEqual([
    [0, 0],
    [0, 1],
  ]);
});
