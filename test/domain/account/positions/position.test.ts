import fc from 'fast-check';
import {
  closingPart,
  exitPrice,
  exitValue,
  type Position,
  trade,
  valueAt,
} from '../../../../domain/account/positions/position';
import {
  absolute,
  formatPrice,
  formatQty,
  formatUsd,
  notional,
  type Price,
  price,
  qty,
  subUsd,
  type Usd,
  usd,
} from '../../../../domain/kernel/money';
import { at, BTC, dollars, held, NO, NOW, quoteOn, units, YES } from '../../../fixtures/domain-story';

type Step = { readonly signedQty: bigint; readonly price: bigint; readonly feeUsd: bigint };

/** `+1@100~2` buys one at 100 for a fee of 2, `-1@100` sells. */
const stepOf = (text: string): Step => {
  const [order = '', fee = '0'] = text.slice(1).split('~');
  const [amount = '', each = ''] = order.split('@');
  const size = units(amount);
  return { signedQty: text.startsWith('-') ? -size : size, price: at(each), feeUsd: dollars(fee) };
};

/** Money moves as in an order: a buy pays its cost rounded up, a sale brings its value rounded down. */
function take(position: Position | undefined, { signedQty, price: each, feeUsd }: Step) {
  const gross = notional(price(each), absolute(qty(signedQty)), signedQty > 0n ? 'ceil' : 'floor');
  const cashUsd = usd(signedQty > 0n ? -gross : gross);
  const side = signedQty > 0n ? 'buy' : 'sell';
  const move = {
    instrument: BTC,
    side,
    qty: absolute(qty(signedQty)),
    cashUsd,
    feeUsd: usd(feeUsd),
    filledAt: NOW,
  } as const;
  return { ...trade(position, move), cashUsd };
}

function follow(steps: readonly Step[]) {
  let position: Position | undefined;
  let [realizedUsd, cashUsd, feesUsd, closed] = [0n, 0n, 0n, 0];
  for (const step of steps) {
    const traded = take(position, step);
    position = traded.position;
    realizedUsd += traded.realizedUsd;
    cashUsd += traded.cashUsd;
    feesUsd += step.feeUsd;
    closed += traded.closedTrade ? 1 : 0;
  }
  return { position, realizedUsd, cashUsd, feesUsd, closed };
}

const told = (position: Position | undefined): string => {
  if (!position) return 'flat';
  const [cost, realized, fees] = [position.costUsd, position.realizedUsd, position.feesUsd].map(formatUsd);
  return `${formatQty(position.qty)} for ${cost}, ${realized} ${fees}`;
};

/** Goal: what is held after each path (quantity for cost, realized and fees since flat), and what was realized. */
test.each`
  story                                     | path                                 | left                                    | realized        | closed
  ${'a purchase'}                           | ${'+1@100~1'}                        | ${'1 for 100.00, 0.00 1.00'}            | ${'0.00'}       | ${0}
  ${'a second one adds up'}                 | ${'+1@100~1 +1@120~1'}               | ${'2 for 220.00, 0.00 2.00'}            | ${'0.00'}       | ${0}
  ${'half of it sold'}                      | ${'+2@100~1 -1@130~1'}               | ${'1 for 100.00, 30.00 2.00'}           | ${'30.00'}      | ${0}
  ${'sold at the average of two'}           | ${'+1@100 +1@120 -1@110'}            | ${'1 for 110.00, 0.00 0.00'}            | ${'0.00'}       | ${0}
  ${'all of it sold'}                       | ${'+1@100~1 -1@130~1'}               | ${'flat'}                               | ${'30.00'}      | ${1}
  ${'sold in two parts: one trade'}         | ${'+2@100 -1@130 -1@90'}             | ${'flat'}                               | ${'20.00'}      | ${1}
  ${'a short sale'}                         | ${'-1@100~1'}                        | ${'-1 for -100.00, 0.00 1.00'}          | ${'0.00'}       | ${0}
  ${'a second one adds up'}                 | ${'-1@100 -1@90'}                    | ${'-2 for -190.00, 0.00 0.00'}          | ${'0.00'}       | ${0}
  ${'half of it bought back'}               | ${'-2@100 +1@90~1'}                  | ${'-1 for -100.00, 10.00 1.00'}         | ${'10.00'}      | ${0}
  ${'bought back at a loss'}                | ${'-1@100 +1@130'}                   | ${'flat'}                               | ${'-30.00'}     | ${1}
  ${'long to short'}                        | ${'+1@100~1 -3@110~3'}               | ${'-2 for -220.00, 0.00 2.00'}          | ${'10.00'}      | ${1}
  ${'short to long'}                        | ${'-1@100~1 +3@110~3'}               | ${'2 for 220.00, 0.00 2.00'}            | ${'-10.00'}     | ${1}
  ${'a new position forgets the old one'}   | ${'+1@100~5 -1@50~5 +1@50~1'}        | ${'1 for 50.00, 0.00 1.00'}             | ${'-50.00'}     | ${1}
  ${'a reversal forgets what was realized'} | ${'+2@100 -1@50 -2@60~2'}            | ${'-1 for -60.00, 0.00 1.00'}           | ${'-90.00'}     | ${1}
  ${'a reversal that does not divide'}      | ${'+1@100 -3@0.3333336~0.00001'}     | ${'-2 for -0.666667, 0.00 0.000007'}    | ${'-99.666667'} | ${1}
  ${'one such unit is left'}                | ${'+0.00000002@100 -0.00000001@100'} | ${'0.00000001 for 0.000001, 0.00 0.00'} | ${'0.00'}       | ${0}
  ${'reversed to one such unit'}            | ${'-0.00000001@100 +0.00000002@100'} | ${'0.00000001 for 0.000001, 0.00 0.00'} | ${'0.00'}       | ${1}
  ${'one unit of the last decimal'}         | ${'+0.00000001@100 -0.00000001@100'} | ${'flat'}                               | ${'0.00'}       | ${1}
  ${'and short'}                            | ${'-0.00000001@100 +0.00000001@100'} | ${'flat'}                               | ${'0.00'}       | ${1}
  ${'two trades'}                           | ${'+1@100 -1@101 -1@101 +1@100'}     | ${'flat'}                               | ${'2.00'}       | ${2}
  ${'a third of a cost that has no third'}  | ${'+3@0.33333333 -1@0.33333333'}     | ${'2 for 0.666666, -0.000001 0.00'}     | ${'-0.000001'}  | ${0}
`('$story: $path', ({ path, left, realized, closed }) => {
  const end = follow(path.split(' ').map(stepOf));
  expect([told(end.position), formatUsd(usd(end.realizedUsd)), end.closed]).toEqual([left, realized, closed]);
});

