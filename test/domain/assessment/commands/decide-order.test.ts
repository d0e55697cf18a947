import { balanceOf } from '../../../../domain/account/account';
import { decideOrder } from '../../../../domain/assessment/commands/decide-order';
import { after } from '../../../../domain/assessment/context/after';
import { STALE_AFTER_MS } from '../../../../domain/assessment/context/decision-context';
import { idOf } from '../../../../domain/kernel/ids';
import { plusMs } from '../../../../domain/kernel/instant';
import { formatUsd, qty } from '../../../../domain/kernel/money';
import { at, BTC, bitcoin, bookOf, held, moment, NO, NOW, rainYes, resting, YES } from '../../../fixtures/domain-story';
import { ticketOf } from '../../../fixtures/ticket-words';
import { free, play, type Setting, sceneOf, toldLast } from '../../../fixtures/trading-story';

/** The refusal of one order, with the field and the rule that the trader is told. */
function answer(order: string, setting: Setting = {}, before?: string): string {
  const scene = before ? play(before, setting) : sceneOf(setting);
  const [side = '', ...words] = order.split(' ');
  const ticket = ticketOf(idOf('o-1'), BTC, side === 'buy' ? 'buy' : 'sell', words);
  const decided = decideOrder(scene.context, ticket);
  return decided.ok ? 'ok' : `${decided.refusal} ${decided.fault?.field}: ${decided.fault?.rule}`;
}

const LONG = { cash: '99900', positions: [held(BTC, '1', '100')] };
/** What a partial fill left, less than may be ordered. */
const CRUMB = { cash: '99999.95', positions: [held(BTC, '0.0005', '0.05')] };

