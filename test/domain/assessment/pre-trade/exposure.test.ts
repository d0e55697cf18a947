import fc from 'fast-check';
import { equityOf, positionIn } from '../../../../domain/account/account';
import type { Side } from '../../../../domain/account/orders/order';
import { decideOrder } from '../../../../domain/assessment/commands/decide-order';
import { after } from '../../../../domain/assessment/context/after';
import { marksAt } from '../../../../domain/assessment/context/marks';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { idOf } from '../../../../domain/kernel/ids';
import { absolute, formatUsd, qty, usd } from '../../../../domain/kernel/money';
import { BTC, bookOf, dollars, ETH, held, RULES, units, YES } from '../../../fixtures/domain-story';
import { ticketOf } from '../../../fixtures/ticket-words';
import { play, type Setting, sceneOf, toldLast } from '../../../fixtures/trading-story';

type Exposure = RuleSet['exposure'];

/** Rules that never judge, so that the exposure alone speaks. */
const calm = (exposure: Partial<Exposure> = {}, more: Partial<RuleSet> = {}): Partial<RuleSet> => ({
  maxLoss: { ...RULES.maxLoss, width: { kind: 'usd', usd: dollars('10000000') } },
  dailyLoss: null,
  riskPerTrade: null,
  exposure: { ...RULES.exposure, ...exposure },
  ...more,
});

const DEEP = 'book 9999@60000 / 9999@60000; ETH book 9999@3000 / 9999@3000; YES book 99999@0.4 / 99999@0.4';
const verdict = (text: string): string => (text.includes('_') ? text : 'filled');
const long = (amount: string) => held(BTC, amount, formatUsd(usd((units(amount) * 60_000n) / 100n)));

/** Goal: the margin. 100,000 at 5 times: positions of 500,000 at 60,000 a coin, that is 8.3333 coins. */
test.each`
  story                                 | order            | cash         | positions                         | told
  ${'up to the limit'}                  | ${'buy 8.3333'}  | ${'100000'}  | ${[]}                             | ${'filled'}
  ${'beyond it'}                        | ${'buy 8.3334'}  | ${'100000'}  | ${[]}                             | ${'insufficient_margin'}
  ${'short, up to the limit'}           | ${'sell 8.3333'} | ${'100000'}  | ${[]}                             | ${'filled'}
  ${'short, beyond it'}                 | ${'sell 8.3334'} | ${'100000'}  | ${[]}                             | ${'insufficient_margin'}
  ${'what is held counts'}              | ${'buy 4'}       | ${'-200000'} | ${[long('5')]}                    | ${'insufficient_margin'}
  ${'long and short add up'}            | ${'buy 5'}       | ${'400000'}  | ${[held(ETH, '-100', '-300000')]} | ${'insufficient_margin'}
  ${'a loss narrows the room'}          | ${'buy 8.3333'}  | ${'99990'}   | ${[]}                             | ${'insufficient_margin'}
  ${'shares carry no leverage'}         | ${'buy 8.3333'}  | ${'99600'}   | ${[held(YES, '1000', '400')]}     | ${'insufficient_margin'}
  ${'a reversal counts what it leaves'} | ${'sell 9'}      | ${'40000'}   | ${[long('1')]}                    | ${'filled'}
  ${'a reversal beyond the limit'}      | ${'sell 10'}     | ${'40000'}   | ${[long('1')]}                    | ${'insufficient_margin'}
  ${'closing while under water'}        | ${'sell 9'}      | ${'-541000'} | ${[long('9')]}                    | ${'filled'}
  ${'reducing while under water'}       | ${'sell 0.001'}  | ${'-541000'} | ${[long('9')]}                    | ${'filled'}
  ${'through flat is no reduction'}     | ${'sell 9.001'}  | ${'-541000'} | ${[long('9')]}                    | ${'insufficient_margin'}
  ${'equal on the other side'}          | ${'sell 18'}     | ${'-541000'} | ${[long('9')]}                    | ${'insufficient_margin'}
  ${'adding'}                           | ${'buy 0.001'}   | ${'-541000'} | ${[long('9')]}                    | ${'insufficient_margin'}
  ${'covering a short'}                 | ${'buy 2'}       | ${'539000'}  | ${[held(BTC, '-9', '-540000')]}   | ${'filled'}
`('margin: $story', ({ order, cash, positions, told }) => {
  expect(verdict(toldLast(`${DEEP}; ${order}`, { rules: calm(), cash, positions }))).toBe(told);
});

