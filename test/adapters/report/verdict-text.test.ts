import { pageOf } from '../../../adapters/report/page';
import { termFacts } from '../../../adapters/report/terms';
import { verdictBlocks } from '../../../adapters/report/verdict-blocks';
import { verdictSentence } from '../../../adapters/report/verdict-text';
import type { Broken, Gate } from '../../../domain/assessment/judging/judgement';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { plusMs } from '../../../domain/kernel/instant';
import { ppm } from '../../../domain/kernel/money';
import type { ReportContent } from '../../../usecases/ports/assessments/report-renderer';
import { money, move, openStory } from '../../fixtures/report-story';
import { NOW, rules } from '../../fixtures/stored-account';

let failed: ReportContent;
beforeAll(async () => {
  const shown: ReportContent[] = [];
  const render = (given: ReportContent) => {
    shown.push(given);
    return { html: new Uint8Array(), pdf: new Uint8Array() };
  };
  const story = await openStory({ render }, { riskPerTrade: null });
  await story.trading.order('buy', '0.5');
  await move(story.trading, '50000', 1);
  await story.write();
  failed = shown[0] as ReportContent;
});

const withRules = (changes: Partial<RuleSet>) => ({
  snapshot: { ...failed.snapshot, rules: { ...rules, ...changes } },
});

const room = (
  rule: 'daily_loss' | 'max_drawdown' | 'risk_per_trade' | 'open_loss',
  floor: string | null,
  limit: string,
  left: string,
) =>
  ({
    kind: 'limit',
    rule,
    floorUsd: floor === null ? null : money(floor),
    limitUsd: money(limit),
    roomUsd: money(left),
    usedUsd: money(limit),
  }) as const;

const failedBy = (broken: Broken, changes: Partial<RuleSet> = {}): ReportContent => ({
  ...failed,
  ...withRules(changes),
  judgement: { ...failed.judgement, verdict: { kind: 'failed', broken } },
});

const loss = (changes: Partial<RuleSet['maxLoss']>): Partial<RuleSet> => ({
  maxLoss: { ...rules.maxLoss, ...changes },
});
const daily = (anchor: 'initial' | 'equity' | 'higher' | 'peak'): Partial<RuleSet> => ({
  dailyLoss: { anchor, width: { kind: 'usd', usd: money('5000') }, severity: 'fail', gainCapUsd: null },
});
const late = (rule: 'stop_missing' | 'inactivity' | 'time_limit'): Broken => ({ kind: 'deadline', rule, dueAt: NOW });
const share = (per: 'day' | 'trade'): Broken => ({
  kind: 'share',
  rule: 'consistency',
  per,
  limitUsd: money('1500'),
  usedUsd: money('2000'),
  totalUsd: money('3000'),
});
const spread = (of: 'net' | 'winning_days'): Partial<RuleSet> => ({
  consistency: { shareMax: ppm(500_000n), of, per: 'day', severity: 'fail' },
});
const drawdown = room('max_drawdown', '96000', '4000', '-1078');
const day = room('daily_loss', '95000', '5000', '-78');