/** Goal: what the trader is told, field and rule included. */
test.each<[story: string, order: string, setting: Setting, told: string]>([
  ['a purchase', 'buy 1', {}, 'ok'],
  ['a short sale', 'sell 1', {}, 'ok'],
  ['a failed assessment', 'buy 1', { status: 'failed' }, 'assessment_closed accountId: the assessment has failed'],
  ['a passed assessment', 'buy 1', { status: 'passed' }, 'assessment_closed accountId: the assessment has passed'],
  ['half a step', 'buy 1.00005', {}, 'qty_off_step qty: must be a multiple of 0.0001'],
  ['less than the minimum', 'buy 0.0009', {}, 'qty_below_minimum qty: must be at least 0.001'],
  ['the minimum', 'buy 0.001', {}, 'ok'],
  ['nothing', 'buy 0', {}, 'qty_below_minimum qty: must be at least 0.001'],
  ['less than nothing', 'buy -1', {}, 'qty_below_minimum qty: must be at least 0.001'],
  ['nothing of nothing', 'sell 0 reduce', {}, 'qty_below_minimum qty: must be at least 0.001'],
  ['all of a crumb', 'sell 0.0005 reduce', CRUMB, 'ok'],
  ['a part of a crumb', 'sell 0.0004 reduce', CRUMB, 'ok'],
  ['more than a crumb', 'sell 0.0009 reduce', CRUMB, 'ok'],
  ['a crumb at the market', 'sell 0.0005', CRUMB, 'ok'],
  ['and a step more', 'sell 0.0006', CRUMB, 'qty_below_minimum qty: must be at least 0.001'],
  ['a crumb that may turn around', 'sell 0.0005 limit 105', CRUMB, 'qty_below_minimum qty: must be at least 0.001'],
  ['a limit off the tick', 'buy 1 limit 99.05', {}, 'price_off_tick limitPrice: must be a multiple of 0.1'],
  ['a limit of nothing', 'buy 1 limit 0', {}, 'price_out_of_range limitPrice: must be greater than zero'],
  ['a stop off the tick', 'sell 1 stop 99.05', {}, 'price_off_tick stopPrice: must be a multiple of 0.1'],
  ['a trail off the tick', 'sell 1 trail 0.05', {}, 'price_off_tick trail: must be a multiple of 0.1'],
  ['a trail of nothing', 'sell 1 trail 0', {}, 'price_out_of_range trail: must be greater than zero'],
  [
    'a trail of the whole price',
    'sell 1 trail 100%',
    {},
    'price_out_of_range trail: must be more than nothing and less than the whole price',
  ],
  ['a trail of nearly all of it', 'sell 1 trail 99%', {}, 'ok'],
  ['a take-profit off the tick', 'buy 1 tp 110.05', {}, 'price_off_tick takeProfit: must be a multiple of 0.1'],
  ['a stop-loss off the tick', 'buy 1 sl 90.05', {}, 'price_off_tick stopLoss: must be a multiple of 0.1'],
  ['an expiry that has come', 'buy 1 limit 99 gtd+0', {}, 'order_expired timeInForce: must expire in the future'],
  ['an expiry a second away', 'buy 1 limit 99 gtd+1', {}, 'ok'],
  ['a take-profit at the touch', 'buy 1 tp 101', {}, 'exits_invalid takeProfit: must lie above the price of the entry'],
  ['a take-profit above it', 'buy 1 tp 101.1', {}, 'ok'],
  ['a stop-loss at the touch', 'buy 1 sl 101', {}, 'exits_invalid stopLoss: must lie below the price of the entry'],
  ['a stop-loss below it', 'buy 1 sl 100.9', {}, 'ok'],
  ['of a sale, above', 'sell 1 tp 100.1', {}, 'exits_invalid takeProfit: must lie below the price of the entry'],
  ['of a sale, below', 'sell 1 sl 99.9', {}, 'exits_invalid stopLoss: must lie above the price of the entry'],
  ['of a sale, as it should', 'sell 1 tp 90 sl 110', {}, 'ok'],
  ['of a sale, a take-profit alone', 'sell 1 tp 90', {}, 'ok'],
  ['against its limit', 'buy 1 limit 90 sl 91', {}, 'exits_invalid stopLoss: must lie below the price of the entry'],
  ['against its stop', 'buy 1 stop 110 tp 105', {}, 'exits_invalid takeProfit: must lie above the price of the entry'],
  [
    'against the limit of a stop',
    'buy 1 stop 110 limit 112 tp 111',
    {},
    'exits_invalid takeProfit: must lie above the price of the entry',
  ],
  [
    'exits of an exit',
    'sell 1 reduce sl 110',
    LONG,
    'exits_invalid reduceOnly: an order that only reduces has no exits',
  ],
  [
    'nothing to reduce',
    'sell 1 reduce',
    {},
    'would_not_reduce side: there is no position that this order would make smaller',
  ],
  [
    'reducing on the wrong side',
    'buy 1 reduce',
    LONG,
    'would_not_reduce side: there is no position that this order would make smaller',
  ],
  [
    'more than the book holds',
    'buy 101',
    {},
    'insufficient_liquidity qty: the book must hold it within 5 % of its best price',
  ],
  [
    'all or nothing beyond the limit',
    'buy 101 limit 101 fok',
    {},
    'insufficient_liquidity qty: the book must hold all of it at the limit or better',
  ],
])('%s', (_, order, setting, told) => {
  expect(answer(order, setting)).toBe(told);
});

const STALE_S = STALE_AFTER_MS / 1_000;
const NO_BOOK = `price_unavailable instrument: no book that passed its checks within ${STALE_S} s`;

/** Goal: only an open market with a good, fresh book is traded on, whatever the order. */
test.each`
  story                      | before                           | told
  ${'a halted market'}       | ${'status halted'}               | ${'market_closed instrument: the market is halted'}
  ${'a closed market'}       | ${'status closed'}               | ${'market_closed instrument: the market is closed'}
  ${'a pending resolution'}  | ${'status pending'}              | ${'market_closed instrument: the market is pending'}
  ${'a disputed resolution'} | ${'status disputed'}             | ${'market_closed instrument: the market is disputed'}
  ${'a gap in the feed'}     | ${'gap'}                         | ${NO_BOOK}
  ${'a book of 10 s'}        | ${'wait 9'}                      | ${'ok'}
  ${'a stale book'}          | ${'wait 9.001'}                  | ${NO_BOOK}
  ${'fresh again'}           | ${'wait 99; book 9@100 / 9@101'} | ${'ok'}
`('$story', ({ before, told }) => {
  const orders = ['buy 1', 'sell 1 limit 150', 'buy 1 stop 150', 'buy 1 stop 150 limit 160', 'sell 1 trail 5'];
  expect(orders.map((order) => answer(order, {}, before))).toEqual(orders.map(() => told));
});

