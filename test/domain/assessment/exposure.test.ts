import fc from 'fast-check';
import { equityOf, positionIn } from '../../../domain/account/account';
import type { Side } from '../../../domain/account/order';
import { decideOrder } from '../../../domain/assessment/decide-order';
import { absolute, formatUsd, ppm, qty, usd } from '../../../domain/kernel/money';
import type { Instrument } from '../../../domain/market/instrument';
import { BTC, bitcoin, dollars, ETH, held, NO, quoteOn, RULES, rainNo, rainYes, units, YES } from '../story';
import { answer, decision } from './order-decision';

const long = (amount: string) => held(BTC, amount, formatUsd(usd((units(amount) * 60_000n) / 100n)));

/** Goal: the margin. 100,000 at 5 times: positions of 500,000 at 60,000 a coin, that is 8.3333 coins. */
test.each`
  story                                 | side      | amount      | cash         | positions                         | told
  ${'up to the limit'}                  | ${'buy'}  | ${'8.3333'} | ${'100000'}  | ${[]}                             | ${'filled'}
  ${'beyond it'}                        | ${'buy'}  | ${'8.3334'} | ${'100000'}  | ${[]}                             | ${'insufficient_margin'}
  ${'short, up to the limit'}           | ${'sell'} | ${'8.3333'} | ${'100000'}  | ${[]}                             | ${'filled'}
  ${'short, beyond it'}                 | ${'sell'} | ${'8.3334'} | ${'100000'}  | ${[]}                             | ${'insufficient_margin'}
  ${'what is held counts'}              | ${'buy'}  | ${'4'}      | ${'-200000'} | ${[long('5')]}                    | ${'insufficient_margin'}
  ${'long and short add up'}            | ${'buy'}  | ${'5'}      | ${'400000'}  | ${[held(ETH, '-100', '-300000')]} | ${'insufficient_margin'}
  ${'a loss narrows the room'}          | ${'buy'}  | ${'8.3333'} | ${'99990'}   | ${[]}                             | ${'insufficient_margin'}
  ${'shares carry no leverage'}         | ${'buy'}  | ${'8.3333'} | ${'99600'}   | ${[held(YES, '1000', '400')]}     | ${'insufficient_margin'}
  ${'a reversal counts what it leaves'} | ${'sell'} | ${'9'}      | ${'40000'}   | ${[long('1')]}                    | ${'filled'}
  ${'a reversal beyond the limit'}      | ${'sell'} | ${'10'}     | ${'40000'}   | ${[long('1')]}                    | ${'insufficient_margin'}
`('margin: $story', ({ side, amount, cash, positions, told }) => {
  const quotes = [quoteOn(ETH, '3000'), quoteOn(YES, '0.4')];
  expect(answer(decision(side, amount, { cash, positions, quotes })).split(' ')[0]).toBe(told);
});

/** Goal: getting smaller is always allowed, whatever else is wrong with the account. */
test.each`
  story                             | side      | amount     | positions                              | told
  ${'closing while under water'}    | ${'sell'} | ${'9'}     | ${[long('9')]}                         | ${'filled'}
  ${'reducing while under water'}   | ${'sell'} | ${'0.001'} | ${[long('9')]}                         | ${'filled'}
  ${'covering a short'}             | ${'buy'}  | ${'2'}     | ${[held(BTC, '-9', '-540000')]}        | ${'filled'}
  ${'with another one unpriced'}    | ${'sell'} | ${'1'}     | ${[long('9'), held(ETH, '1', '3000')]} | ${'filled'}
  ${'through flat is no reduction'} | ${'sell'} | ${'9.001'} | ${[long('9')]}                         | ${'insufficient_margin'}
  ${'equal on the other side'}      | ${'sell'} | ${'18'}    | ${[long('9')]}                         | ${'insufficient_margin'}
  ${'adding'}                       | ${'buy'}  | ${'0.001'} | ${[long('9')]}                         | ${'insufficient_margin'}
  ${'adding with one unpriced'}     | ${'buy'}  | ${'0.001'} | ${[long('9'), held(ETH, '1', '3000')]} | ${'price_unavailable'}
`('$story', ({ side, amount, positions, told }) => {
  const given = decision(side, amount, { cash: '-541000', positions });
  const short = positions[0].qty < 0n ? { ...given, account: { ...given.account, cashUsd: dollars('539000') } } : given;
  expect(answer(short).split(' ')[0]).toBe(told);
});

test.each`
  was              | side      | amount
  ${'9'}           | ${'sell'} | ${'8.99999999'}
  ${'-9'}          | ${'buy'}  | ${'8.99999999'}
  ${'0.00000002'}  | ${'sell'} | ${'0.00000001'}
  ${'-0.00000002'} | ${'buy'}  | ${'0.00000001'}
`('$side $amount of $was: one unit of the last decimal is left, and that is a reduction', ({ was, side, amount }) => {
  const fine: Instrument = { ...bitcoin, qtyStep: qty(1n), qtyMin: qty(1n) };
  const given = decision(side, amount, { cash: '-1000000', positions: [held(BTC, was, '0')], instrument: fine });
  expect(answer(given)).toBe('filled');
});

