import fc from 'fast-check';
import type { Account } from '../../../../domain/account/account';
import { fold } from '../../../../domain/account/evolve';
import { flatStanding } from '../../../../domain/account/standing/flat-standing';
import { gatesOf } from '../../../../domain/assessment/judging/gates';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { settlePosition } from '../../../../domain/assessment/settlement/settle-position';
import { type FillId, idOf, type OrderId } from '../../../../domain/kernel/ids';
import { plusMs } from '../../../../domain/kernel/instant';
import { formatUsd, ppm, usd } from '../../../../domain/kernel/money';
import {
  accountWith,
  at,
  BTC,
  bitcoin,
  bookOf,
  dollars,
  held,
  levelsOf,
  NOW,
  RULES,
  rainYes,
  YES,
} from '../../../fixtures/domain-story';
import { filledOn, inDayOf } from '../../decided';

const DAY_MS = 86_400_000;
const FREE = { ...bitcoin, takerFee: { kind: 'proportional' as const, rate: ppm(0n) } };

const sized = (share: bigint): RuleSet => ({
  ...RULES,
  activity: { ...RULES.activity, daysMin: 1, dayCountsIf: 'size', daySizeShareMin: ppm(share) },
});

/** `+2@100 -1@90 | -1@95`: buys two, sells one of them, and the other on the next day. */
function traded(rules: RuleSet, path: string, start: Account = accountWith('1000000')): Account {
  let [account, now] = [start, NOW];
  for (const step of path.split(' ')) {
    now = plusMs(now, step === '|' ? DAY_MS : 1);
    account = step === '|' ? inDayOf(account, rules, now) : filled(rules, account, step);
  }
  return account;
}

function filled(rules: RuleSet, account: Account, step: string): Account {
  const side = step.startsWith('+') ? 'buy' : 'sell';
  const levels = levelsOf(step.slice(1));
  const made = { fillId: idOf<FillId>('f'), part: 1, liquidity: 'taker', levels, at: NOW } as const;
  const ticket = { orderId: idOf<OrderId>('o'), side } as const;
  return filledOn({ rules, account }, ticket, { instrument: FREE, book: bookOf('', '') }, made).account;
}

const SHARE = 700_000n;

/** Goal: what is the size of a trade: what its position cost at its largest. */
test.each`
  story                                         | path                                | sizes       | open
  ${'one order each way, whatever it is paid'}  | ${'+1@100 -1@170'}                  | ${'100.00'} | ${'-'}
  ${'a short: what it was sold for'}            | ${'-1@100 +1@170'}                  | ${'100.00'} | ${'-'}
  ${'enlarged: all of it'}                      | ${'+1@100 +1@120 -2@90'}            | ${'220.00'} | ${'-'}
  ${'reduced, then closed: before it was'}      | ${'+3@100 -2@90 -1@90'}             | ${'300.00'} | ${'-'}
  ${'reduced twice: before the first'}          | ${'+4@100 -1@90 -1@90 -2@90'}       | ${'400.00'} | ${'-'}
  ${'reduced and enlarged beyond it'}           | ${'+2@100 -1@90 +3@100 -4@90'}      | ${'400.00'} | ${'-'}
  ${'reduced and enlarged to less'}             | ${'+3@100 -2@90 +1@150 -2@90'}      | ${'300.00'} | ${'-'}
  ${'a short that was covered in part'}         | ${'-3@100 +2@90 +1@90'}             | ${'300.00'} | ${'-'}
  ${'reversed: what was there, not what comes'} | ${'+1@100 -4@90'}                   | ${'100.00'} | ${'-'}
  ${'reversed, and the other way closed'}       | ${'+1@100 -4@90 +3@80'}             | ${'370.00'} | ${'-'}
  ${'the next one begins anew'}                 | ${'+3@100 -2@90 -1@90 +1@100 -1@9'} | ${'400.00'} | ${'-'}
  ${'still open: no trade yet'}                 | ${'+3@100 -2@90'}                   | ${'0.00'}   | ${'300.00'}
`('$story', ({ path, sizes, open }) => {
  const { tradeSizesUsd, reducedFromUsd } = flatStanding(traded(sized(SHARE), path).standing);
  const reduced = reducedFromUsd[BTC];
  expect([formatUsd(tradeSizesUsd), reduced === undefined ? '-' : formatUsd(reduced)]).toEqual([sizes, open]);
});

