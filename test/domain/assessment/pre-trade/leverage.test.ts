import fc from 'fast-check';
import { marginOf } from '../../../../domain/assessment/pre-trade/exposure';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { type InstrumentId, idOf } from '../../../../domain/kernel/ids';
import { formatUsd, type Ppm, ppm, qty, usd } from '../../../../domain/kernel/money';
import {
  accountWith,
  BTC,
  bitcoin,
  dollars,
  ETH,
  held,
  INSTRUMENTS,
  marks,
  quoteOn,
  RULES,
} from '../../../fixtures/domain-story';
import { toldLast } from '../../../fixtures/trading-story';

const times = (whole: bigint): Ppm => ppm(whole * 1_000_000n);

type Exposure = RuleSet['exposure'];

/** Rules that never judge, so that the leverage alone speaks. */
const calm = (exposure: Partial<Exposure>): RuleSet => ({
  ...RULES,
  maxLoss: { ...RULES.maxLoss, width: { kind: 'usd', usd: dollars('10000000') } },
  dailyLoss: null,
  riskPerTrade: null,
  exposure: { ...RULES.exposure, ...exposure },
});

const DEEP = 'book 9999@60000 / 9999@60000; ETH book 9999@3000 / 9999@3000; YES book 99999@0.4 / 99999@0.4';
const verdict = (text: string): string => (text.includes('_') ? text : 'filled');
const ETH_AT_2 = { leverageOf: [{ instrument: ETH, leverageMax: times(2n) }] };
const ETH_AT_10 = { leverageOf: [{ instrument: ETH, leverageMax: times(10n) }] };
const ODD = { leverageMax: times(7n), leverageOf: [{ instrument: ETH, leverageMax: times(3n) }] };

/** Goal: each asset binds its own margin. 100,000 carry 66 ETH at 3,000 twice, 333 ten times. */
test.each`
  story                              | caps         | steps                                  | told
  ${'one with less leverage'}        | ${ETH_AT_2}  | ${'ETH buy 66.6666'}                   | ${'filled'}
  ${'beyond it'}                     | ${ETH_AT_2}  | ${'ETH buy 66.6667'}                   | ${'insufficient_margin'}
  ${'a short likewise'}              | ${ETH_AT_2}  | ${'ETH sell 66.6667'}                  | ${'insufficient_margin'}
  ${'the others keep theirs'}        | ${ETH_AT_2}  | ${'buy 8.3333'}                        | ${'filled'}
  ${'one with more leverage'}        | ${ETH_AT_10} | ${'ETH buy 333.3333'}                  | ${'filled'}
  ${'and beyond that'}               | ${ETH_AT_10} | ${'ETH buy 333.3334'}                  | ${'insufficient_margin'}
  ${'half of each'}                  | ${ETH_AT_2}  | ${'ETH buy 33.3333; buy 4.1666'}       | ${'filled'}
  ${'and a crumb'}                   | ${ETH_AT_2}  | ${'ETH buy 33.3333; buy 4.1668'}       | ${'insufficient_margin'}
  ${'what rests binds at its own'}   | ${ETH_AT_2}  | ${'ETH buy 50 limit 2000; buy 4.1667'} | ${'insufficient_margin'}
  ${'halves of thirds and sevenths'} | ${ODD}       | ${'ETH buy 50; buy 5.8333'}            | ${'filled'}
  ${'and no crumb beyond'}           | ${ODD}       | ${'ETH buy 50; buy 5.8334'}            | ${'insufficient_margin'}
  ${'shares have none'}              | ${ETH_AT_2}  | ${'YES buy 1000; buy 8.3333'}          | ${'insufficient_margin'}
`('a leverage of its own: $story', ({ caps, steps, told }) => {
  expect(verdict(toldLast(`${DEEP}; ${steps}`, { rules: calm(caps) }))).toBe(told);
});

const SOL = idOf<InstrumentId>('SOL-USD');
const CATALOGUE = new Map([...INSTRUMENTS, [SOL, { ...bitcoin, id: SOL }]]);
const QUOTES = marks(...[BTC, ETH, SOL].map((id) => quoteOn(id, '1')));

type Bet = { readonly id: InstrumentId; readonly worth: bigint; readonly leverage: bigint };

/** A position of each, long or short, in millionths of a dollar at a price of 1; equity is what is wanted. */
function isWithin(exposure: Partial<Exposure>, bets: readonly Bet[], equityUsd: bigint): boolean {
  const positions = bets.filter(({ worth }) => worth !== 0n).map(({ id, worth }) => sized(id, worth));
  const cash = equityUsd - bets.reduce((sum, { worth }) => sum + worth, 0n);
  const account = { ...accountWith('0', positions), cashUsd: usd(cash) };
  const margin = marginOf({ rules: calm(exposure), instruments: CATALOGUE, account }, QUOTES);
  if (!margin) throw new Error('every position has a price');
  expect([margin.equityUsd, margin.maxUsd]).toEqual([equityUsd, equityUsd]);
  return margin.usedUsd <= margin.maxUsd;
}

const sized = (id: InstrumentId, worth: bigint) => ({ ...held(id, '1', '0'), qty: qty(worth * 100n) });
const size = (worth: bigint): bigint => (worth < 0n ? -worth : worth);

const worth = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n });
const leverage = fc.bigInt({ min: 1n, max: 100n });
const betOn = (id: InstrumentId) => fc.record({ id: fc.constant(id), worth, leverage });
const bets = fc.tuple(betOn(BTC), betOn(ETH), betOn(SOL));
/** How far beside the edge an equity lies, in millionths. */
const beside = fc.bigInt({ min: -2n, max: 2n });

test('with one leverage for all: positions are worth at most that many times the equity', () => {
  fc.assert(
    fc.property(bets, leverage, beside, (all, each, off) => {
      const notional = all.reduce((sum, bet) => sum + size(bet.worth), 0n);
      const equity = notional / each + off;
      const isAllowed = notional <= each * equity;
      expect(isWithin({ leverageMax: times(each) }, all, equity)).toBe(isAllowed);
      const same = [{ instrument: ETH, leverageMax: times(each) }];
      expect(isWithin({ leverageMax: times(each), leverageOf: same }, all, equity)).toBe(isAllowed);
    }),
  );
});

test('with a leverage of each: not a fraction of a millionth is rounded away or added', () => {
  fc.assert(
    fc.property(bets, beside, (all, off) => {
      const multiple = all.reduce((product, bet) => product * bet.leverage, 1n);
      const bound = all.reduce((sum, bet) => sum + size(bet.worth) * (multiple / bet.leverage), 0n);
      const equity = bound / multiple + off;
      const leverageOf = all.map(({ id, leverage: each }) => ({ instrument: id, leverageMax: times(each) }));
      expect(isWithin({ leverageMax: times(1n), leverageOf }, all, equity)).toBe(bound <= multiple * equity);
    }),
  );
});

test('what is bound is said rounded up to a millionth', () => {
  const account = accountWith('100', [sized(BTC, 1_000_000n), sized(ETH, 1_000_000n)]);
  const margin = marginOf({ rules: calm({ leverageMax: times(3n) }), instruments: CATALOGUE, account }, QUOTES);
  expect(formatUsd(margin?.usedUsd ?? usd(0n))).toBe('0.666667');
});