const step = fc.record({
  signedQty: fc
    .bigInt({ min: -7n, max: 7n })
    .filter((n) => n !== 0n)
    .map((n) => n * 33_333_333n),
  price: fc.bigInt({ min: 1n, max: 10n ** 12n }),
  feeUsd: fc.bigInt({ min: 0n, max: 10n ** 7n }),
});
const path = fc.array(step, { minLength: 1, maxLength: 40 });

test('what is held is the sum of what was traded', () => {
  fc.assert(
    fc.property(path, (steps) => {
      const { position } = follow(steps);
      expect(position?.qty ?? 0n).toBe(steps.reduce((sum, each) => sum + each.signedQty, 0n));
      expect(position?.qty).not.toBe(0n);
    }),
  );
});

test('no dollar is made or lost: cash, cost and realized profit balance to the millionth', () => {
  fc.assert(
    fc.property(path, (steps) => {
      const { position, cashUsd, realizedUsd } = follow(steps);
      expect(cashUsd + (position?.costUsd ?? 0n)).toBe(realizedUsd);
    }),
  );
});

test('a long costs money, a short brings it', () => {
  fc.assert(
    fc.property(path, (steps) => {
      const { position } = follow(steps);
      if (!position) return;
      expect(position.qty > 0n ? position.costUsd >= 0n : position.costUsd <= 0n).toBe(true);
    }),
  );
});

test('a trade is complete when a position reaches flat or passes through it, and at no other time', () => {
  fc.assert(
    fc.property(path, (steps) => {
      let position: Position | undefined;
      for (const each of steps) {
        const [before, after] = [position?.qty ?? 0n, (position?.qty ?? 0n) + each.signedQty];
        const traded = take(position, each);
        const reachesFlat = before !== 0n && (after === 0n || before > 0n !== after > 0n);
        expect(traded.closedTrade).toBe(reachesFlat);
        position = traded.position;
      }
    }),
  );
});

test('a fill that only adds realizes nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
      const bought = steps.map((each) => ({ ...each, signedQty: absolute(qty(each.signedQty)) }));
      const sold = bought.map((each) => ({ ...each, signedQty: -each.signedQty }));
      expect([follow(bought).realizedUsd, follow(sold).realizedUsd]).toEqual([0n, 0n]);
    }),
  );
});