/** Goal: a trader who failed can follow the sum with a pencil, whatever kind of rule it was. Equity ended at 94,922. */
test.each`
  story                       | broken                                       | changes                                                       | sentence
  ${'from the balance'}       | ${day}                                       | ${{}}                                                         | ${'Daily loss: equity of $94,922.00 against the balance at the start of the day, $100,000.00, is a loss of $5,078.00; a loss of $5,000.00 breaks the rule.'}
  ${'from the start'}         | ${day}                                       | ${daily('initial')}                                           | ${'Daily loss: equity of $94,922.00 against the starting balance, $100,000.00,'}
  ${'from the equity'}        | ${day}                                       | ${daily('equity')}                                            | ${'against the equity at the start of the day, $100,000.00,'}
  ${'from the higher'}        | ${day}                                       | ${daily('higher')}                                            | ${'against the higher of balance and equity at the start of the day,'}
  ${'from the peak'}          | ${day}                                       | ${daily('peak')}                                              | ${'against the highest equity of the day, $100,000.00,'}
  ${'a floor that stands'}    | ${drawdown}                                  | ${{}}                                                         | ${'Maximum loss: equity of $94,922.00 against the starting balance, $100,000.00,'}
  ${'a floor that trails'}    | ${drawdown}                                  | ${loss({ mode: 'trailing_intraday', trails: 'equity' })}      | ${'against the highest equity, $100,000.00,'}
  ${'one that trails days'}   | ${drawdown}                                  | ${loss({ mode: 'trailing_eod', trails: 'higher' })}           | ${'against the highest of balance and equity at the end of a day, $100,000.00,'}
  ${'one that trails fills'}  | ${drawdown}                                  | ${loss({ mode: 'trailing_closed' })}                          | ${'against the highest balance after a fill, $100,000.00,'}
  ${'one that is locked'}     | ${drawdown}                                  | ${loss({ mode: 'trailing_closed', lockUsd: money('96000') })} | ${'Maximum loss: equity of $94,922.00 against a floor that is locked at $96,000.00.'}
  ${'one tested on balances'} | ${drawdown}                                  | ${loss({ testedOn: 'balance' })}                              | ${'Maximum loss: balance of $99,922.00 against the starting balance'}
  ${'a trade that is closed'} | ${room('risk_per_trade', null, '2000', '0')} | ${{}}                                                         | ${'Risk per trade: a trade that is closed had lost $2,000.00, fees included; a loss of $2,000.00 breaks the rule.'}
  ${'a loss that is open'}    | ${room('open_loss', '94922', '5000', '0')}   | ${{}}                                                         | ${'Open loss: equity of $94,922.00 against a balance of $99,922.00 is an open loss of $5,000.00; an open loss of $5,000.00 breaks the rule.'}
  ${'no stop'}                | ${late('stop_missing')}                      | ${{}}                                                         | ${'Stop within its time: at 2026-03-14 12:00:00 a position was still without a stop.'}
  ${'no trading'}             | ${late('inactivity')}                        | ${{}}                                                         | ${'Inactivity: at 2026-03-14 12:00:00 nothing had been filled for the days allowed.'}
  ${'a best day'}             | ${share('day')}                              | ${spread('net')}                                              | ${'Consistency: when everything else was met, the best day had made $2,000.00 of the profit, $3,000.00; $1,500.00 was the most it may have made.'}
  ${'a best trade'}           | ${share('trade')}                            | ${spread('winning_days')}                                     | ${'the best trade had made $2,000.00 of the profit of winning days, $3,000.00;'}
  ${'no time left'}           | ${late('time_limit')}                        | ${{}}                                                         | ${'Time limit: at 2026-03-14 12:00:00 the days allowed were over.'}
`('failed $story', ({ broken, changes, sentence }) => {
  expect(verdictSentence(failedBy(broken, changes))).toContain(sentence);
});

const gate = (name: Gate['gate'], have: bigint, need: bigint): Gate => ({ gate: name, have, need, isMet: true });
const target = gate('target_usd', 8_000_000_000n, 8_000_000_000n);
const GOAL = { profitUsd: money('8000'), closesAll: false } as const;

const passedWith = (gates: readonly Gate[], counts: 'realized_flat' | 'equity'): ReportContent => ({
  ...failed,
  ...withRules({ target: { ...GOAL, counts } }),
  judgement: {
    ...failed.judgement,
    gates,
    balanceUsd: money('108000'),
    equityUsd: money('108100'),
    verdict: { kind: 'passed' },
  },
});

test.each`
  story                       | gates                                                                       | counts             | sentence
  ${'on a balance'}           | ${[target, gate('flat_positions', 0n, 0n), gate('trades', 1n, 1n)]}         | ${'realized_flat'} | ${'With every position closed and 1 trade complete (at least 1 needed), the balance of $108,000.00 had reached the target of $108,000.00.'}
  ${'without what was short'} | ${[target]}                                                                 | ${'equity'}        | ${'The equity of $108,100.00, less $100.00 that was won in trades that were too short, had reached the target of $108,000.00.'}
  ${'on equity'}              | ${[{ ...target, have: 8_100_000_000n }]}                                    | ${'equity'}        | ${'The equity of $108,100.00 had reached the target of $108,000.00.'}
  ${'on many gates'}          | ${[target, gate('days', 4n, 4n), gate('best_day_ppm', 412_000n, 500_000n)]} | ${'realized_flat'} | ${'With 4 days that count (at least 4 needed) and 41.20 % of the profit from the best day (at most 50.00 %), the balance'}
`('passed $story', ({ gates, counts, sentence }) => {
  expect(verdictSentence(passedWith(gates, counts))).toContain(sentence);
});

const wordsOf = (content: ReportContent) => JSON.stringify(verdictBlocks(content));

test('deadlines and gates stand beside the limits, kept or not', () => {
  const judgement = {
    ...failed.judgement,
    deadlines: [
      { rule: 'inactivity', dueAt: NOW },
      { rule: 'time_limit', dueAt: plusMs(failed.summary.endedAt, 1) },
    ],
    gates: [{ ...target, have: 1_000_000n, isMet: false }, gate('days', 2n, 2n)],
  } as const;
  const tables = verdictBlocks({ ...failed, judgement }).flatMap((block) => (block.kind === 'table' ? [block] : []));
  const cells = tables.map(({ rows }) => rows.map((row) => row.map(({ text }) => text)));
  expect(cells[1]).toEqual([
    ['Inactivity', 'Missed', '2026-03-14 12:00:00'],
    ['Time limit', 'Kept', '2026-03-14 13:00:00'],
  ]);
  expect(cells[2]).toEqual([
    ['Profit', 'Not met', '$1.00', '$8,000.00'],
    ['Days that count, at least', 'Met', '2', '2'],
  ]);
});

