import * as z from 'zod';
import { ruleSet } from '../../contracts/rule-set';
import { advanceAccount } from '../../domain/assessment/commands/advance-account';
import { maxLossFloor } from '../../domain/assessment/rules/limits';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import { afterPayout } from '../../domain/assessment/settlement/payout';
import { idOf, type OrderId } from '../../domain/kernel/ids';
import { plusMs } from '../../domain/kernel/instant';
import { formatUsd, ppm } from '../../domain/kernel/money';
import type { Rules } from '../../web/lib/contract';
import { explainRules } from '../../web/lib/explain-rules';
import { accountWith, BTC, dollars, held, NOW, RULES, standingWith } from '../fixtures/domain-story';
import { play, type Setting, toldLast } from '../fixtures/trading-story';

/** What is said of a rule, by name, to whoever buys it. */
const said = (rules: Partial<RuleSet>, name: string): string => {
  const form: Rules = z.encode(ruleSet, { ...RULES, ...rules });
  return explainRules(form).find((row) => row.name === name)?.means ?? '';
};

const risk = (more: Partial<NonNullable<RuleSet['riskPerTrade']>>): Partial<RuleSet> => ({
  riskPerTrade: { ...(RULES.riskPerTrade as NonNullable<RuleSet['riskPerTrade']>), limitUsd: dollars('10'), ...more },
});
const caps = (more: Partial<RuleSet['exposure']>): Partial<RuleSet> => ({ exposure: { ...RULES.exposure, ...more } });

const BLOCK = risk({ severity: 'block' });
const BLOCK_WITH_STOP = risk({ severity: 'block', stopWithinMs: 5_000, stopSeverity: 'close' });
const FAIL = risk({});
const ONE = caps({ positionsMax: 1 });
const SIZE = caps({ positionUsdMax: dollars('150') });
const EVENT = caps({ eventUsdMax: dollars('5') });
const CATEGORY = caps({ categoryUsdMax: dollars('5') });
const NETTED = caps({ eventUsdMax: dollars('5'), netsOutcomes: true });
const BAND = caps({ outcomePriceMin: ppm(300_000n), outcomePriceMax: ppm(500_000n) });
const NOT_BOTH = caps({ allowsBothOutcomes: false });
const THIN = caps({ liquidityUsdMin: dollars('5000') });

const BOOKS = 'ETH book 9@100 / 9@101; YES book 99@0.39 / 99@0.4; NO book 99@0.59 / 99@0.6; HAIL book 99@0.39 / 99@0.4';
const OPEN: Partial<Setting> = { cash: '99900', positions: [held(BTC, '1', '100')] };

