import { type Account, equityOf } from '../../../../domain/account/account';
import { shownRooms } from '../../../../domain/assessment/commands/shown-rooms';
import { waysOut } from '../../../../domain/assessment/commands/way-out';
import { judge } from '../../../../domain/assessment/judging/judge';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { formatUsd, ppm } from '../../../../domain/kernel/money';
import type { Quote } from '../../../../domain/market/book';
import {
  accountWith,
  BTC,
  bitcoin,
  changedStanding,
  dollars,
  ETH,
  ether,
  held,
  marks,
  NOW,
  quoteOn,
  RULES,
  standingWith,
} from '../../../fixtures/domain-story';

const FEE = { kind: 'proportional', rate: ppm(4_000n) } as const;
const instruments = new Map([bitcoin, ether].map((each) => [each.id, { ...each, takerFee: FEE }]));

/** 10,000 that may lose 1,000 in all, 500 a day and 300 in one position: the smallest tier on sale. */
const SPRINT: RuleSet = {
  ...RULES,
  startingUsd: dollars('10000'),
  target: { profitUsd: dollars('800'), counts: 'realized_flat', closesAll: false },
  maxLoss: { ...RULES.maxLoss, width: { kind: 'usd', usd: dollars('1000') } },
  dailyLoss: { anchor: 'balance', width: { kind: 'usd', usd: dollars('500') }, severity: 'fail', gainCapUsd: null },
  riskPerTrade: {
    limitUsd: dollars('300'),
    severity: 'fail',
    stopWithinMs: null,
    stopSeverity: 'close',
    stopCorrection: null,
    plan: 'unjudged',
    stopMissesToFail: null,
  },
};

const sprint = (cash: string, positions: Account['positions'], more: Partial<Account> = {}) =>
  accountWith(cash, positions, {
    dayAnchorUsd: dollars('10000'),
    standing: standingWith({ highWaterUsd: dollars('10000'), dayBalanceUsd: dollars('10000') }),
    ...more,
  });

/** 0.53 BTC bought at 91,000 with 0.4 % of fees: 48,230 and 192.92. */
const LONG = held(BTC, '0.53', '48230', { feesUsd: dollars('192.92') });
const BOUGHT = sprint('-38422.92', [LONG]);

function roomsOf(rules: RuleSet, account: Account, ...quotes: readonly Quote[]): string {
  const known = marks(...quotes);
  const { expectedUsd } = equityOf(account, known);
  return shownRooms({ rules, account, instruments }, expectedUsd, known)
    .map(({ rule, roomUsd, leftUsd }) => `${rule} ${formatUsd(roomUsd)} → ${formatUsd(leftUsd)}`)
    .join(', ');
}

const with2 = (change: Partial<RuleSet>): RuleSet => ({ ...SPRINT, ...change });
const TESTS_BALANCE = with2({
  maxLoss: { ...SPRINT.maxLoss, testedOn: 'balance' },
  dailyLoss: null,
  riskPerTrade: null,
});
const OPEN_LOSS = with2({ openLoss: { share: ppm(300_000n), severity: 'fail' }, dailyLoss: null, riskPerTrade: null });
const BLOCKS = with2({ riskPerTrade: { ...SPRINT.riskPerTrade, severity: 'block' } as RuleSet['riskPerTrade'] });
const up = quoteOn(BTC, '91060.4');
const down = quoteOn(BTC, '90900');