/** Goal: a position without a price lets an account get out, never further in. */
test.each`
  order          | told
  ${'sell 1'}    | ${'filled'}
  ${'buy 1'}     | ${'price_unavailable'}
  ${'ETH buy 1'} | ${'price_unavailable'}
`('with one position unpriced: $order', ({ order, told }) => {
  const setting = { rules: calm(), cash: '40000', positions: [long('1'), held(ETH, '1', '3000')] };
  expect(verdict(toldLast(`${DEEP}; ETH gap; ${order}`, setting))).toBe(told);
});

/** Goal: RK-10: an order that rests counts as if it had filled the worst way. 100,000 carry 500,000. */
test.each`
  story                                     | steps                                                                     | told
  ${'RK-10: a resting buy'}                 | ${'buy 5 limit 50000; buy 4.1666'}                                        | ${'filled'}
  ${'RK-10: and a crumb too many'}          | ${'buy 5 limit 50000; buy 4.1667'}                                        | ${'insufficient_margin'}
  ${'a second resting one'}                 | ${'buy 5 limit 50000; buy 5.1 limit 50000'}                               | ${'insufficient_margin'}
  ${'a stop counts at its price'}           | ${'buy 5 stop 70000; buy 2.5'}                                            | ${'filled'}
  ${'a stop that triggers dearer'}          | ${'buy 5 stop 70000; buy 2.501'}                                          | ${'insufficient_margin'}
  ${'a trail at where it would trigger'}    | ${'buy 5 trail 10000; buy 2.501'}                                         | ${'insufficient_margin'}
  ${'buys and sales are not added up'}      | ${'buy 8 limit 59000; sell 8 limit 61000'}                                | ${'filled'}
  ${'a sale against what is held is none'}  | ${'buy 8; sell 8 limit 62000; sell 0.1 limit 63000'}                      | ${'filled'}
  ${'one that only reduces counts nothing'} | ${'buy 8; sell 8 limit 62000 reduce; sell 8 stop 50000 reduce; buy 0.3'}  | ${'filled'}
  ${'nor do several of them'}               | ${'buy 8; sell 8 limit 62000 reduce; sell 8 limit 63000 reduce; buy 0.3'} | ${'filled'}
  ${'each is counted for its own asset'}    | ${'ETH buy 100 limit 2900; buy 3.3333'}                                   | ${'filled'}
  ${'exits count nothing'}                  | ${'buy 8 tp 70000 sl 50000; buy 0.3'}                                     | ${'filled'}
  ${'a cancelled one is free again'}        | ${'buy 5 limit 50000; cancel o1; buy 8.3'}                                | ${'filled'}
  ${'the second reduction would go short'}  | ${'buy 8; sell 8 limit 62000; sell 8.4 limit 63000'}                      | ${'insufficient_margin'}
  ${'shares on order are bound too'}        | ${'YES buy 1000 limit 0.3; buy 8.3333'}                                   | ${'insufficient_margin'}
`('$story', ({ steps, told }) => {
  expect(verdict(toldLast(`${DEEP}; ${steps}`, { rules: calm() }).replace(/o\d works/, 'filled'))).toBe(told);
});

/** Goal: caps of one position and of their number; touching a cap is allowed. */
test.each`
  story                                | caps                                     | steps                                      | told
  ${'a position up to its cap'}        | ${{ positionUsdMax: dollars('60000') }}  | ${'buy 1'}                                 | ${'filled'}
  ${'a position beyond it'}            | ${{ positionUsdMax: dollars('60000') }}  | ${'buy 1.0001'}                            | ${'position_cap_exceeded'}
  ${'a short likewise'}                | ${{ positionUsdMax: dollars('60000') }}  | ${'sell 1.0001'}                           | ${'position_cap_exceeded'}
  ${'each position has its own'}       | ${{ positionUsdMax: dollars('60000') }}  | ${'buy 1; ETH buy 20'}                     | ${'filled'}
  ${'outcomes have caps of their own'} | ${{ positionUsdMax: dollars('300') }}    | ${'YES buy 1000'}                          | ${'filled'}
  ${'what rests elsewhere does not'}   | ${{ positionUsdMax: dollars('60000') }}  | ${'ETH buy 15 limit 2900; buy 1'}          | ${'filled'}
  ${'what rests counts'}               | ${{ positionUsdMax: dollars('60000') }}  | ${'buy 1 limit 50000; buy 0.2'}            | ${'position_cap_exceeded'}
  ${'as many positions as allowed'}    | ${{ positionsMax: 2 }}                   | ${'buy 1; ETH buy 1'}                      | ${'filled'}
  ${'one more'}                        | ${{ positionsMax: 1 }}                   | ${'buy 1; ETH buy 1'}                      | ${'positions_max'}
  ${'one more on order'}               | ${{ positionsMax: 1 }}                   | ${'buy 1 limit 50000; ETH buy 1'}          | ${'positions_max'}
  ${'the same one again'}              | ${{ positionsMax: 1 }}                   | ${'buy 1; buy 1'}                          | ${'filled'}
  ${'instead of another'}              | ${{ positionsMax: 1 }}                   | ${'buy 1; sell 1; ETH buy 1'}              | ${'filled'}
  ${'a book that is deep enough'}      | ${{ liquidityUsdMin: dollars('60000') }} | ${'book 9@59999 / 1@60000; buy 0.1'}       | ${'filled'}
  ${'a book that is too thin'}         | ${{ liquidityUsdMin: dollars('60001') }} | ${'book 9@59999 / 1@60000; buy 0.1'}       | ${'liquidity_too_thin'}
  ${'the other side counts'}           | ${{ liquidityUsdMin: dollars('60001') }} | ${'book 9@59999 / 1@60000; sell 0.1'}      | ${'filled'}
  ${'getting out is held to none'}     | ${{ liquidityUsdMin: dollars('60001') }} | ${'buy 1; book 1@59999 / 9@60000; sell 1'} | ${'filled'}
`('$story', ({ caps, steps, told }) => {
  expect(verdict(toldLast(`${DEEP}; ${steps}`, { rules: calm(caps) }))).toBe(told);
});

