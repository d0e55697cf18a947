import type { PlannedFill } from '../../../../domain/assessment/commands/planned-fill';
import {
  type ClosingPreview,
  previewClosing,
  previewClosingAll,
} from '../../../../domain/assessment/commands/preview-closing';
import { previewAmendment, previewOrder } from '../../../../domain/assessment/commands/preview-order';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { idOf } from '../../../../domain/kernel/ids';
import { formatPrice, formatQty, formatUsd, ppm } from '../../../../domain/kernel/money';
import { BTC, bitcoin, dollars, ETH, ether, held, RULES } from '../../../fixtures/domain-story';
import { amendmentOf, ticketOf } from '../../../fixtures/ticket-words';
import { play, type Setting } from '../../../fixtures/trading-story';

const FEE = { kind: 'proportional', rate: ppm(4_000n) } as const;
const costly = [bitcoin, ether].map((each) => ({ ...each, takerFee: FEE, makerFee: FEE }));

const rule = (limit: string): RuleSet['riskPerTrade'] => ({
  limitUsd: dollars(limit),
  severity: 'fail',
  stopWithinMs: null,
  stopSeverity: 'close',
  stopCorrection: null,
  plan: 'unjudged',
  stopMissesToFail: null,
});

const setting = (limit: string, more: Setting = {}): Setting => ({
  cash: '39940',
  positions: [held(BTC, '1', '60000', { feesUsd: dollars('60') })],
  instruments: costly,
  rules: { riskPerTrade: rule(limit) },
  ...more,
});

const followsText = ({ breach, pause, passes }: Pick<ClosingPreview, 'breach' | 'pause' | 'passes'>): string =>
  breach ?? pause ?? (passes ? 'passes' : 'sound');

function wordsOf({ closings, feeUsd, netUsd, balanceUsd, left, ...follows }: ClosingPreview): string {
  const parts = closings.map(
    ({ side, qty, price, instrument }) => `${side} ${formatQty(qty)}@${formatPrice(price)} ${instrument}`,
  );
  const sums = `fee ${formatUsd(feeUsd)}, net ${formatUsd(netUsd)}, balance ${formatUsd(balanceUsd)}`;
  return [...parts, sums, ...left.map((each) => `left ${each}`), followsText(follows)].join('; ');
}

function closing(book: string, of: Setting, which: 'one' | 'all'): string {
  const { context } = play(book, of);
  const before = structuredClone(context.account);
  const found = which === 'one' ? previewClosing(context, BTC, idOf('c1')) : previewClosingAll(context);
  expect(context.account).toEqual(before);
  return found.ok ? wordsOf(found.value) : `${found.refusal}: ${found.fault?.rule}`;
}

const BOTH = { cash: '36940', positions: [...(setting('0').positions ?? []), held(ETH, '1', '3000')] };
const RULED_OUT = { ...setting('400'), status: 'failed' } as const;
const TARGET = {
  riskPerTrade: rule('400'),
  target: { ...RULES.target, profitUsd: dollars('1000') } as RuleSet['target'],
};

/** Goal: a closing is shown as it would be done now, at the book it would take, with what it costs and what follows. */
test.each`
  story                              | which    | book                                                  | setting                              | says
  ${'a loss within the limit'}       | ${'one'} | ${'book 9@60000 / 9@60001'}                           | ${setting('400')}                    | ${'sell 1@60000 BTC-USD; fee 240.00, net -300.00, balance 99700.00; sound'}
  ${'the fee alone breaks the rule'} | ${'one'} | ${'book 9@60010 / 9@60011'}                           | ${setting('280')}                    | ${'sell 1@60010 BTC-USD; fee 240.04, net -290.04, balance 99709.96; risk_per_trade'}
  ${'the book is walked'}            | ${'one'} | ${'book 0.5@60000 9@59000 / 9@60001'}                 | ${setting('400')}                    | ${'sell 1@59500 BTC-USD; fee 238.00, net -798.00, balance 99202.00; risk_per_trade'}
  ${'what is too thin is refused'}   | ${'one'} | ${'book 0.5@60000 / 9@60001'}                         | ${setting('400')}                    | ${'insufficient_liquidity: the book does not hold it within 5 % of its best price: close it in parts'}
  ${'an end is told'}                | ${'one'} | ${'book 9@60000 / 9@60001'}                           | ${RULED_OUT}                         | ${'assessment_closed: the assessment has failed'}
  ${'a pass is told'}                | ${'one'} | ${'book 9@61500 / 9@61501'}                           | ${setting('400', { rules: TARGET })} | ${'sell 1@61500 BTC-USD; fee 246.00, net 1194.00, balance 101194.00; passes'}
  ${'all of it'}                     | ${'all'} | ${'book 9@60010 / 9@60011; ETH book 9@3000 / 9@3001'} | ${setting('280', BOTH)}              | ${'sell 1@60010 BTC-USD; sell 1@3000 ETH-USD; fee 252.04, net -302.04, balance 99697.96; risk_per_trade'}
  ${'as far as the books go'}        | ${'all'} | ${'book 0.5@60000 / 9@60001'}                         | ${setting('400')}                    | ${'sell 0.5@60000 BTC-USD; fee 120.00, net -180.00, balance 99820.00; left BTC-USD; sound'}
  ${'nothing has a price'}           | ${'all'} | ${'gap'}                                              | ${setting('400')}                    | ${'fee 0.00, net 0.00, balance 99940.00; left BTC-USD; sound'}
`('$story', ({ which, book, setting: of, says }) => {
  expect(closing(book, of, which)).toBe(says);
});