/** Goal: what a position is worth and has made at a quote: longs at the bid, shorts at the ask. */
test.each`
  story                                     | position                           | bid       | ask       | exit      | worth          | made
  ${'a long'}                               | ${held(BTC, '2', '200')}           | ${'110'}  | ${'111'}  | ${'110'}  | ${'220.00'}    | ${'20.00'}
  ${'a long in loss'}                       | ${held(BTC, '2', '200')}           | ${'90'}   | ${'111'}  | ${'90'}   | ${'180.00'}    | ${'-20.00'}
  ${'a short'}                              | ${held(BTC, '-2', '-200')}         | ${'80'}   | ${'90'}   | ${'90'}   | ${'-180.00'}   | ${'20.00'}
  ${'a short in loss'}                      | ${held(BTC, '-2', '-200')}         | ${'80'}   | ${'130'}  | ${'130'}  | ${'-260.00'}   | ${'-60.00'}
  ${'a crumb is worth nothing'}             | ${held(BTC, '0.00000001', '0.01')} | ${'99'}   | ${'199'}  | ${'99'}   | ${'0.00'}      | ${'-0.01'}
  ${'a short crumb costs a millionth'}      | ${held(BTC, '-0.00000001', '0')}   | ${'99'}   | ${'99'}   | ${'99'}   | ${'-0.000001'} | ${'-0.000001'}
  ${'PM-4: NO at YES 0.70, marked at 0.75'} | ${held(NO, '1000', '300')}         | ${'0.25'} | ${'0.26'} | ${'0.25'} | ${'250.00'}    | ${'-50.00'}
  ${'PM-1: YES at 0.40 resolves YES'}       | ${held(YES, '1000', '400')}        | ${'1'}    | ${'1'}    | ${'1'}    | ${'1000.00'}   | ${'600.00'}
  ${'PM-2: YES at 0.40 resolves NO'}        | ${held(YES, '1000', '400')}        | ${'0'}    | ${'0'}    | ${'0'}    | ${'0.00'}      | ${'-400.00'}
`('$story', ({ position, bid, ask, exit, worth, made }) => {
  const quote = quoteOn(position.instrument, bid, ask);
  const value = exitValue(position, quote) as Usd;
  expect([
    formatPrice(exitPrice(position, quote) as Price),
    formatUsd(value),
    formatUsd(subUsd(value, position.costUsd)),
  ]).toEqual([exit, worth, made]);
});

test.each`
  story        | position                   | missing  | worth
  ${'a long'}  | ${held(BTC, '2', '200')}   | ${'ask'} | ${'198.00'}
  ${'a long'}  | ${held(BTC, '2', '200')}   | ${'bid'} | ${null}
  ${'a short'} | ${held(BTC, '-2', '-200')} | ${'bid'} | ${'-202.00'}
  ${'a short'} | ${held(BTC, '-2', '-200')} | ${'ask'} | ${null}
`('$story while nobody quotes the $missing is worth $worth', ({ position, missing, worth }) => {
  const value = exitValue(position, { ...quoteOn(BTC, '99', '101'), [missing]: null });
  expect(value && formatUsd(value)).toBe(worth);
});

test('what a position shows as unrealized is what closing it at that price realizes', () => {
  fc.assert(
    fc.property(path, fc.bigInt({ min: 1n, max: 10n ** 12n }), (steps, each) => {
      const { position } = follow(steps);
      if (!position) return;
      const closed = take(position, { signedQty: -position.qty, price: each, feeUsd: 0n });
      expect(closed.realizedUsd).toBe(subUsd(valueAt(position, price(each)), position.costUsd));
    }),
  );
});

const dust = fc.record({
  signedQty: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }).filter((amount) => amount !== 0n),
  price: fc.bigInt({ min: 1n, max: 10n ** 9n }),
  feeUsd: fc.bigInt({ min: 0n, max: 10n ** 4n }),
});

/** Goal: rounding makes and loses no money: the parts of closings and of turned positions are the whole, to the millionth. */
test('whatever is opened, closed in part and turned around: cash is cost and result, and fees are all of the fees', () => {
  fc.assert(
    fc.property(fc.array(dust, { minLength: 1, maxLength: 12 }), (steps) => {
      const { position, realizedUsd, cashUsd } = follow(steps);
      expect(cashUsd + (position?.costUsd ?? 0n)).toBe(realizedUsd);
    }),
  );
});

test('a fill that turns a position is its closing part and its opening part, neither more nor less', () => {
  const size = fc.bigInt({ min: 1n, max: 10n ** 9n });
  fc.assert(
    fc.property(size, size, fc.bigInt({ min: 1n, max: 10n ** 9n }), size, (open, more, each, fee) => {
      const held = take(undefined, { signedQty: open, price: each, feeUsd: 0n }).position;
      if (!held) throw new Error('it is open');
      const turning = { signedQty: -(open + more), price: each, feeUsd: fee };
      const { position, cashUsd, closedTrade } = take(held, turning);
      const closing = closingPart(held, { qty: qty(open + more), cashUsd, feeUsd: usd(fee) });
      expect(closedTrade).toBe(true);
      expect([closing.qty + absolute(position?.qty ?? qty(0n)), closing.cashUsd - (position?.costUsd ?? 0n)]).toEqual([
        open + more,
        cashUsd,
      ]);
      expect(closing.feeUsd + (position?.feesUsd ?? 0n)).toBe(fee);
    }),
  );
});