/** Goal: a figure of room is what may be lost when the way out is paid, for every kind of limit. */
test.each`
  story                                  | rules            | account                   | quotes                     | rooms
  ${'nothing is held'}                   | ${SPRINT}        | ${sprint('9900', [])}     | ${[]}                      | ${'daily_loss 400.00 → 400.00, max_drawdown 900.00 → 900.00, risk_per_trade 300.00 → 300.00'}
  ${'ahead, and no way out'}             | ${SPRINT}        | ${BOUGHT}                 | ${[up]}                    | ${'daily_loss 339.092 → 146.043952, max_drawdown 839.092 → 646.043952, risk_per_trade 139.092 → -53.956048'}
  ${'behind'}                            | ${SPRINT}        | ${BOUGHT}                 | ${[down]}                  | ${'daily_loss 254.08 → 61.372, max_drawdown 754.08 → 561.372, risk_per_trade 54.08 → -138.628'}
  ${'far ahead, nothing is cut off'}     | ${SPRINT}        | ${sprint('12510.52', [])} | ${[]}                      | ${'daily_loss 3010.52 → 3010.52, max_drawdown 3510.52 → 3510.52, risk_per_trade 300.00 → 300.00'}
  ${'a tested balance has no open gain'} | ${TESTS_BALANCE} | ${BOUGHT}                 | ${[quoteOn(BTC, '99000')]} | ${'max_drawdown 807.08 → 807.08'}
  ${'but loses an open loss'}            | ${TESTS_BALANCE} | ${BOUGHT}                 | ${[down]}                  | ${'max_drawdown 807.08 → 561.372'}
  ${'a fee is no open loss'}             | ${OPEN_LOSS}     | ${BOUGHT}                 | ${[down]}                  | ${'max_drawdown 754.08 → 561.372, open_loss 247.00 → 247.00'}
  ${'a rule that only refuses is shown'} | ${BLOCKS}        | ${BOUGHT}                 | ${[down]}                  | ${'daily_loss 254.08 → 61.372, max_drawdown 754.08 → 561.372, risk_per_trade 54.08 → -138.628'}
`('$story', ({ rules, account, quotes, rooms }) => {
  expect(roomsOf(rules, account, ...quotes)).toBe(rooms);
});

test('what is judged does not count a fee that is not paid, nor a rule that only refuses orders', () => {
  const judged = judge(BLOCKS, BOUGHT, marks(up), NOW);
  expect(judged).toMatchObject({ verdict: { kind: 'open' }, equityUsd: dollars('9839.092') });
  expect('rooms' in judged && judged.rooms.map(({ rule }) => rule)).toEqual(['daily_loss', 'max_drawdown']);
});

const followsText = ({ breach, pause, passes }: { breach: unknown; pause: unknown; passes: boolean }) =>
  `${breach ?? pause ?? (passes ? 'passes' : 'goes on')}`;

function waysText(rules: RuleSet, account: Account, ...quotes: readonly Quote[]): string {
  const { positions, all } = waysOut({ rules, account, instruments, at: NOW }, marks(...quotes));
  return [...positions, { instrument: 'all', ...all }]
    .map((way) => `${way.instrument} ${formatUsd(way.feeUsd)} ${formatUsd(way.netUsd)} ${followsText(way)}`)
    .join(', ');
}

const PAUSES = with2({
  riskPerTrade: null,
  dailyLoss: { anchor: 'balance', width: { kind: 'usd', usd: dollars('300') }, severity: 'pause', gainCapUsd: null },
});
const TWO = sprint('-44422.92', [LONG, held(ETH, '2', '6000')]);
const WON = sprint('-37000', [held(BTC, '0.5', '45500')]);

/** Goal: each way out says beforehand what it costs, what its trade has made, and what follows. */
test.each`
  story                                     | rules     | account   | quotes                        | ways
  ${'the open profit is less than the fee'} | ${SPRINT} | ${BOUGHT} | ${[up]}                       | ${'BTC-USD 193.048048 -353.956048 risk_per_trade, all 193.048048 -353.956048 risk_per_trade'}
  ${'one of two'}                           | ${SPRINT} | ${TWO}    | ${[up, quoteOn(ETH, '3000')]} | ${'BTC-USD 193.048048 -353.956048 risk_per_trade, ETH-USD 24.00 -24.00 goes on, all 217.048048 -377.956048 risk_per_trade'}
  ${'the day pauses'}                       | ${PAUSES} | ${BOUGHT} | ${[up]}                       | ${'BTC-USD 193.048048 -353.956048 daily_loss, all 193.048048 -353.956048 daily_loss'}
  ${'the target is reached'}                | ${SPRINT} | ${WON}    | ${[quoteOn(BTC, '96000')]}    | ${'BTC-USD 192.00 2308.00 passes, all 192.00 2308.00 passes'}
  ${'what has no price has no way out'}     | ${SPRINT} | ${BOUGHT} | ${[]}                         | ${'all 0.00 0.00 goes on'}
`('$story', ({ rules, account, quotes, ways }) => {
  expect(waysText(rules, account, ...quotes)).toBe(ways);
});

test('an account that is paused already is not paused by leaving', () => {
  const paused = { ...BOUGHT, standing: changedStanding(BOUGHT.standing, { isPaused: true }) };
  expect(waysText(PAUSES, paused, up)).toBe(
    'BTC-USD 193.048048 -353.956048 goes on, all 193.048048 -353.956048 goes on',
  );
});
