import { balanceOf } from '../../../domain/account/account';
import { decideOrder, type OrderDecision, STALE_AFTER_MS } from '../../../domain/assessment/decide-order';
import { plusMs } from '../../../domain/kernel/instant';
import { formatUsd, qty } from '../../../domain/kernel/money';
import type { Instrument } from '../../../domain/market/instrument';
import { accountWith, BTC, bitcoin, bookOf, held, moment, NO, NOW, rainYes, units, YES } from '../story';
import { answer, decision } from './order-decision';

const stale = bookOf('9@60000', '9@60000', { receivedAt: plusMs(NOW, -STALE_AFTER_MS - 1) });
const justFresh = bookOf('9@60000', '9@60000', { receivedAt: plusMs(NOW, -STALE_AFTER_MS) });
const gapped = bookOf('9@60000', '9@60000', { quality: 'gapped' });
const closed: Instrument = { ...bitcoin, status: 'closed' };
const halted: Instrument = { ...bitcoin, status: 'halted' };

/** Goal: what the trader is told, field and rule included. */
test.each<[string, OrderDecision, string]>([
  ['a purchase', decision('buy', '1'), 'filled'],
  ['a short sale', decision('sell', '1'), 'filled'],
  [
    'a failed assessment',
    decision('buy', '1', { change: { status: 'failed' } }),
    'assessment_closed accountId: the assessment has failed',
  ],
  [
    'a passed assessment',
    decision('buy', '1', { change: { status: 'passed' } }),
    'assessment_closed accountId: the assessment has passed',
  ],
  ['half a step', decision('buy', '1.00005'), 'qty_off_step qty: must be a multiple of 0.0001'],
  ['less than the minimum', decision('buy', '0.0009'), 'qty_below_minimum qty: must be at least 0.001'],
  ['the minimum', decision('buy', '0.001'), 'filled'],
  ['nothing', decision('buy', '0'), 'qty_below_minimum qty: must be at least 0.001'],
  ['less than nothing', decision('buy', '-1'), 'qty_below_minimum qty: must be at least 0.001'],
  ['a closed market', decision('buy', '1', { instrument: closed }), 'market_closed instrument: the market is closed'],
  ['a halted market', decision('buy', '1', { instrument: halted }), 'market_closed instrument: the market is halted'],
  [
    'no book',
    decision('buy', '1', { change: { book: undefined } }),
    'price_unavailable instrument: no book that passed its checks within 10 s',
  ],
  [
    'a gapped book',
    decision('buy', '1', { change: { book: gapped } }),
    'price_unavailable instrument: no book that passed its checks within 10 s',
  ],
  [
    'a stale book',
    decision('buy', '1', { change: { book: stale } }),
    'price_unavailable instrument: no book that passed its checks within 10 s',
  ],
  ['a book of exactly 10 s', decision('buy', '1', { change: { book: justFresh } }), 'filled'],
  [
    'a thin book',
    decision('buy', '2', { book: ['9@1', '1@60000'] }),
    'insufficient_liquidity qty: the book must hold it within 5 % of its best price',
  ],
  [
    'a steep book',
    decision('buy', '2', { book: ['9@1', '1@60000 1@63001'] }),
    'insufficient_liquidity qty: the book must hold it within 5 % of its best price',
  ],
  [
    'a one-sided book prices no new risk',
    decision('buy', '1', { book: ['', '9@60000'] }),
    'price_unavailable instrument: every open position needs a fresh price before the account adds risk',
  ],
])('%s', (_, given, told) => {
  expect(answer(given)).toBe(told);
});

/** Goal: when several things are wrong, the first of this order is named; each row mends what the row before named. */
test('refusals have an order', () => {
  const outcome: Instrument = { ...rainYes, status: 'closed' };
  const wrong = decision('sell', '0.005', { instrument: outcome, change: { status: 'failed', book: undefined } });
  const steps: readonly Partial<OrderDecision>[] = [
    {},
    { status: 'active' },
    { ticket: { ...wrong.ticket, qty: units('0.01') } },
    { ticket: { ...wrong.ticket, qty: units('2000') } },
    { account: accountWith('0', [held(YES, '2000', '1'), held(BTC, '-9', '0')]) },
    { instrument: rainYes },
    { book: bookOf('1@0.5', '1@0.5') },
    { book: bookOf('5000@0.5', '5000@0.5') },
  ];
  const told = steps.map((_, index) => answer(Object.assign({}, wrong, ...steps.slice(0, index + 1))).split(' ')[0]);
  expect(told).toEqual([
    'assessment_closed',
    'qty_off_step',
    'qty_below_minimum',
    'short_not_allowed',
    'market_closed',
    'price_unavailable',
    'insufficient_liquidity',
    'filled',
  ]);
});

/** Goal: an outcome is never sold short; the opposite view is the other outcome. */
test.each`
  story                           | amount          | positions                     | told
  ${'some of it'}                 | ${'400'}        | ${[held(YES, '1000', '400')]} | ${'filled'}
  ${'all of it'}                  | ${'1000'}       | ${[held(YES, '1000', '400')]} | ${'filled'}
  ${'a hundredth too many'}       | ${'1000.01'}    | ${[held(YES, '1000', '400')]} | ${'short_not_allowed'}
  ${'none is held'}               | ${'1'}          | ${[]}                         | ${'short_not_allowed'}
  ${'a unit of the last decimal'} | ${'0.00000001'} | ${[]}                         | ${'short_not_allowed'}
  ${'the other one is held'}      | ${'1'}          | ${[held(NO, '1000', '400')]}  | ${'short_not_allowed'}
`('selling shares: $story', ({ amount, positions, told }) => {
  expect(
    answer(
      decision('sell', amount, { instrument: { ...rainYes, qtyStep: qty(1n), qtyMin: qty(1n) }, positions }),
    ).split(' ')[0],
  ).toBe(told);
});

test('an order after the reset opens the day first: the anchor is the balance before it', () => {
  const at = moment('2026-03-15T00:00:00Z');
  const given = decision('buy', '1', { cash: '97000', instrument: bitcoin });
  const book = given.book && { ...given.book, receivedAt: at };
  const decided = decideOrder({ ...given, book, made: { ...given.made, at } });
  if (!decided.ok) throw new Error(decided.refusal);
  const { account } = decided.value;
  expect([account.day, formatUsd(account.dayAnchorUsd)]).toEqual(['2026-03-15', '97000.00']);
  expect(formatUsd(balanceOf(account))).toBe('96844.00');
});

test('a refused order leaves no trace: the account handed in is as it was', () => {
  const given = decision('buy', '99');
  const before = structuredClone(given.account);
  expect(decideOrder(given).ok).toBe(false);
  expect(given.account).toEqual(before);
});
