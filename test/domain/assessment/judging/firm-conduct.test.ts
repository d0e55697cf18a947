import { fold as foldOf } from '../../../../domain/account/evolve';
import { advanceAccount } from '../../../../domain/assessment/commands/advance-account';
import { closeAccount } from '../../../../domain/assessment/commands/close-positions';
import { gatesOf } from '../../../../domain/assessment/judging/gates';
import { dailyFlatOf } from '../../../../domain/assessment/rules/daily-flat';
import type { Conduct, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { recomputeStanding } from '../../../../domain/assessment/settlement/recompute-standing';
import { idOf, type OrderId } from '../../../../domain/kernel/ids';
import { isoText, plusMs } from '../../../../domain/kernel/instant';
import { formatUsd, ppm } from '../../../../domain/kernel/money';
import { BTC, bookOf, dollars, ETH, held, moment, NOW, RULES, standingWith } from '../../../fixtures/domain-story';
import { play, type Setting, sceneOf, toldLast, wordsOf } from '../../../fixtures/trading-story';

const MINUTE_MS = 60_000;
const conduct = (more: Partial<Conduct>): Partial<RuleSet> => ({ conduct: { ...RULES.conduct, ...more } });
const FLAT = conduct({ flatAt: { time: '12:10', quietMs: 5 * MINUTE_MS } });

/** What time makes of a desk that stands as the setting says; the story's clock is at 12:00 UTC. */
function advanced(setting: Setting, afterMs: number, status = true): string {
  const { context } = sceneOf(setting);
  const at = plusMs(NOW, afterMs);
  const books = new Map([BTC, ETH].map((id) => [id, bookOf('100@100', '100@101', { instrument: id, receivedAt: at })]));
  const {
    before,
    after,
    status: ended,
  } = advanceAccount({ ...context, at, books, nextOrderId: () => idOf<OrderId>('d1') });
  const events = [...before, ...after].filter(({ kind }) => kind !== 'limit_warned').map(wordsOf);
  return [...events, ...(status ? [ended] : [])].join(', ');
}

const HOLDING: Setting = { cash: '99900', positions: [held(BTC, '1', '100')] };

test.each`
  story                           | afterMs           | told
  ${'before it, nothing'}         | ${9 * MINUTE_MS}  | ${'active'}
  ${'in the last millisecond'}    | ${599_999}        | ${'active'}
  ${'at the time all is closed'}  | ${10 * MINUTE_MS} | ${'d1, d1 takes 1@100, active'}
  ${'and until the day ends'}     | ${43_199_999}     | ${'d1, d1 takes 1@100, active'}
  ${'the new day may hold again'} | ${43_200_000}     | ${'day_opened, active'}
`('flat every day: $story', ({ afterMs, told }) => {
  expect(advanced({ ...HOLDING, rules: FLAT }, afterMs)).toBe(told);
});

test.each`
  wait   | steps       | told
  ${1}   | ${'buy 1'}  | ${/takes/}
  ${299} | ${'buy 1'}  | ${'daily_flat'}
  ${299} | ${'sell 1'} | ${/takes/}
  ${601} | ${'buy 1'}  | ${'daily_flat'}
`('$wait seconds after noon, flat from 12:10 and quiet from 12:05: $steps', ({ wait, steps, told }) => {
  const book = 'book 100@100 / 100@101';
  expect(toldLast(`wait ${wait}; ${book}; ${steps}`, { ...HOLDING, rules: FLAT })).toMatch(told);
});

test('whoever is refused learns from when until when', () => {
  const { refused } = play('wait 300; book 9@100 / 9@101; buy 1', { rules: FLAT });
  expect(refused).toBe('daily_flat instrument: no order may add risk before and after 12:10 until the reset at 00:00');
});

/** Chicago closes at 15:10 and opens anew at 17:00; in the night of 8 March 2026 the clocks go forward. */
test.each`
  time       | reset      | at                        | quiet                     | from                      | until
  ${'15:10'} | ${'17:00'} | ${'2026-03-06T12:00:00Z'} | ${'2026-03-06T21:00:00Z'} | ${'2026-03-06T21:10:00Z'} | ${'2026-03-06T23:00:00Z'}
  ${'15:10'} | ${'17:00'} | ${'2026-03-08T23:00:00Z'} | ${'2026-03-09T20:00:00Z'} | ${'2026-03-09T20:10:00Z'} | ${'2026-03-09T22:00:00Z'}
  ${'17:05'} | ${'17:00'} | ${'2026-03-10T23:00:00Z'} | ${'2026-03-10T22:00:00Z'} | ${'2026-03-10T22:05:00Z'} | ${'2026-03-11T22:00:00Z'}
`('$time with a reset at $reset, seen at $at', ({ time, reset, at, quiet, from, until }) => {
  const rules = {
    ...RULES,
    ...conduct({ flatAt: { time, quietMs: 10 * MINUTE_MS } }),
    dayZone: 'America/Chicago',
    dayResetAt: reset,
  };
  const flat = dailyFlatOf(rules, moment(at));
  expect(flat && [isoText(flat.quietFrom), isoText(flat.from), isoText(flat.until)]).toEqual(
    [quiet, from, until].map((text) => isoText(moment(text))),
  );
});

const news = (more: Partial<NonNullable<Conduct['news']>>) =>
  conduct({ news: { beforeMs: MINUTE_MS, afterMs: MINUTE_MS, bars: 'new_risk', winShare: null, ...more } });
const AT_NOON = [{ instruments: [BTC], title: 'Rates', at: NOW }];
const ORDERS = { ...HOLDING, rules: news({ bars: 'orders' }), blackouts: AT_NOON };

test.each`
  story                          | steps                                                                         | told
  ${'closing at the market'}     | ${'sell 1'}                                                                   | ${'news_blackout'}
  ${'or at a limit'}             | ${'sell 1 limit 105 reduce'}                                                  | ${'news_blackout'}
  ${'or by one click'}           | ${'close'}                                                                    | ${'news_blackout'}
  ${'the desk still closes'}     | ${'close all desk'}                                                           | ${/takes 1@100/}
  ${'a stop may be placed'}      | ${'sell 1 stop 90 reduce'}                                                    | ${/works/}
  ${'and one that is met fills'} | ${'sell 1 stop 100 reduce'}                                                   | ${/takes 1@100/}
  ${'what waits fills'}          | ${'wait 70; book 9@100 / 9@101; sell 1 limit 105 reduce; book 9@106 / 9@107'} | ${/makes/}
  ${'nobody else is concerned'}  | ${'ETH book 9@10 / 9@11; ETH buy 1; ETH sell 1'}                              | ${/takes/}
  ${'when it is over'}           | ${'wait 70; book 9@100 / 9@101; sell 1'}                                      | ${/takes/}
`('news that bars closing: $story', ({ steps, told }) => {
  expect(toldLast(steps, ORDERS)).toMatch(told);
});

test('closing all is refused as closing one is, and the stops stay', () => {
  const { context } = play('sell 1 stop 90 reduce', ORDERS);
  expect(closeAccount(context)).toMatchObject({ ok: false, refusal: 'news_blackout' });
  expect(closeAccount({ ...context, blackouts: [] }).ok).toBe(true);
});

test('news over which nothing is held closes what it concerns, from its beginning on', () => {
  const positions = [held(BTC, '1', '100'), held(ETH, '1', '100')];
  const setting = {
    cash: '99800',
    positions,
    rules: news({ bars: 'positions' }),
    blackouts: [{ instruments: [BTC], title: 'Rates', at: plusMs(NOW, 5 * MINUTE_MS) }],
  };
  expect(advanced(setting, 4 * MINUTE_MS - 1)).toBe('active');
  expect(advanced(setting, 4 * MINUTE_MS)).toBe('d1, d1 takes 1@100, active');
});

const FORTY = {
  rules: {
    ...news({ winShare: ppm(400_000n) }),
    target: { profitUsd: dollars('10'), counts: 'realized' as const, closesAll: false },
  },
  blackouts: AT_NOON,
};
const counts = (steps: string, setting: Setting = FORTY): string => {
  const { context } = play(steps, setting);
  const [target] = gatesOf(context.rules, context.account, context.account.cashUsd);
  return formatUsd(target?.have as never);
};

/** FundedNext counts 40 % of what was made around news; a fill inside the window, at either end, makes a trade one. */
test.each`
  story                          | steps                                                                                           | counted
  ${'opened before, closed in'}  | ${'book 9@110 / 9@111; sell 1'}                                                                 | ${'4.00'}
  ${'a part closed in'}          | ${'book 9@110 / 9@111; sell 0.5; wait 70; book 9@110 / 9@111; sell 0.5'}                        | ${'4.00'}
  ${'closed after'}              | ${'wait 70; book 9@110 / 9@111; sell 1'}                                                        | ${'10.00'}
  ${'a loss counts whole'}       | ${'book 9@90 / 9@91; sell 1'}                                                                   | ${'-10.00'}
  ${'the next trade is its own'} | ${'book 9@110 / 9@111; sell 1; wait 70; book 9@100 / 9@100; buy 1; book 9@110 / 9@111; sell 1'} | ${'14.00'}
`('around news: $story counts $counted', ({ steps, counted }) => {
  expect(counts(steps, { ...FORTY, ...HOLDING })).toBe(counted);
});

test('news that bars nothing lets everything be traded, and counts it in part', () => {
  const steps = 'book 9@100 / 9@100; buy 1; book 9@110 / 9@111; sell 1';
  expect(
    counts(steps, { ...FORTY, rules: { ...FORTY.rules, ...news({ winShare: ppm(400_000n), bars: 'nothing' }) } }),
  ).toBe('4.00');
});

test('news that concerns another instrument leaves nothing out', () => {
  const ofEther = { ...FORTY, blackouts: [{ instruments: [ETH], title: 'Merge', at: NOW }] };
  expect(counts('book 9@110 / 9@111; sell 1', { ...ofEther, ...HOLDING })).toBe('10.00');
});

test('counted anew from its moves a trade around news is the same', () => {
  const { context, events } = play('book 9@100 / 9@100; buy 1; book 9@110 / 9@111; sell 1', {
    ...FORTY,
    // No order may add risk inside: the position that is closed in it was opened a moment before.
    blackouts: [{ instruments: null, title: 'Rates', at: plusMs(NOW, 3_000 + MINUTE_MS) }],
  });
  const moves = events.flatMap((event) => (event.kind === 'order_filled' ? [event.fill] : []));
  expect(moves.map(({ inNews }) => inNews ?? false)).toEqual([false, true]);
  const { trades } = context.account.standing;
  expect(recomputeStanding(context.rules, moves, '2026-03-15').trades).toEqual({
    worstUsd: trades.worstUsd,
    bestUsd: trades.bestUsd,
    excludedUsd: trades.excludedUsd,
  });
  expect([formatUsd(trades.bestUsd), formatUsd(trades.excludedUsd)]).toEqual(['4.00', '6.00']);
});

const risk = (more: Partial<NonNullable<RuleSet['riskPerTrade']>>): Partial<RuleSet> => ({
  riskPerTrade: { ...(RULES.riskPerTrade as NonNullable<RuleSet['riskPerTrade']>), ...more },
});
const PLAN = { rules: { ...RULES, ...risk({ limitUsd: dollars('20'), plan: 'fail' }) } };

/** HyroTrader's stop: (entry − stop) × size may not be the limit. The bid is 100, the ask 101. */
test.each`
  story                         | rules                                           | steps                               | told
  ${'narrow enough'}            | ${PLAN}                                         | ${'buy 1; sell 1 stop 81.1 reduce'} | ${'active'}
  ${'it touches'}               | ${PLAN}                                         | ${'buy 1; sell 1 stop 81 reduce'}   | ${'failed'}
  ${'of a part, that part'}     | ${PLAN}                                         | ${'buy 2; sell 1 stop 81.1 reduce'} | ${'active'}
  ${'brought by the entry'}     | ${PLAN}                                         | ${'buy 1 sl 80'}                    | ${'failed'}
  ${'made wider later'}         | ${PLAN}                                         | ${'buy 1 sl 99; amend x1 stop 80'}  | ${'failed'}
  ${'without a stop, no plan'}  | ${PLAN}                                         | ${'buy 1'}                          | ${'active'}
  ${'a tier that does not ask'} | ${{ rules: risk({ limitUsd: dollars('20') }) }} | ${'buy 1; sell 1 stop 70 reduce'}   | ${'active'}
`('a plan that is judged: $story', ({ rules, steps, told }) => {
  const { context } = play(steps, rules);
  const { status, judgement } = advanceAccount({ ...context, nextOrderId: () => idOf<OrderId>('d1') });
  expect(status).toBe(told);
  const broken =
    'verdict' in judgement && judgement.verdict.kind === 'failed' ? judgement.verdict.broken.rule : 'planned_risk';
  expect(broken).toBe('planned_risk');
});

const MISSES = risk({ stopWithinMs: 5_000, stopSeverity: 'close', stopMissesToFail: 3 });
const missed = (count: number) =>
  standingWith({
    missedStops: Array.from({ length: count }, (_, nth) => ({ instrument: BTC, openedAt: plusMs(NOW, -nth - 1) })),
  });
const TWO_HELD = [held(BTC, '1', '100'), held(ETH, '1', '100')];

test.each`
  before | positions                  | told
  ${0}   | ${[held(BTC, '1', '100')]} | ${'d1, d1 takes 1@100, active'}
  ${1}   | ${[held(BTC, '1', '100')]} | ${'d1, d1 takes 1@100, active'}
  ${2}   | ${[held(BTC, '1', '100')]} | ${'d1, d1 takes 1@100, failed'}
  ${0}   | ${TWO_HELD}                | ${'d1, d1 takes 1@100, d1, d1 takes 1@100, active'}
  ${1}   | ${TWO_HELD}                | ${'d1, d1 takes 1@100, d1, d1 takes 1@100, failed'}
`('after $before missing stops', ({ before, positions, told }) => {
  const setting = { cash: '99800', positions, rules: MISSES, account: { standing: missed(before) } };
  expect(advanced(setting, 5_000)).toBe(told);
});

test('a position that is closed for its stop in parts is one miss', () => {
  const scene = sceneOf({ ...HOLDING, rules: MISSES });
  const at = plusMs(NOW, 5_000);
  const thin = (bids: string) => new Map([[BTC, bookOf(bids, '9@101', { receivedAt: at })]]);
  let nth = 0;
  const next = { nextOrderId: () => idOf<OrderId>(`d${++nth}`) };
  const one = advanceAccount({ ...scene.context, at, books: thin('0.5@100'), ...next });
  const { context } = scene;
  const left = {
    ...context,
    at,
    books: thin('9@100'),
    ...next,
    account: foldOf(context.rules, context.account, [...one.before, ...one.after]),
  };
  const two = advanceAccount(left);
  const ended = foldOf(context.rules, left.account, [...two.before, ...two.after]);
  expect(ended.positions).toEqual([]);
  expect(ended.standing.trades.missedStops).toEqual([{ instrument: BTC, openedAt: NOW }]);
});