/** Goal: what the words promise of an order is what the platform does with it, for each parameter that is told. */
test.each`
  name                   | words                                           | rules              | setting | steps                                            | told
  ${'Risk per trade'}    | ${/refused if .* would lose more .* its stops/} | ${BLOCK}           | ${{}}   | ${'buy 1 sl 80'}                                 | ${'risk_per_trade_exceeded'}
  ${'Risk per trade'}    | ${/refused if .* would lose more .* its stops/} | ${BLOCK}           | ${{}}   | ${'buy 1 sl 95'}                                 | ${/^o1, o1 takes/}
  ${'Risk per trade'}    | ${/no stop .* nothing to measure.* is taken\./} | ${BLOCK}           | ${{}}   | ${'buy 9'}                                       | ${/^o1, o1 takes/}
  ${'Risk per trade'}    | ${/is taken; see the stop-loss below/}          | ${BLOCK_WITH_STOP} | ${{}}   | ${'buy 9'}                                       | ${/^o1, o1 takes/}
  ${'Risk per trade'}    | ${/prediction position may not cost more/}      | ${BLOCK}           | ${{}}   | ${'YES buy 30'}                                  | ${'risk_per_trade_exceeded'}
  ${'Risk per trade'}    | ${/prediction position may not cost more/}      | ${FAIL}            | ${{}}   | ${'YES buy 30'}                                  | ${'risk_per_trade_exceeded'}
  ${'Risk per trade'}    | ${/^No single position may lose this much/}     | ${FAIL}            | ${{}}   | ${'buy 1 sl 80'}                                 | ${/^o1, o1 takes/}
  ${'Open positions'}    | ${/one more is refused; .* waiting orders/}     | ${ONE}             | ${{}}   | ${'buy 1 limit 90; ETH buy 1'}                   | ${'positions_max'}
  ${'Position size'}     | ${/refused if it could make/}                   | ${SIZE}            | ${OPEN} | ${'buy 1'}                                       | ${'position_cap_exceeded'}
  ${'Position size'}     | ${/a price that moves breaks nothing/}          | ${SIZE}            | ${OPEN} | ${'book 9@200 / 9@201'}                          | ${'-'}
  ${'Per event'}         | ${/one event .* waiting orders included/}       | ${EVENT}           | ${{}}   | ${'YES buy 10 limit 0.3; HAIL buy 10 limit 0.3'} | ${'event_cap_exceeded'}
  ${'Per category'}      | ${/one category .* waiting orders included/}    | ${CATEGORY}        | ${{}}   | ${'YES buy 10 limit 0.3; HAIL buy 10 limit 0.3'} | ${'category_cap_exceeded'}
  ${'Opposite outcomes'} | ${/only the one that cost more counts/}         | ${NETTED}          | ${{}}   | ${'YES buy 8 limit 0.3; NO buy 8 limit 0.5'}     | ${/works/}
  ${'Outcome prices'}    | ${/only at prices inside this band/}            | ${BAND}            | ${{}}   | ${'NO buy 2'}                                    | ${'outcome_price_band'}
  ${'YES and NO'}        | ${/may not be held or ordered/}                 | ${NOT_BOTH}        | ${{}}   | ${'YES buy 2 limit 0.3; NO buy 2'}               | ${'both_outcomes_held'}
  ${'Liquidity'}         | ${/must be worth this much/}                    | ${THIN}            | ${{}}   | ${'ETH buy 1'}                                   | ${'liquidity_too_thin'}
  ${'Liquidity'}         | ${/getting out is not held to it/}              | ${THIN}            | ${OPEN} | ${'book 9@100 / 9@101; sell 1'}                  | ${/^o1, o1 takes/}
  ${'Leverage'}          | ${/each order that adds risk/}                  | ${{}}              | ${{}}   | ${'buy 100 limit 90; buy 6000 limit 90'}         | ${'insufficient_margin'}
`('$name: $steps is $told', ({ name, words, rules, setting, steps, told }) => {
  expect(said(rules, name)).toMatch(words);
  expect(toldLast(`${BOOKS}; ${steps}`, { ...setting, rules })).toMatch(told);
});

const stops = (more: Partial<NonNullable<RuleSet['riskPerTrade']>>) =>
  risk({ limitUsd: dollars('90000'), stopWithinMs: 5_000, stopSeverity: 'close', ...more });

/** What time and prices make of an account that bought one BTC at 100. */
function outcome(rules: Partial<RuleSet>, steps: string, afterMs = 6_000): string {
  const { context } = play(steps, { rules });
  const { judgement, before, after, status } = advanceAccount({
    ...context,
    at: plusMs(NOW, afterMs),
    nextOrderId: () => idOf<OrderId>('d1'),
  });
  const closed = [...before, ...after].some((event) => event.kind === 'order_filled');
  return `${status}, ${judgement.verdict.kind}${closed ? ', closed' : ''}`;
}

const GAIN = (severity: 'pause' | 'close'): Partial<RuleSet> => ({
  dailyLoss: { anchor: 'balance', width: { kind: 'usd', usd: dollars('9000') }, severity, gainCapUsd: dollars('5') },
});
const LOSS = (severity: 'fail' | 'pause' | 'close'): Partial<RuleSet> => ({
  dailyLoss: { anchor: 'balance', width: { kind: 'usd', usd: dollars('50') }, severity, gainCapUsd: null },
});
const OPEN_LOSS = (severity: 'fail' | 'close'): Partial<RuleSet> => ({
  openLoss: { share: ppm(5_000n), severity },
});