test('a refusal says what there would be and what may be', () => {
  const fault = (order: string, setting: Setting) => {
    const { context } = play(DEEP, setting);
    const decided = decideOrder(context, ticketOf(idOf('o1'), BTC, 'buy', [order]));
    return decided.ok ? 'ok' : `${decided.refusal} ${decided.fault?.field}: ${decided.fault?.rule}`;
  };
  expect(fault('8.3334', { rules: calm() })).toBe(
    'insufficient_margin qty: crypto would need a margin of $100,000.80 (BTC-USD at 5 : 1), and $100,000.00 of the equity can be used for it',
  );
  expect(fault('1', { rules: calm(), cash: '-1' })).toBe(
    'insufficient_margin qty: crypto would need a margin of $12,000.00 (BTC-USD at 5 : 1), and no equity would be left for it',
  );
  expect(fault('2', { rules: calm({ positionUsdMax: dollars('60000') }) })).toBe(
    'position_cap_exceeded qty: one position may be worth at most $60,000.00, not $120,000.00',
  );
  expect(fault('1', { rules: calm({ positionsMax: 0 }) })).toBe(
    'positions_max instrument: at most 0 positions may be open, orders counted',
  );
});

test('an outcome is paid from cash alone: leverage buys no shares', () => {
  const poor = (amount: string) =>
    verdict(toldLast(`YES book 9999@0.5 / 9999@0.5; YES buy ${amount}`, { rules: calm(), cash: '100' }));
  expect([poor('200'), poor('200.01')]).toEqual(['filled', 'insufficient_margin']);
});

test('RK-9: of two orders for one room, whichever is decided second is refused', () => {
  const rules = calm({ positionUsdMax: dollars('500') });
  const scene = play('book 9@100 / 9@100; buy 3', { rules });
  expect(scene.told.at(-1)).toBe('o1, o1 takes 3@100');
  expect(play('buy 3', {}, scene).told.at(-1)).toBe('position_cap_exceeded');
});

const amountOf = fc.integer({ min: 10, max: 200_000 }).map((steps) => qty(BigInt(steps) * 10_000n));
const heldOf = fc.integer({ min: -120_000, max: 120_000 }).map((steps) => BigInt(steps) * 10_000n);

test('whatever is held: a reduction is filled, and what adds risk stays within the margin or is refused', () => {
  fc.assert(
    fc.property(fc.constantFrom<Side>('buy', 'sell'), amountOf, heldOf, (side, amount, was) => {
      const positions = was === 0n ? [] : [{ ...held(BTC, '1', '0'), qty: qty(was), costUsd: usd(was * 600n) }];
      const cash = formatUsd(usd(dollars('100000') - was * 600n));
      const { context } = sceneOf({ rules: calm(), cash, positions });
      const books = new Map([[BTC, bookOf('9999@60000', '9999@60000')]]);
      const decided = decideOrder({ ...context, books }, { ...ticketOf(idOf('o1'), BTC, side, ['1']), qty: amount });
      const is = was + (side === 'buy' ? amount : -amount);
      const isReduction = was !== 0n && is * was >= 0n && absolute(qty(is)) < absolute(qty(was));
      const fits = absolute(qty(is)) * 600n <= dollars('500000');
      expect(decided.ok).toBe(isReduction || fits);
      if (!decided.ok) return;
      const { account } = after(context, decided.value);
      expect(positionIn(account, BTC)?.qty ?? 0n).toBe(is);
      expect(equityOf(account, marksAt(books, context.at)).worstUsd).toBe(dollars('100000'));
    }),
  );
});
