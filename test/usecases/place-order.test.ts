import { type AccountId, idOf, type OrderId, type UserId } from '../../domain/kernel/ids';
import { formatUsd } from '../../domain/kernel/money';
import { uuidIds } from '../../runtime/edge';
import { cachedInstruments } from '../../usecases/cached-instruments';
import { bitcoin, NOW } from '../adapters/cockroach/story';
import { openDesk, rain } from './desk';

/** Goal: an order is filled once and exactly, or refused by a name that says which field broke which rule. */
describe('an order', () => {
  test('takes the ask, pays the fee, and announces placed before filled', async () => {
    const desk = await openDesk();
    desk.quote(bitcoin.id, '59999', '60000');
    const placed = await desk.order('buy', '0.5');
    expect(placed.ok && formatUsd(placed.value.fill.cashUsd)).toBe('-30000.00');
    expect(placed.ok && formatUsd(placed.value.fill.feeUsd)).toBe('78.00');
    expect(formatUsd((await desk.snapshot()).account.cashUsd)).toBe('69922.00');
    expect(desk.events().map(({ type, accountVersion }) => `${accountVersion} ${type}`)).toEqual([
      '1 assessment.created',
      '2 trading.order-placed',
      '3 trading.order-filled',
    ]);
  });

  test('with the same id and content is answered again, not filled again', async () => {
    const desk = await openDesk();
    desk.quote(bitcoin.id, '59999', '60000');
    const orderId = uuidIds.next<OrderId>();
    const first = await desk.order('buy', '0.5', { orderId });
    desk.quote(bitcoin.id, '69999', '70000');
    const second = await desk.order('buy', '0.5', { orderId });
    if (!first.ok || !second.ok) throw new Error('both are answered');
    expect([first.value.isReplay, second.value.isReplay]).toEqual([false, true]);
    expect(second.value.fill).toEqual(first.value.fill);
    expect((await desk.snapshot()).version).toBe(3);
  });

  test('20 copies at once are one order with 20 equal answers', async () => {
    const desk = await openDesk();
    desk.quote(bitcoin.id, '59999', '60000');
    const orderId = uuidIds.next<OrderId>();
    const answers = await Promise.all(Array.from({ length: 20 }, () => desk.order('buy', '0.1', { orderId })));
    const fillIds = new Set(answers.map((answer) => answer.ok && answer.value.fill.fillId));
    expect([fillIds.size, answers.filter((answer) => answer.ok && !answer.value.isReplay).length]).toEqual([1, 1]);
  });

  test('opens the trading day it falls into, anchored at the balance', async () => {
    const desk = await openDesk();
    desk.later(24 * 3_600_000);
    desk.quote(bitcoin.id, '59999', '60000');
    await desk.order('buy', '0.1');
    expect(desk.events().map(({ type }) => type)).toEqual([
      'assessment.created',
      'assessment.day-opened',
      'trading.order-placed',
      'trading.order-filled',
    ]);
    const { account } = await desk.snapshot();
    expect([account.day, formatUsd(account.dayAnchorUsd)]).toEqual(['2026-03-15', '100000.00']);
  });

  test('that another command overtakes too often is told to come again', async () => {
    const desk = await openDesk();
    desk.quote(bitcoin.id, '59999', '60000');
    jest.spyOn(desk.accounts, 'save').mockResolvedValue('stale');
    expect(await desk.order('buy', '0.1')).toEqual({ ok: false, refusal: 'account_busy' });
  });
});

type Desk = Awaited<ReturnType<typeof openDesk>>;

const nothing = () => undefined;
const gapped = (desk: Desk) => desk.quote(bitcoin.id, '1', '2', 'gapped');
const elevenSeconds = (desk: Desk) => desk.later(11_000);
const closed = (desk: Desk) => desk.catalogue.set(bitcoin.id, { ...bitcoin, status: 'closed' });
const outcome = { instrument: rain.id };

/** Each refusal leaves the account and the outbox as they were. */
test.each`
  story                                    | given            | side      | amount       | more                                   | refusal                      | field
  ${'another trader’s account'}            | ${nothing}       | ${'buy'}  | ${'1'}       | ${{ userId: idOf<UserId>('x') }}       | ${'account_unknown'}         | ${'accountId'}
  ${'no such account'}                     | ${nothing}       | ${'buy'}  | ${'1'}       | ${{ accountId: idOf<AccountId>('x') }} | ${'account_unknown'}         | ${'accountId'}
  ${'no such instrument'}                  | ${nothing}       | ${'buy'}  | ${'1'}       | ${{ instrument: idOf('DOGE-USD') }}    | ${'instrument_unknown'}      | ${'instrument'}
  ${'below the minimum'}                   | ${nothing}       | ${'buy'}  | ${'0.00001'} | ${{}}                                  | ${'qty_below_minimum'}       | ${'qty'}
  ${'off the step'}                        | ${nothing}       | ${'buy'}  | ${'1.005'}   | ${outcome}                             | ${'qty_off_step'}            | ${'qty'}
  ${'selling an outcome that is not held'} | ${nothing}       | ${'sell'} | ${'10'}      | ${outcome}                             | ${'short_not_allowed'}       | ${'qty'}
  ${'more than the margin carries'}        | ${nothing}       | ${'buy'}  | ${'9'}       | ${{}}                                  | ${'insufficient_margin'}     | ${'qty'}
  ${'an outcome that risks too much'}      | ${nothing}       | ${'buy'}  | ${'5000'}    | ${outcome}                             | ${'risk_per_trade_exceeded'} | ${'qty'}
  ${'more than the book holds'}            | ${nothing}       | ${'buy'}  | ${'2000000'} | ${{}}                                  | ${'insufficient_liquidity'}  | ${'qty'}
  ${'a book that failed its check'}        | ${gapped}        | ${'buy'}  | ${'1'}       | ${{}}                                  | ${'price_unavailable'}       | ${'instrument'}
  ${'a book of eleven seconds ago'}        | ${elevenSeconds} | ${'buy'}  | ${'1'}       | ${{}}                                  | ${'price_unavailable'}       | ${'instrument'}
  ${'a closed market'}                     | ${closed}        | ${'buy'}  | ${'1'}       | ${{}}                                  | ${'market_closed'}           | ${'instrument'}
`('$story is refused $refusal', async ({ given, side, amount, more, refusal, field }) => {
  const desk = await openDesk();
  desk.quote(bitcoin.id, '59999', '60000');
  desk.quote(rain.id, '0.61', '0.62');
  const before = await desk.snapshot();
  given(desk);
  expect(await desk.order(side, amount, more)).toMatchObject({ ok: false, refusal, fault: { field } });
  expect([await desk.snapshot(), desk.events().length]).toEqual([before, 1]);
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