const BOUGHT = 'buy 1';
const FELL = 'buy 1; book 9@40 / 9@41';
const WON = 'buy 2; book 9@110 / 9@111; sell 1';

/** Goal: what the words promise of time and prices is what the judge makes of them. */
test.each`
  name                | words                                                | rules                              | steps                               | ends
  ${'Stop-loss'}      | ${/stop orders for all of it .* closed for you/}     | ${stops({})}                       | ${BOUGHT}                           | ${'active, open, closed'}
  ${'Stop-loss'}      | ${/stop orders for all of it/}                       | ${stops({})}                       | ${'buy 1; sell 0.5 stop 90 reduce'} | ${'active, open, closed'}
  ${'Stop-loss'}      | ${/stop orders for all of it/}                       | ${stops({})}                       | ${'buy 1; sell 1 stop 90 reduce'}   | ${'active, open'}
  ${'Stop-loss'}      | ${/or the assessment fails/}                         | ${stops({ stopSeverity: 'fail' })} | ${BOUGHT}                           | ${'failed, failed, closed'}
  ${'Risk per trade'} | ${/A loss that grows larger fails nothing/}          | ${BLOCK}                           | ${FELL}                             | ${'active, open'}
  ${'Risk per trade'} | ${/open or closed, it fails the assessment/}         | ${FAIL}                            | ${FELL}                             | ${'failed, failed, closed'}
  ${'Daily loss'}     | ${/The assessment fails when it does/}               | ${LOSS('fail')}                    | ${FELL}                             | ${'failed, failed, closed'}
  ${'Daily loss'}     | ${/refused until the next day; nothing fails/}       | ${LOSS('pause')}                   | ${FELL}                             | ${'active, open'}
  ${'Daily loss'}     | ${/every position is closed/}                        | ${LOSS('close')}                   | ${FELL}                             | ${'active, open, closed'}
  ${'Daily gain'}     | ${/balance has gained .* day, orders that add risk/} | ${GAIN('pause')}                   | ${WON}                              | ${'active, open'}
  ${'Daily gain'}     | ${/day, every position is closed and orders/}        | ${GAIN('close')}                   | ${WON}                              | ${'active, open, closed'}
  ${'Daily gain'}     | ${/open profit does not count/}                      | ${GAIN('close')}                   | ${'buy 2; book 9@110 / 9@111'}      | ${'active, open'}
  ${'Open loss'}      | ${/The assessment fails when it is/}                 | ${OPEN_LOSS('fail')}               | ${FELL}                             | ${'failed, failed, closed'}
  ${'Open loss'}      | ${/every position is closed for you; nothing fails/} | ${OPEN_LOSS('close')}              | ${FELL}                             | ${'active, open, closed'}
`('$name: after $steps it is $ends', ({ name, words, rules, steps, ends }) => {
  expect(said(rules, name)).toMatch(words);
  expect(outcome(rules, steps)).toBe(ends);
});

/** Goal: a floor is said to stand still only where it does. */
test.each`
  payoutEffect        | words                                | floor
  ${'none'}           | ${/does not move\./}                 | ${'90000.00'}
  ${'lowers_mark'}    | ${/does not move but by a payout\./} | ${'89000.00'}
  ${'floor_to_start'} | ${/does not move but by a payout\./} | ${'100000.00'}
`('with a payout that does $payoutEffect the floor is at $floor', ({ payoutEffect, words, floor }) => {
  const rules = { ...RULES, maxLoss: { ...RULES.maxLoss, payoutEffect } };
  expect(said(rules, 'Maximum drawdown')).toMatch(words);
  const rich = accountWith('120000', [], { standing: standingWith() });
  const paid = afterPayout(rules, rich, dollars('1000'));
  expect(formatUsd(maxLossFloor(rules, paid))).toBe(floor);
});
