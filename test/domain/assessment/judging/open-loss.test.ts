import fc from 'fast-check';
import { balanceOf } from '../../../../domain/account/account';
import type { Standing } from '../../../../domain/account/standing/standing';
import { breakdownOf } from '../../../../domain/assessment/evidence/verdict-breakdown';
import { judge } from '../../../../domain/assessment/judging/judge';
import { openLossLimit, roomsOf } from '../../../../domain/assessment/rules/limits';
import type { MaxLoss, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { afterPayout } from '../../../../domain/assessment/settlement/payout';
import { formatUsd, parsePpm, portion, ppm, usd } from '../../../../domain/kernel/money';
import {
  accountWith,
  BTC,
  dollars,
  ETH,
  held,
  marks,
  NOW,
  quoteOn,
  standingWith,
} from '../../../fixtures/domain-story';
import { dailyLossOf, maxLossOf, widthFrom } from '../rule-sets';
import { verdictOf, walk } from '../walk';

type OpenLoss = NonNullable<RuleSet['openLoss']>;

const ofStart = (): Standing => standingWith({ dayBalanceUsd: dollars('50000'), highWaterUsd: dollars('50000') });

const openLossOf = (share: string, severity: OpenLoss['severity'] = 'fail'): OpenLoss => ({
  share: parsePpm(share) ?? ppm(0n),
  severity,
});

/** Apex's: 50,000, a threshold of 2,500, of which 30 % may be open as a loss while the day began without a profit. */
const apex = (change: Partial<RuleSet> = {}, maxLoss: Partial<MaxLoss> = {}): RuleSet => ({
  ...maxLossOf('static', '2500', { starting: '50000', ...maxLoss }),
  openLoss: openLossOf('0.3'),
  ...change,
});

/** Goal: `docs/rules.md`, "Open loss": the limit, to the millionth, of days that began with a profit or without. */
test.each`
  story                                             | path                        | verdict
  ${'50k/2 500 → 750: a millionth less'}            | ${'~-749.999999'}           | ${'open'}
  ${'50k/2 500 → 750'}                              | ${'~-750'}                  | ${'failed open_loss d1'}
  ${'a loss that is realized is not open'}          | ${'-2000'}                  | ${'open'}
  ${'nor counts with one that is'}                  | ${'-1000 ~-749.999999'}     | ${'open'}
  ${'which is measured from the balance'}           | ${'-1000 ~-750'}            | ${'failed open_loss d1'}
  ${'profit of 3,000 at day’s begin → 900'}         | ${'+3000 | ~-899.999999'}   | ${'open'}
  ${'900 of it'}                                    | ${'+3000 | ~-900'}          | ${'failed open_loss d2'}
  ${'profit of this very day does not count yet'}   | ${'+3000 ~-750'}            | ${'failed open_loss d1'}
  ${'nor does what the day lost: still 900'}        | ${'+3000 | -2900 ~-899.99'} | ${'open'}
  ${'a small profit is a small limit'}              | ${'+100 | ~-30'}            | ${'failed open_loss d2'}
  ${'the last millionth is the trader’s'}           | ${'+0.000001 | ~'}          | ${'open'}
  ${'and no more than that'}                        | ${'+0.000001 | ~-0.000001'} | ${'failed open_loss d2'}
  ${'a day that began at the start: the threshold'} | ${'+300 -300 | ~-749.99'}   | ${'open'}
  ${'a day that began with a loss: the same'}       | ${'-1000 | ~-749.999999'}   | ${'open'}
  ${'and it touches at 750 again'}                  | ${'-1000 | ~-750'}          | ${'failed open_loss d2'}
  ${'a loss that is carried into a richer day'}     | ${'+3000 ~-700 | ~-899'}    | ${'open'}
  ${'or into a poorer one'}                         | ${'+1000 ~-700 |'}          | ${'failed open_loss d2'}
`('$story: $path', ({ path, verdict }) => {
  expect(walk(apex(), path).told).toBe(verdict);
});

const TRAILING: Partial<MaxLoss> = { mode: 'trailing_intraday', trails: 'equity' };
const SHARE: Partial<MaxLoss> = { ...TRAILING, width: widthFrom('0.05') };
const SAFE: Partial<RuleSet> = { touch: 'safe' };
const CLOSE: Partial<RuleSet> = { openLoss: openLossOf('0.3', 'close') };

/** Goal: the width that stands in for a profit is the one with which the account began, whatever its mark did since. */
test.each`
  story                                  | change                | maxLoss                         | path                  | verdict
  ${'a threshold that trails'}           | ${{}}                 | ${TRAILING}                     | ${'~+900 ~-749.9999'} | ${'open'}
  ${'and is touched'}                    | ${{}}                 | ${TRAILING}                     | ${'~+900 ~-750'}      | ${'failed open_loss d1'}
  ${'a share of the start'}              | ${{}}                 | ${{ width: widthFrom('0.05') }} | ${'~-750'}            | ${'failed open_loss d1'}
  ${'not of a mark that rose to 50,900'} | ${{}}                 | ${SHARE}                        | ${'~+900 ~-750'}      | ${'failed open_loss d1'}
  ${'touching is safe'}                  | ${SAFE}               | ${{}}                           | ${'~-750'}            | ${'open'}
  ${'passing is not'}                    | ${SAFE}               | ${{}}                           | ${'~-750.000001'}     | ${'failed open_loss d1'}
  ${'nothing to close'}                  | ${CLOSE}              | ${{}}                           | ${'~-749.999999'}     | ${'open'}
  ${'closed, not failed'}                | ${CLOSE}              | ${{}}                           | ${'~-750'}            | ${'close d1'}
  ${'no such limit'}                     | ${{ openLoss: null }} | ${{}}                           | ${'~-2499.999999'}    | ${'open'}
`('$story: $path', ({ change, maxLoss, path, verdict }) => {
  expect(walk(apex(change, maxLoss), path).told).toBe(verdict);
});

const daily = (width: string) => ({ dailyLoss: dailyLossOf('balance', width).dailyLoss });
const risk = (limit: string): Partial<RuleSet> => ({
  riskPerTrade: {
    limitUsd: dollars(limit),
    severity: 'fail',
    stopWithinMs: null,
    stopSeverity: 'fail',
    stopCorrection: null,
    plan: 'unjudged',
    stopMissesToFail: null,
  },
});

/** Goal: the higher floor is the reason; at a tie every other limit comes before the open loss. */
test.each`
  tied                                  | change                           | maxLoss | path          | verdict
  ${'daily loss of the same width'}     | ${daily('750')}                  | ${{}}   | ${'~-750'}    | ${'failed daily_loss d1'}
  ${'daily loss of a wider one'}        | ${daily('751')}                  | ${{}}   | ${'~-751'}    | ${'failed open_loss d1'}
  ${'after a loss the daily is higher'} | ${daily('751')}                  | ${{}}   | ${'-2 ~-750'} | ${'failed daily_loss d1'}
  ${'risk of the same'}                 | ${risk('750')}                   | ${{}}   | ${'~-750'}    | ${'failed risk_per_trade d1'}
  ${'risk of more'}                     | ${risk('751')}                   | ${{}}   | ${'~-751'}    | ${'failed open_loss d1'}
  ${'the whole of the threshold'}       | ${{ openLoss: openLossOf('1') }} | ${{}}   | ${'~-2500'}   | ${'failed max_drawdown d1'}
`('$tied: $verdict', ({ change, maxLoss, path, verdict }) => {
  expect(walk(apex(change, maxLoss), path).told).toBe(verdict);
});

test('a limit that only closes holds back a pass while it is touched', () => {
  const target = { profitUsd: dollars('100'), counts: 'realized', closesAll: false } as const;
  const rules = apex({ ...CLOSE, target });
  expect(walk(rules, '+100 ~-750').told).toBe('passed d1');
  const account = accountWith('-9900', [held(BTC, '1', '60000')], {
    standing: ofStart(),
  });
  expect(verdictOf(judge(rules, account, marks(quoteOn(BTC, '59250')), NOW))).toBe('close');
  expect(verdictOf(judge(rules, account, marks(quoteOn(BTC, '59250.000001')), NOW))).toBe('passed');
});

test('what is open of all positions counts together, fees that are paid do not', () => {
  const positions = [held(BTC, '1', '60000', { feesUsd: dollars('156') }), held(ETH, '-10', '-30000')];
  const account = accountWith('19844', positions, { standing: ofStart() });
  const at = (bid: string, ask: string) => {
    const prices = marks(quoteOn(BTC, bid), quoteOn(ETH, ask));
    const judged = judge(apex(), account, prices, NOW);
    const { limitUsd, usedUsd, roomUsd, floorUsd } = judged.rooms.find(({ rule }) => rule === 'open_loss') ?? NO_ROOM;
    return [verdictOf(judged), ...[limitUsd, usedUsd, roomUsd, floorUsd ?? usd(0n)].map(formatUsd)].join(' ');
  };
  expect(at('59500', '3024.99')).toBe('open 750.00 749.90 0.10 49094.00');
  expect(at('59500', '3025')).toBe('failed open_loss 750.00 750.00 0.00 49094.00');
  expect(at('59000', '2950')).toBe('open 750.00 500.00 250.00 49094.00');
  expect(at('61000', '3000')).toBe('open 750.00 0.00 1750.00 49094.00');
});

const NO_ROOM = { limitUsd: usd(0n), usedUsd: usd(0n), roomUsd: usd(0n), floorUsd: null };

test('a payout takes from the profit with which the day began', () => {
  const { account } = walk(apex(), '+3000 |');
  const limits = ['0', '1000', '2999.999999', '3000'].map((paid) =>
    formatUsd(openLossLimit(apex(), afterPayout(apex(), account, dollars(paid))) ?? usd(0n)),
  );
  expect(limits).toEqual(['900.00', '600.00', '0.000001', '750.00']);
});

/** Goal: the sum that led to the verdict, with what the limit is a share of. */
test.each`
  path               | counts
  ${'~-750.5'}       | ${'profit none'}
  ${'+3000 | ~-900'} | ${'profit'}
`('the arithmetic of $path', ({ path, counts }) => {
  const { account, judgement, at } = walk(apex(), path);
  const floatUsd = judgement.equityUsd - judgement.balanceUsd;
  const bid = formatUsd(usd(dollars('60000') + floatUsd));
  const lines = breakdownOf({ rules: apex(), account, quotes: [quoteOn(BTC, bid)], at }, judgement);
  const told = lines.map(({ label, value }) => `${label}: ${value}`);
  expect(told).toEqual(
    counts === 'profit'
      ? [
          'cash: -7000.00',
          'BTC-USD: 1 × 59100: 59100.00',
          'equity: 52100.00',
          'cash: -7000.00',
          'BTC-USD: cost: 60000.00',
          'balance: 53000.00',
          'loss that is open: 900.00',
          'balance with which the day began: 53000.00',
          'starting balance: 50000.00',
          'profit with which the day began: 3000.00',
          'limit: 0.3 of it: 900.00',
          'floor: 52100.00',
          'room: 0.00',
        ]
      : [
          'cash: -10000.00',
          'BTC-USD: 1 × 59249.5: 59249.50',
          'equity: 49249.50',
          'cash: -10000.00',
          'BTC-USD: cost: 60000.00',
          'balance: 50000.00',
          'loss that is open: 750.50',
          'balance with which the day began: 50000.00',
          'starting balance: 50000.00',
          'width of the maximum loss: 2500.00',
          'limit: 0.3 of it: 750.00',
          'floor: 49250.00',
          'room: -0.50',
        ],
  );
});

test('it breaks exactly when equity is the limit or more below the balance, whatever made the balance', () => {
  const cents = (max: bigint) => fc.bigInt({ min: -max, max }).map((n) => n * 10_000n);
  fc.assert(
    fc.property(
      cents(500_000n),
      cents(300_000n),
      fc.bigInt({ min: 0n, max: 2_000_000_000n }),
      fc.bigInt({ min: 1n, max: 1_000_000n }),
      (began, since, loss, share) => {
        const rules = {
          ...apex({}, { width: widthFrom('49999') }),
          openLoss: { ...openLossOf('1'), share: ppm(share) },
        };
        const standing = standingWith({ dayBalanceUsd: usd(50_000_000_000n + began) });
        const account = accountWith('0', [held(BTC, '1', '60000')], { standing });
        const funded = { ...account, cashUsd: usd(50_000_000_000n + began + since - 60_000_000_000n) };
        const equity = usd(balanceOf(funded) - loss);
        const limit = portion(began > 0n ? usd(began) : dollars('49999'), ppm(share), 'ceil');
        const room = roomsOf(rules, funded, equity, marks()).find(({ rule }) => rule === 'open_loss');
        expect([room?.limitUsd, room?.usedUsd, room?.roomUsd]).toEqual([limit, loss, limit - loss]);
      },
    ),
  );
});