test('an instrument without any book has no price', () => {
  expect(toldLast('ETH buy 1')).toBe('price_unavailable');
});

/** Goal: when several things are wrong, the first of this order is named; each row mends what the row before named. */
test('refusals have an order', () => {
  const told: string[] = [];
  const shares = { cash: '99000', positions: [held(YES, '2000', '1000')] };
  const instruments = [{ ...free(rainYes), qtyStep: qty(1_000_000n) }];
  told.push(toldLast('YES status closed; YES sell 0.005', { ...shares, status: 'failed', instruments }));
  told.push(toldLast('YES status closed; YES sell 0.005', { ...shares, instruments }));
  told.push(toldLast('YES status closed; YES buy 0.01 limit 0.505', { ...shares, instruments }));
  told.push(toldLast('YES status closed; YES sell 2001 limit 0.505', { ...shares, instruments }));
  told.push(toldLast('YES status closed; YES sell 2001 limit 0.5', { ...shares, instruments }));
  told.push(toldLast('YES status closed; YES sell 2000', { ...shares, instruments }));
  told.push(toldLast('YES sell 2000', { ...shares, instruments }));
  told.push(toldLast('YES book 1@0.5 / 1@0.51; YES sell 2000', { ...shares, instruments }));
  told.push(toldLast('YES book 3000@0.5 / 1@0.51; YES sell 2000', { ...shares, instruments }));
  expect(told).toEqual([
    'assessment_closed',
    'qty_off_step',
    'qty_below_minimum',
    'price_off_tick',
    'short_not_allowed',
    'market_closed',
    'price_unavailable',
    'insufficient_liquidity',
    'o1, o1 takes 2000@0.5',
  ]);
});

/** Goal: an outcome is never sold short; the opposite view is the other outcome. */
test.each`
  story                           | steps                                             | positions                     | told
  ${'some of it'}                 | ${'YES sell 400'}                                 | ${[held(YES, '1000', '400')]} | ${'o1, o1 takes 400@0.4'}
  ${'all of it'}                  | ${'YES sell 1000'}                                | ${[held(YES, '1000', '400')]} | ${'o1, o1 takes 1000@0.4'}
  ${'a hundredth too many'}       | ${'YES sell 1000.01'}                             | ${[held(YES, '1000', '400')]} | ${'short_not_allowed'}
  ${'none is held'}               | ${'YES sell 1'}                                   | ${[]}                         | ${'short_not_allowed'}
  ${'the other one is held'}      | ${'YES sell 1'}                                   | ${[held(NO, '1000', '400')]}  | ${'short_not_allowed'}
  ${'as a limit'}                 | ${'YES sell 1000.01 limit 0.6'}                   | ${[held(YES, '1000', '400')]} | ${'short_not_allowed'}
  ${'what is for sale already'}   | ${'YES sell 600 limit 0.6; YES sell 401'}         | ${[held(YES, '1000', '400')]} | ${'short_not_allowed'}
  ${'what is not for sale yet'}   | ${'YES sell 600 limit 0.6; YES sell 400'}         | ${[held(YES, '1000', '400')]} | ${'o2, o2 takes 400@0.4'}
  ${'exits leave it for sale'}    | ${'YES sell 900 limit 0.6 reduce; YES sell 1000'} | ${[held(YES, '1000', '400')]} | ${'o2, o2 takes 1000@0.4, o1 nothing_to_reduce'}
  ${'reducing more than is held'} | ${'YES sell 5000 reduce'}                         | ${[held(YES, '1000', '400')]} | ${'o1, o1 takes 1000@0.4, o1 nothing_to_reduce'}
`('selling shares: $story', ({ steps, positions, told }) => {
  expect(toldLast(`YES book 9999@0.4 / 9999@0.42; ${steps}`, { cash: '99000', positions })).toBe(told);
});

/** Goal: a price of an outcome is a probability. */
test.each`
  order                      | told
  ${'YES buy 1 limit 0.99'}  | ${'o1 works, o1 takes 1@0.42'}
  ${'YES buy 1 limit 1'}     | ${'price_out_of_range'}
  ${'YES buy 1 tp 1'}        | ${'price_out_of_range'}
  ${'YES buy 1 limit 0.415'} | ${'price_off_tick'}
`('$order: $told', ({ order, told }) => {
  expect(toldLast(`YES book 9@0.4 / 9@0.42; ${order}`)).toBe(told);
});