test('where touching is safe the page says so', () => {
  expect(wordsOf(failed)).toContain('Touching a limit breaks it');
  expect(wordsOf({ ...failed, ...withRules({ touch: 'safe' }) })).toContain('Passing a limit breaks it');
});

const SOL_AT_2 = [{ instrument: 'SOL-USD', leverageMax: ppm(2_500_000n) }];
const width = { kind: 'share', share: ppm(80_000n) } as const;
const NEWS = { beforeMs: 1, afterMs: 1, bars: 'new_risk', winShare: null };
const STEPS = [
  { instrument: null, fromBalanceUsd: money('0'), most: { kind: 'usd', usd: money('500') } },
  { instrument: 'BTC-USD', fromBalanceUsd: money('50000'), most: { kind: 'units', units: 200_000_000n } },
];

const PAYOUT = {
  split: ppm(800_000n),
  firstAfterDays: 14,
  everyDays: 7,
  profitMinUsd: money('300'),
  minUsd: money('50'),
  maxUsd: money('2000'),
  shareOfProfitMax: ppm(500_000n),
  bufferUsd: money('100'),
  winningDays: { min: 5, dayUsd: money('150') },
  consistencyMax: ppm(400_000n),
  requiresFlat: true,
  scaling: null,
};

const SCALING = {
  afterDays: 120,
  profitShare: ppm(100_000n),
  payoutsMin: 2,
  growth: ppm(250_000n),
  of: 'start',
  maxUsd: money('400000'),
};
const COMPOUND = { ...SCALING, afterDays: 0, payoutsMin: 0, of: 'capital' };