const plannedText = (planned: PlannedFill | null | undefined): string =>
  planned
    ? `${planned.side} ${formatQty(planned.qty)}@${formatPrice(planned.price)}, fee ${formatUsd(planned.feeUsd)}, ` +
      `net ${planned.netUsd === null ? '-' : formatUsd(planned.netUsd)}, ${followsText(planned)}`
    : '-';

/** Goal: an exit that waits says what it will cost and break once it fills, also while it is being changed. */
test.each`
  story                     | limit    | steps                          | change           | says
  ${'a stop that is sound'} | ${'900'} | ${'sell 1 stop 59500 reduce'}  | ${'stop 59600'}  | ${'sell 1@59600, fee 238.40, net -698.40, sound'}
  ${'a stop that breaks'}   | ${'900'} | ${'sell 1 stop 59500 reduce'}  | ${'stop 59300'}  | ${'sell 1@59300, fee 237.20, net -997.20, risk_per_trade'}
  ${'a part of it'}         | ${'900'} | ${'sell 1 stop 59500 reduce'}  | ${'qty 0.5'}     | ${'sell 0.5@59500, fee 119.00, net -429.00, sound'}
  ${'a target'}             | ${'900'} | ${'sell 1 limit 61000 reduce'} | ${'limit 62000'} | ${'sell 1@62000, fee 248.00, net 1692.00, sound'}
`('changing an exit: $story', ({ limit, steps, change, says }) => {
  const { context } = play(`book 9@60000 / 9@60001; ${steps}`, setting(limit));
  const found = previewAmendment(context, { orderId: idOf('o1'), instrument: BTC }, amendmentOf(change.split(' ')));
  expect(found.ok && plannedText(found.value.whenFilled)).toBe(says);
});

/** Goal: an entry says what getting out again would cost and break, at once, at its stop and at its target. */
test.each`
  order                          | fill                    | ifClosed                            | rest                                         | exits
  ${'buy 1'}                     | ${'fee 240.004, net -'} | ${'240.00 -481.004 risk_per_trade'} | ${'-'}                                       | ${[]}
  ${'buy 0.5'}                   | ${'fee 120.002, net -'} | ${'120.00 -240.502 sound'}          | ${'-'}                                       | ${[]}
  ${'buy 0.5 sl 59800 tp 61000'} | ${'fee 120.002, net -'} | ${'120.00 -240.502 sound'}          | ${'-'}                                       | ${['sell 0.5@61000, fee 122.00, net 257.498, sound', 'sell 0.5@59800, fee 119.60, net -340.102, sound']}
  ${'buy 0.5 sl 59000'}          | ${'fee 120.002, net -'} | ${'120.00 -240.502 sound'}          | ${'-'}                                       | ${['sell 0.5@59000, fee 118.00, net -738.502, risk_per_trade']}
  ${'buy 0.5 limit 59000'}       | ${'-'}                  | ${'0.00 0.00 sound'}                | ${'buy 0.5@59000, fee 118.00, net -, sound'} | ${[]}
`('$order', ({ order, fill, ifClosed, rest, exits }) => {
  const { context } = play('book 9@60000 / 9@60001', {
    instruments: costly,
    rules: { riskPerTrade: rule('400') },
  });
  const [side, ...words] = order.split(' ');
  const found = previewOrder(context, ticketOf(idOf('o1'), BTC, side, words));
  if (!found.ok) throw new Error(found.refusal);
  const { value } = found;
  const filled = value.fill
    ? `fee ${formatUsd(value.fill.feeUsd)}, net ${value.fill.netUsd === null ? '-' : formatUsd(value.fill.netUsd)}`
    : '-';
  expect(filled).toBe(fill);
  const { ifClosed: out } = value;
  expect(`${formatUsd(out.feeUsd)} ${formatUsd(out.netUsd)} ${followsText(out)}`).toBe(ifClosed);
  expect(plannedText(value.whenFilled)).toBe(rest);
  expect(value.exits.map(plannedText)).toEqual(exits);
});

test('a sale says what its trade has made, all fees included, and a part of it what it has made so far', () => {
  const { context } = play('book 9@61000 / 9@61001', setting('9000'));
  const netOf = (amount: string) => {
    const found = previewOrder(context, ticketOf(idOf('o1'), BTC, 'sell', [amount]));
    return found.ok && found.value.fill?.netUsd !== null ? formatUsd(found.value.fill?.netUsd ?? dollars('0')) : '-';
  };
  expect([netOf('1'), netOf('0.5'), netOf('2')]).toEqual(['696.00', '318.00', '696.00']);
});
