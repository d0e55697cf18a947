import { type Preview, previewAmendment, previewOrder } from '../../../../domain/assessment/commands/preview-order';
import { idOf } from '../../../../domain/kernel/ids';
import { formatQty, formatUsd, ppm } from '../../../../domain/kernel/money';
import { BTC, ETH, held, RULES, YES } from '../../../fixtures/domain-story';
import { amendmentOf, ticketOf } from '../../../fixtures/ticket-words';
import { play, type Setting } from '../../../fixtures/trading-story';

const LONG: Setting = { cash: '40000', positions: [held(BTC, '1', '60000')] };
const TWO: Setting = { cash: '37000', positions: [held(BTC, '1', '60000'), held(ETH, '1', '3000')] };

/** What a preview says of an order: what fills, what rests, the margin of all, the equity left, the rule it breaks. */
function preview(order: string, setting: Setting): string {
  const { context } = play('book 99@60000 / 99@60000', setting);
  const [side = '', ...words] = order.split(' ');
  const before = structuredClone(context.account);
  const found = previewOrder(context, ticketOf(idOf('o1'), BTC, side === 'buy' ? 'buy' : 'sell', words));
  expect(context.account).toEqual(before);
  if (!found.ok) return `${found.refusal} ${found.fault?.field}: ${found.fault?.rule}`;
  return wordsOf(found.value);
}

function wordsOf({ fill, restingQty, marginUsedUsd, marginMaxUsd, equityUsd, breach }: Preview): string {
  return [
    fill ? `fills ${formatQty(fill.qty)} for ${formatUsd(fill.realizedUsd)}` : 'fills nothing',
    `rests ${formatQty(restingQty)}`,
    `${formatUsd(marginUsedUsd)} of ${formatUsd(marginMaxUsd)}`,
    `equity ${formatUsd(equityUsd)}`,
    breach ?? 'sound',
  ].join(', ');
}

/** What a preview says of a change to an order that works. */
function previewChange(order: string, change: string): string {
  const { context } = play(`book 99@60000 / 99@60000; ${order}`);
  const before = structuredClone(context.account);
  const found = previewAmendment(context, { orderId: idOf('o1'), instrument: BTC }, amendmentOf(change.split(' ')));
  expect(context.account).toEqual(before);
  return found.ok ? wordsOf(found.value) : `${found.refusal} ${found.fault?.field}: ${found.fault?.rule}`;
}

/** Goal: a change is shown as it would be decided now, what has filled before it left out. */
test.each`
  story                         | order                  | change           | says
  ${'a price that rests'}       | ${'buy 1 limit 59000'} | ${'limit 58000'} | ${'fills nothing, rests 1, 11600.00 of 100000.00, equity 100000.00, sound'}
  ${'a price that is met'}      | ${'buy 1 limit 59000'} | ${'limit 60000'} | ${'fills 1 for 0.00, rests 0, 12000.00 of 100000.00, equity 100000.00, sound'}
  ${'more of it'}               | ${'buy 1 limit 59000'} | ${'qty 2'}       | ${'fills nothing, rests 2, 23600.00 of 100000.00, equity 100000.00, sound'}
  ${'too much of it'}           | ${'buy 1 limit 59000'} | ${'qty 9'}       | ${'insufficient_margin qty: crypto would need a margin of $106,200.00 (BTC-USD at 5 : 1), and $100,000.00 of the equity can be used for it'}
  ${'what it does not have'}    | ${'buy 1 limit 59000'} | ${'stop 58000'}  | ${'amendment_unfit stopPrice: a limit order has none'}
  ${'an order that has filled'} | ${'buy 1'}             | ${'qty 2'}       | ${'order_not_working orderId: the order has ended, or never was'}
`('$story', ({ order, change, says }) => {
  expect(previewChange(order, change)).toBe(says);
});

/** Goal: the leverage shown is the one that the order's instrument has; an outcome is paid in full. */
test.each`
  instrument | leverage
  ${BTC}     | ${ppm(5_000_000n)}
  ${ETH}     | ${ppm(2_000_000n)}
  ${YES}     | ${null}
`('$instrument is traded at $leverage', ({ instrument, leverage }) => {
  const exposure = { ...RULES.exposure, leverageOf: [{ instrument: ETH, leverageMax: ppm(2_000_000n) }] };
  const { context } = play('ETH book 9@60 / 9@60; YES book 9@0.5 / 9@0.5', { rules: { exposure } });
  const found = previewOrder(context, ticketOf(idOf('o1'), instrument, 'buy', ['1']));
  expect(found).toMatchObject({ value: { leverageMax: leverage } });
});

/** Goal: an order is shown as it would be decided now, and what it would leave; nothing is done. */
test.each`
  story                               | order                    | setting                 | says
  ${'a market order fills'}           | ${'buy 1'}               | ${{}}                   | ${'fills 1 for 0.00, rests 0, 12000.00 of 100000.00, equity 100000.00, sound'}
  ${'a limit rests and binds margin'} | ${'buy 1 limit 59000'}   | ${{}}                   | ${'fills nothing, rests 1, 11800.00 of 100000.00, equity 100000.00, sound'}
  ${'a part rests'}                   | ${'buy 100 limit 60000'} | ${{ cash: '10000000' }} | ${'fills 99 for 0.00, rests 1, 1200000.00 of 10000000.00, equity 10000000.00, sound'}
  ${'a sale realizes'}                | ${'sell 1'}              | ${LONG}                 | ${'fills 1 for 0.00, rests 0, 0.00 of 100000.00, equity 100000.00, sound'}
  ${'a refusal is told'}              | ${'buy 9'}               | ${{}}                   | ${'insufficient_margin qty: crypto would need a margin of $108,000.00 (BTC-USD at 5 : 1), and $100,000.00 of the equity can be used for it'}
  ${'another position has no price'}  | ${'sell 1'}              | ${TWO}                  | ${'fills 1 for 0.00, rests 0, 600.00 of 98500.00, equity 100000.00, sound'}
`('$story', ({ order, setting, says }) => {
  expect(preview(order, setting)).toBe(says);
});