/** Goal: a hundred orders may work, and the exits that entries will bring are among them. */
test.each`
  count  | more                                             | told
  ${99}  | ${'buy 1 limit 90'}                              | ${'o1 works'}
  ${100} | ${'buy 1 limit 90'}                              | ${'order_too_many'}
  ${100} | ${'buy 1'}                                       | ${'o1, o1 takes 1@101'}
  ${99}  | ${'buy 1 tp 110'}                                | ${'o1, o1 takes 1@101, x1 works'}
  ${99}  | ${'buy 1 tp 110 sl 90'}                          | ${'order_too_many'}
  ${98}  | ${'buy 1 limit 90 tp 110'}                       | ${'o1 works'}
  ${99}  | ${'buy 1 limit 90 tp 110'}                       | ${'order_too_many'}
  ${97}  | ${'buy 1 limit 90 tp 110; buy 1 sl 90'}          | ${'o2, o2 takes 1@101, x1 works'}
  ${97}  | ${'buy 1 limit 90 tp 110; buy 1 limit 90 sl 80'} | ${'order_too_many'}
`('$count orders work: $more', ({ count, more, told }) => {
  const terms = { type: 'limit', limitPrice: at('50'), timeInForce: { kind: 'gtc' } } as const;
  const orders = Array.from({ length: count }, (_, n) => resting(`r${n}`, { side: 'buy', reduceOnly: false, terms }));
  expect(toldLast(more, { account: { orders } })).toBe(told);
});

test('an order after the reset opens the day first: the anchor is the balance before it', () => {
  const scene = sceneOf({ cash: '97000', instruments: [bitcoin] });
  const midnight = moment('2026-03-15T00:00:00Z');
  const book = bookOf('9@59900', '9@60000', { receivedAt: midnight });
  const desk = { ...scene.context, at: midnight, books: new Map([[BTC, book]]) };
  const decided = decideOrder(desk, ticketOf(idOf('o1'), BTC, 'buy', ['1']));
  if (!decided.ok) throw new Error(decided.refusal);
  const events = decided.value;
  const { account } = after(desk, events);
  expect(events.map(({ kind }) => kind)).toEqual(['day_opened', 'order_placed', 'order_filled']);
  expect([account.day, formatUsd(account.dayAnchorUsd)]).toEqual(['2026-03-15', '97000.00']);
  expect(formatUsd(balanceOf(account))).toBe('96844.00');
});

test('an order that is refused after the reset opens no day', () => {
  const { context } = sceneOf({ account: { day: '2026-03-13' } });
  const refused = decideOrder(context, ticketOf(idOf('o1'), BTC, 'buy', ['101']));
  expect(refused).toMatchObject({ ok: false, refusal: 'insufficient_liquidity' });
});

test('exits of an entry that finds nobody to trade with are not measured', () => {
  expect(toldLast('book / 9@101; sell 1 tp 90')).toBe('insufficient_liquidity');
});

test('an order is the trader’s, whether it adds or reduces', () => {
  const scene = play('buy 1 limit 99; sell 1 limit 105', { cash: '99900', positions: [held(BTC, '1', '100')] });
  expect(scene.context.account.orders.map(({ origin }) => origin)).toEqual(['trader', 'trader']);
});

test('a refused order leaves no trace: the account handed in is as it was', () => {
  const { context } = sceneOf();
  const before = structuredClone(context.account);
  expect(decideOrder(context, ticketOf(idOf('o1'), BTC, 'buy', ['9999'])).ok).toBe(false);
  expect(context.account).toEqual(before);
});

test('a book that came in the future of a slow clock is as good as a fresh one', () => {
  const { context } = sceneOf();
  const books = new Map([[BTC, bookOf('9@100', '9@101', { receivedAt: plusMs(NOW, 500) })]]);
  expect(decideOrder({ ...context, books }, ticketOf(idOf('o1'), BTC, 'buy', ['1'])).ok).toBe(true);
});