test.each`
  story                    | changes                                                                                                  | label                               | value
  ${'an instant account'}  | ${{ target: null }}                                                                                      | ${'Profit target'}                  | ${'none'}
  ${'a target of equity'}  | ${{ target: { ...GOAL, counts: 'equity' } }}                                                             | ${'Profit target'}                  | ${'$8,000.00: an equity of $108,000.00'}
  ${'a share that trails'} | ${loss({ mode: 'trailing_eod', width })}                                                                 | ${'Maximum loss'}                   | ${'8.00 % below the highest balance at the end of a day'}
  ${'a lock'}              | ${loss({ mode: 'trailing_closed', lockUsd: money('100100') })}                                           | ${'Maximum loss'}                   | ${'$10,000.00 below the highest balance after a fill, the floor no higher than $100,100.00'}
  ${'no daily loss'}       | ${{ dailyLoss: null }}                                                                                   | ${'Daily loss'}                     | ${'none'}
  ${'a daily pause'}       | ${{ dailyLoss: { ...rules.dailyLoss, severity: 'pause' } }}                                              | ${'Daily loss'}                     | ${'$5,000.00 below the balance at the start of the day; it pauses trading until the next day'}
  ${'a loss that is open'} | ${{ openLoss: { share: ppm(300_000n), severity: 'fail' } }}                                              | ${'Open loss'}                      | ${'30.00 % of the profit at the start of the day, without one of the maximum loss; it ends the assessment'}
  ${'one that closes'}     | ${{ openLoss: { share: ppm(300_000n), severity: 'close' } }}                                             | ${'Open loss'}                      | ${'30.00 % of the profit at the start of the day, without one of the maximum loss; it closes every position'}
  ${'no open loss'}        | ${{}}                                                                                                    | ${'Open loss'}                      | ${undefined}
  ${'one leverage'}        | ${{}}                                                                                                    | ${'Leverage at most'}               | ${'5 : 1'}
  ${'leverages'}           | ${{ exposure: { ...rules.exposure, leverageOf: SOL_AT_2 } }}                                             | ${'Leverage at most'}               | ${'5 : 1, SOL-USD 2.5 : 1'}
  ${'a best day'}          | ${{ consistency: { shareMax: ppm(500_000n), of: 'net', per: 'day', severity: 'gate' } }}                 | ${'Best day at most'}               | ${'50.00 % of the profit'}
  ${'days of a size'}      | ${{ activity: { ...rules.activity, daysMin: 4, dayCountsIf: 'size', daySizeShareMin: ppm(700_000n) } }}  | ${'Days that count at least'}       | ${'4, each with a trade of 70.00 % of the average size'}
  ${'a best trade'}        | ${{ consistency: { shareMax: ppm(500_000n), of: 'net', per: 'trade', severity: 'fail' } }}               | ${'Best trade at most'}             | ${'50.00 % of the profit; more of it fails in place of a pass'}
  ${'short wins'}          | ${{ activity: { ...rules.activity, shortWins: 'excluded', tradeHeldMsMin: 60_000 } }}                    | ${'Wins that do not count'}         | ${'of trades open for less than 60000 milliseconds'}
  ${'a cap of a market'}   | ${{ exposure: { ...rules.exposure, marketUsdMax: money('500') } }}                                       | ${'One market costs at most'}       | ${'$500.00'}
  ${'trades of a day'}     | ${{ exposure: { ...rules.exposure, tradesPerDayMax: 3 } }}                                               | ${'Positions opened a day at most'} | ${'3'}
  ${'sizes by balance'}    | ${{ exposure: { ...rules.exposure, sizeSteps: STEPS } }}                                                 | ${'Position at most'}               | ${'each $500.00 from a balance of $0.00; BTC-USD 2 units from a balance of $50,000.00'}
  ${'caps that follow'}    | ${{ exposure: { ...rules.exposure, capsFollow: 'day_balance' } }}                                        | ${'Caps in dollars'}                | ${'follow the balance of the day’s beginning'}
  ${'a flat hour'}         | ${{ conduct: { ...rules.conduct, flatAt: { time: '15:10', quietMs: 0 } } }}                              | ${'Flat every day'}                 | ${'from 15:10 until the reset'}
  ${'news that bars'}      | ${{ conduct: { ...rules.conduct, news: { ...NEWS, bars: 'orders' } } }}                                  | ${'Around news'}                    | ${'nothing but stops'}
  ${'news in part'}        | ${{ conduct: { ...rules.conduct, news: { ...NEWS, winShare: ppm(400_000n) } } }}                         | ${'Wins around news'}               | ${'40.00 % of them counts'}
  ${'missing stops'}       | ${{ riskPerTrade: { ...rules.riskPerTrade, stopMissesToFail: 3 } }}                                      | ${'Missing stops that end it'}      | ${'3'}
  ${'a plan'}              | ${{ riskPerTrade: { ...rules.riskPerTrade, plan: 'fail' } }}                                             | ${'Risk per trade'}                 | ${/planned at the stops as well/}
  ${'another activity'}    | ${{ activity: { ...rules.activity, inactivityDays: 30, inactivityBy: 'closed' } }}                       | ${'Without a closed trade at most'} | ${'30 days'}
  ${'days of a calendar'}  | ${{ activity: { ...rules.activity, daysMin: 4, dayCountsIf: 'calendar' } }}                              | ${'Days at least'}                  | ${'4'}
  ${'payouts'}             | ${{ target: null, payout: PAYOUT }}                                                                      | ${'Payouts'}                        | ${'80.00 % of them is the trader’s; first after 14 days, then every 7 days'}
  ${'what payouts ask'}    | ${{ target: null, payout: PAYOUT }}                                                                      | ${'Before a payout'}                | ${'5 days of $150.00 won; the best day at most 40.00 % of the profit since the last; nothing open'}
  ${'what payouts are'}    | ${{ target: null, payout: PAYOUT }}                                                                      | ${'Amount of a payout'}             | ${'of a profit of $300.00 or more; $50.00 or more for the trader; at most $2,000.00 at once; at most 50.00 % of the profit; $100.00 above the start stay'}
  ${'plain payouts'}       | ${{ target: null, payout: { ...PAYOUT, winningDays: null, consistencyMax: null, requiresFlat: false } }} | ${'Before a payout'}                | ${undefined}
  ${'growth'}              | ${{ target: null, payout: { ...PAYOUT, scaling: SCALING } }}                                             | ${'Growth of the capital'}          | ${'by 25.00 % of the starting balance after 120 days, 10.00 % of profit, 2 payouts; at most $400,000.00'}
  ${'growth at once'}      | ${{ target: null, payout: { ...PAYOUT, scaling: COMPOUND } }}                                            | ${'Growth of the capital'}          | ${'by 25.00 % of the capital after 10.00 % of profit; at most $400,000.00'}
  ${'no payouts'}          | ${{}}                                                                                                    | ${'Payouts'}                        | ${undefined}
  ${'a time limit'}        | ${{ activity: { ...rules.activity, timeLimitDays: 30 } }}                                                | ${'Time limit'}                     | ${'30 days'}
`('the terms of $story', ({ changes, label, value }) => {
  const facts = termFacts({ ...failed, ...withRules(changes) });
  const told = facts.find((fact) => fact.label === label)?.value;
  if (value instanceof RegExp) expect(told).toMatch(value);
  else expect(told).toBe(value);
});

test('a report without a target has a page, and its chart no line for one', () => {
  const chart = (content: ReportContent) =>
    JSON.stringify(pageOf(content).blocks.filter(({ kind }) => kind === 'chart'));
  expect(chart(failed)).toContain('Target $108,000');
  expect(chart({ ...failed, ...withRules({ target: null }) })).not.toContain('Target');
});