/** Goal: a day counts by a trade of 70 % of the average, itself among them: of 130 and 70 the average is 100. */
test.each`
  story                                  | share       | path                                       | counted | today
  ${'the first is the average'}          | ${1000000n} | ${'+1@100 -1@90'}                          | ${0}    | ${1}
  ${'exactly the share'}                 | ${SHARE}    | ${'+1@130 -1@90 | +1@70 -1@60'}            | ${1}    | ${1}
  ${'a millionth of a dollar less'}      | ${SHARE}    | ${'+1@130 -1@90 | +1@69.999999 -1@60'}     | ${1}    | ${0}
  ${'a millionth of the share more'}     | ${700001n}  | ${'+1@130 -1@90 | +1@70 -1@60'}            | ${1}    | ${0}
  ${'opened, not closed'}                | ${SHARE}    | ${'+1@130'}                                | ${0}    | ${0}
  ${'one of two is enough'}              | ${SHARE}    | ${'+1@100 -1@90 | +1@1 -1@1 +1@100 -1@90'} | ${1}    | ${1}
  ${'many small ones lower the average'} | ${SHARE}    | ${'+1@91 -1@9 +1@1 -1@1 | +1@1 -1@1'}      | ${1}    | ${0}
  ${'until they are the average'}        | ${SHARE}    | ${'+1@2 -1@9 +1@1 -1@1 | +1@1 -1@1'}       | ${1}    | ${1}
  ${'those of an earlier day are kept'}  | ${SHARE}    | ${'+1@130 -1@90 | | +1@70 -1@60 |'}        | ${2}    | ${0}
  ${'a trade of before counts once'}     | ${SHARE}    | ${'+1@130 -1@90 |'}                        | ${1}    | ${0}
`('$story', ({ share, path, counted, today }) => {
  const rules = sized(share);
  const account = traded(rules, path);
  expect([account.standing.days.counted, account.standing.day.sized]).toEqual([counted, today]);
  const days = gatesOf(rules, account, account.cashUsd).find(({ gate }) => gate === 'days');
  expect(days?.have).toBe(BigInt(counted + Math.min(today, 1)));
});

test('an outcome that settles is a trade of what it cost, whatever it pays', () => {
  const settled = (price: string, cost: string) => {
    const before = traded(sized(SHARE), '+1@130 -1@90');
    const holder = { ...before, positions: [held(YES, '1000', cost)] };
    const resolved = { ...rainYes, status: 'resolved', payout: { kind: 'pays', price: at(price) } } as const;
    const { standing } = fold(sized(SHARE), holder, settlePosition(holder, resolved, NOW));
    const { tradeSizesUsd, daySized } = flatStanding(standing);
    return [formatUsd(tradeSizesUsd), daySized];
  };
  expect([settled('1', '70'), settled('0', '70')]).toEqual([
    ['200.00', 2],
    ['200.00', 2],
  ]);
  expect(settled('1', '69.999999')).toEqual(['199.999999', 1]);
});

test('a trade is sized exactly when it is its share of the average of all, rounded by nothing', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 1_000_000 }), (each, share) => {
      const path = each.map((size) => `+1@${size} -1@1`).join(' ');
      const { standing, tradesClosed } = traded(sized(BigInt(share)), path);
      const isSized = (size: number, index: number) => {
        const total = each.slice(0, index + 1).reduce((sum, one) => sum + one, 0);
        return size * (index + 1) * 1_000_000 >= share * total;
      };
      expect([standing.day.sized, tradesClosed]).toEqual([each.filter(isSized).length, each.length]);
      expect(standing.trades.sizesUsd).toBe(usd(dollars('1') * BigInt(each.reduce((sum, one) => sum + one, 0))));
    }),
  );
});