const NO_FEE: Instrument = { ...rainYes, takerFee: { kind: 'probability', rate: ppm(0n) } };
/** Half of a position of 800 shares at 0.62, and the fees of all of it. */
const HALF_OF_800 = held(YES, '400', '248', { feesUsd: dollars('4') });

/** Goal: an outcome may cost 500, fees included: all of it can be lost. */
test.each`
  id                                         | instrument                                        | each      | amount      | positions                                                       | told
  ${'RK-5: 496 and a fee of 4 are 500'}      | ${NO_FEE}                                         | ${'0.62'} | ${'400'}    | ${[HALF_OF_800]}                                                | ${'filled'}
  ${'RK-5: a hundredth of a share more'}     | ${NO_FEE}                                         | ${'0.62'} | ${'400.01'} | ${[HALF_OF_800]}                                                | ${'risk_per_trade_exceeded'}
  ${'RK-7: NO at YES 0.62 costs 0.38'}       | ${{ ...NO_FEE, id: NO, outcome: rainNo.outcome }} | ${'0.38'} | ${'1000'}   | ${[]}                                                           | ${'filled'}
  ${'exactly the limit'}                     | ${NO_FEE}                                         | ${'0.5'}  | ${'1000'}   | ${[]}                                                           | ${'filled'}
  ${'what is held counts'}                   | ${NO_FEE}                                         | ${'0.5'}  | ${'201'}    | ${[held(YES, '1000', '400')]}                                   | ${'risk_per_trade_exceeded'}
  ${'its fees too'}                          | ${NO_FEE}                                         | ${'0.5'}  | ${'200'}    | ${[held(YES, '1000', '400', { feesUsd: dollars('0.000001') })]} | ${'risk_per_trade_exceeded'}
  ${'the other outcome is another position'} | ${NO_FEE}                                         | ${'0.5'}  | ${'1000'}   | ${[held(NO, '1000', '400')]}                                    | ${'filled'}
`('$id', ({ instrument, each, amount, positions, told }) => {
  const book = [`99999@${each}`, `99999@${each}`] as const;
  const quotes = instrument.id === NO ? [] : [quoteOn(NO, '0.4')];
  expect(answer(decision('buy', amount, { instrument, positions, book, quotes })).split(' ')[0]).toBe(told);
});

test('the refusal of a risk says the sum, to the millionth', () => {
  const given = decision('buy', '1000.01', { instrument: rainYes });
  expect(answer(given)).toBe('risk_per_trade_exceeded qty: the position may cost at most $500.00, not $510.0051');
});

test('the refusal of a margin says what there would be and what may be', () => {
  expect(answer(decision('buy', '8.3334'))).toBe(
    'insufficient_margin qty: positions of $500004.00 exceed the $500000.00 allowed',
  );
  const broke = decision('buy', '1', { cash: '-1' });
  expect(answer(broke)).toBe('insufficient_margin qty: positions of $60000.00 exceed the $0.00 allowed');
});

test('an outcome is paid from cash alone: leverage buys no shares', () => {
  const rules = { ...RULES, riskPerTradeUsd: dollars('10000') };
  const poor = (amount: string) => decision('buy', amount, { cash: '100', instrument: NO_FEE, change: { rules } });
  expect(['200', '200.01'].map((amount) => answer(poor(amount)).split(' ')[0])).toEqual([
    'filled',
    'insufficient_margin',
  ]);
});

const amountOf = fc.integer({ min: 10, max: 200_000 }).map((steps) => qty(BigInt(steps) * 10_000n));
const heldOf = fc.integer({ min: -120_000, max: 120_000 }).map((steps) => BigInt(steps) * 10_000n);

test('whatever is held: a reduction is filled, and what adds risk stays within the margin or is refused', () => {
  fc.assert(
    fc.property(fc.constantFrom<Side>('buy', 'sell'), amountOf, heldOf, (side, amount, was) => {
      const positions = was === 0n ? [] : [{ ...held(BTC, '1', '0'), qty: qty(was), costUsd: usd(was * 600n) }];
      const cash = formatUsd(usd(dollars('100000') - was * 600n));
      const given = decision(side, '1', { cash, positions });
      const decided = decideOrder({ ...given, ticket: { ...given.ticket, qty: amount } });
      const is = was + (side === 'buy' ? amount : -amount);
      const isReduction = was !== 0n && is * was >= 0n && absolute(qty(is)) < absolute(qty(was));
      const fits = absolute(qty(is)) * 600n <= dollars('500000');
      expect(decided.ok).toBe(isReduction || fits);
      if (!decided.ok) return;
      expect(positionIn(decided.value.account, BTC)?.qty ?? 0n).toBe(is);
      expect(equityOf(decided.value.account, given.marks)).toBe(dollars('100000'));
    }),
  );
});
