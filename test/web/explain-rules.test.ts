import type { Rules } from '../../web/lib/contract';
import { explainRules } from '../../web/lib/explain-rules';
import { rules } from './account';

type Over = { readonly [K in keyof Rules]?: Partial<NonNullable<Rules[K]>> | null };

/** The shared rules with some parts of them changed. */
const ruled = (over: Over): Rules => {
  const changed = Object.entries(over).map(([part, change]) => {
    const before = rules[part as keyof Rules];
    const isGroup = typeof before === 'object' && before !== null && change !== null && !Array.isArray(before);
    return [part, isGroup ? { ...before, ...(change as object) } : change];
  });
  return { ...rules, ...Object.fromEntries(changed) };
};

const told = (over: Over, name: string) => explainRules(ruled(over)).find((row) => row.name === name);

/** Goal: whoever buys a tier can read each of its parameters in words; what it does not limit is not listed. */
test('the plain rules say what they limit, and no more', () => {
  expect(explainRules(rules).map(({ name, value, share }) => [name, value, share])).toEqual([
    ['Profit target', '$1,000', '10\u00a0%'],
    ['Maximum drawdown', '$1,000', '10\u00a0%'],
    ['Daily loss', '$500', '5\u00a0%'],
    ['Risk per trade', '$300', '3\u00a0%'],
    ['Touching a limit', 'Breaks it', undefined],
    ['Limit broken for', 'None', undefined],
    ['Trades needed', '3', undefined],
    ['Leverage', '2 : 1', undefined],
    ['Resting orders', 'Fill when traded through', undefined],
    ['Liquidity', 'Shared by everybody', undefined],
    ['Coins fill at', 'Kraken', undefined],
    ['Day begins', '00:30 UTC', undefined],
  ]);
});

const NEWS = { beforeMs: 120_000, afterMs: 90_000, bars: 'new_risk', winShare: null };
const STEPS = [
  { instrument: null, fromBalanceUsd: '0', most: { kind: 'usd', usd: '500' } },
  { instrument: 'BTC-USD', fromBalanceUsd: '50000', most: { kind: 'units', units: '2' } },
];
const LAYER = {
  span: 'day',
  anchor: 'balance',
  width: { kind: 'usd', usd: '500' },
  severity: 'fail',
  weekBegins: 'monday',
};
const SOL_AT_1 = [{ instrument: 'SOL-USD', leverageMax: 1 }];
const TRAILING = { mode: 'trailing_intraday', trails: 'equity', width: { kind: 'share', share: '0.08' } };

test.each`
  name                     | over                                                                                               | value                                                  | means
  ${'Profit target'}       | ${{ target: null }}                                                                                | ${'None'}                                              | ${/nothing to reach/}
  ${'Profit target'}       | ${{ target: { counts: 'equity', closesAll: true } }}                                               | ${'$1,000'}                                            | ${/open profit included\. Every position is closed for you/}
  ${'Profit target'}       | ${{ target: { counts: 'realized' } }}                                                              | ${'$1,000'}                                            | ${/also while positions are open/}
  ${'Maximum drawdown'}    | ${{}}                                                                                              | ${'$1,000'}                                            | ${/below the starting balance\. The floor does not move/}
  ${'Maximum drawdown'}    | ${{ maxLoss: { mode: 'trailing_eod' } }}                                                           | ${'$1,000 trailing'}                                   | ${/highest balance with which a trading day began/}
  ${'Maximum drawdown'}    | ${{ maxLoss: { mode: 'trailing_closed', lockUsd: '10000' } }}                                      | ${'$1,000 trailing'}                                   | ${/after any fill or settlement\. .* no further than \$10,000/}
  ${'Maximum drawdown'}    | ${{ maxLoss: TRAILING }}                                                                           | ${'8\u00a0% trailing'}                                 | ${/highest equity at any price so far/}
  ${'Maximum drawdown'}    | ${{ maxLoss: { mode: 'trailing_eod', trails: 'higher' } }}                                         | ${'$1,000 trailing'}                                   | ${/highest balance or equity, whichever is higher,/}
  ${'Maximum drawdown'}    | ${{ maxLoss: { testedOn: 'balance' } }}                                                            | ${'$1,000'}                                            | ${/^The balance may never/}
  ${'Payouts'}             | ${{ maxLoss: { payoutEffect: 'lowers_mark' } }}                                                    | ${'Lower the floor'}                                   | ${/as much less as was paid out/}
  ${'Payouts'}             | ${{ maxLoss: { payoutEffect: 'floor_to_start' } }}                                                 | ${'Lift the floor'}                                    | ${/moves to the starting balance/}
  ${'Daily loss'}          | ${{ dailyLoss: { anchor: 'initial' } }}                                                            | ${'$500'}                                              | ${/below the starting balance\. The assessment fails/}
  ${'Daily loss'}          | ${{ dailyLoss: { anchor: 'equity', severity: 'pause' } }}                                          | ${'$500'}                                              | ${/equity with which the trading day began\. .*refused until the next day; nothing fails/}
  ${'Daily loss'}          | ${{ dailyLoss: { anchor: 'higher', severity: 'close' } }}                                          | ${'$500'}                                              | ${/whichever was higher\. .*every position is closed/}
  ${'Daily loss'}          | ${{ dailyLoss: { anchor: 'peak' } }}                                                               | ${'$500'}                                              | ${/highest equity of the trading day/}
  ${'Daily loss'}          | ${{ dailyLoss: { width: { kind: 'share', share: '0.045' } } }}                                     | ${'4.5\u00a0%'}                                        | ${/balance with which the trading day began/}
  ${'Daily gain'}          | ${{ dailyLoss: { gainCapUsd: '300' } }}                                                            | ${'$300'}                                              | ${/balance has gained this much/}
  ${'Risk per trade'}      | ${{ riskPerTrade: { severity: 'block' } }}                                                         | ${'$300'}                                              | ${/would lose more than this at its stops/}
  ${'Stop-loss'}           | ${{ riskPerTrade: { stopWithinMs: 300_000 } }}                                                     | ${'Within 5 minutes'}                                  | ${/or the assessment fails/}
  ${'Stop-loss'}           | ${{ riskPerTrade: { stopWithinMs: 0, stopSeverity: 'close' } }}                                    | ${'At once'}                                           | ${/or the position is closed for you/}
  ${'Stop-loss'}           | ${{ riskPerTrade: { stopWithinMs: 300_000, stopCorrection: { count: 1, withinMs: 3_600_000 } } }}  | ${'Within 5 minutes'}                                  | ${/assessment fails\. The first time it is missing, you have 1 hour more to place it\./}
  ${'Stop-loss'}           | ${{ riskPerTrade: { stopWithinMs: 300_000, stopCorrection: { count: 2, withinMs: 60_000 } } }}     | ${'Within 5 minutes'}                                  | ${/The first 2 times it is missing, you have 1 minute more/}
  ${'Open loss'}           | ${{ openLoss: { share: '0.3', severity: 'fail' } }}                                                | ${'30\u00a0%'}                                         | ${/profit with which the trading day began or, without one, of the maximum drawdown\. The assessment fails/}
  ${'Open loss'}           | ${{ openLoss: { share: '0.3', severity: 'close' } }}                                               | ${'30\u00a0%'}                                         | ${/every position is closed for you; nothing fails/}
  ${'Touching a limit'}    | ${{ touch: 'safe' }}                                                                               | ${'Is still safe'}                                     | ${/a millionth of a dollar more/}
  ${'Limit broken for'}    | ${{ touchMs: 1_000 }}                                                                              | ${'1 second'}                                          | ${/at every price for that long/}
  ${'Trades needed'}       | ${{ activity: { tradeHeldMsMin: 60_000 } }}                                                        | ${'3'}                                                 | ${/less than 1 minute does not count/}
  ${'Trading days needed'} | ${{ activity: { daysMin: 4, dayCountsIf: 'opened' } }}                                             | ${'4'}                                                 | ${/a position was opened in it/}
  ${'Trading days needed'} | ${{ activity: { daysMin: 4, dayCountsIf: 'gain', dayGainUsd: '50' } }}                             | ${'4'}                                                 | ${/at least \$50 in it/}
  ${'Trading days needed'} | ${{ activity: { daysMin: 4, dayCountsIf: 'size', daySizeShareMin: '0.7' } }}                       | ${'4'}                                                 | ${/a trade was closed in it of at least 70\u00a0% of your average size/}
  ${'Profit target'}       | ${{ activity: { shortWins: 'excluded', tradeHeldMsMin: 60_000 } }}                                 | ${'$1,000'}                                            | ${/less than 1 minute does not count; its losses do/}
  ${'Inactivity'}          | ${{ activity: { inactivityDays: 14 } }}                                                            | ${'14 days'}                                           | ${/nothing was filled/}
  ${'Time limit'}          | ${{ activity: { timeLimitDays: 1 } }}                                                              | ${'1 day'}                                             | ${/not passed by then/}
  ${'Leverage'}            | ${{ exposure: { leverageOf: SOL_AT_1 } }}                                                          | ${'2 : 1, SOL-USD 1 : 1'}                              | ${/the margin it binds/}
  ${'Consistency'}         | ${{ consistency: { shareMax: '0.4', of: 'net', per: 'day', severity: 'gate' } }}                   | ${'Best day at most 40\u00a0%'}                        | ${/profit of all days/}
  ${'Consistency'}         | ${{ consistency: { shareMax: '0.4', of: 'winning_days', per: 'day', severity: 'gate' } }}          | ${'Best day at most 40\u00a0%'}                        | ${/what the winning days made/}
  ${'Consistency'}         | ${{ consistency: { shareMax: '0.4', of: 'net', per: 'trade', severity: 'fail' } }}                 | ${'Best trade at most 40\u00a0%'}                      | ${/best single trade .* profit of all days\. With more the assessment fails/}
  ${'Open positions'}      | ${{ exposure: { positionsMax: 3 } }}                                                               | ${'At most 3'}                                         | ${/one more is refused/}
  ${'Position size'}       | ${{ exposure: { positionUsdMax: '5000' } }}                                                        | ${'$5,000'}                                            | ${/one crypto position worth more/}
  ${'Per event'}           | ${{ exposure: { eventUsdMax: '500' } }}                                                            | ${'$500'}                                              | ${/outcomes of one event/}
  ${'Per category'}        | ${{ exposure: { categoryUsdMax: '800' } }}                                                         | ${'$800'}                                              | ${/outcomes of one category/}
  ${'Liquidity'}           | ${{ exposure: { liquidityUsdMin: '1000' } }}                                                       | ${'$1,000'}                                            | ${/side of the book/}
  ${'Outcome prices'}      | ${{ exposure: { outcomePriceMin: '0.05', outcomePriceMax: '0.95' } }}                              | ${'5\u00a0% to 95\u00a0%'}                             | ${/inside this band/}
  ${'Opposite outcomes'}   | ${{ exposure: { netsOutcomes: true } }}                                                            | ${'Netted'}                                            | ${/only the one that cost more/}
  ${'YES and NO'}          | ${{ exposure: { allowsBothOutcomes: false } }}                                                     | ${'One of them'}                                       | ${/may not be held or ordered at the same time/}
  ${'Weekend'}             | ${{ conduct: { weekend: 'no_new_risk' } }}                                                         | ${'No new risk'}                                       | ${/closing works/}
  ${'Weekend'}             | ${{ conduct: { weekend: 'flat' } }}                                                                | ${'Everything is closed'}                              | ${/positions are closed for you/}
  ${'Hedging'}             | ${{ conduct: { hedgeSignalAfterMs: 60_000 } }}                                                     | ${'Looked at by a person'}                             | ${/two of your accounts for 1 minute or longer\. .*nothing fails/}
  ${'Reversing'}           | ${{ conduct: { reverseSignalWithinMs: 60_000 } }}                                                  | ${'Looked at by a person'}                             | ${/within 1 minute of closing a position\. .*nothing fails/}
  ${'Copying'}             | ${{ conduct: { copySignal: { withinMs: 500, times: 5 } } }}                                        | ${'Looked at by a person'}                             | ${/within 500 milliseconds and at least 5 times on one day/}
  ${'Resting orders'}      | ${{ execution: { restingFills: 'queue' } }}                                                        | ${'Fill by their place in the queue'}                  | ${/what stood before it there has traded/}
  ${'On its way'}          | ${{ execution: { latencyMs: 250 } }}                                                               | ${'250 milliseconds'}                                  | ${/known to have 250 milliseconds after it arrived\. .*nothing is filled/}
  ${'Liquidity'}           | ${{ execution: { liquidityShared: 'person' } }}                                                    | ${'Shared by your accounts'}                           | ${/What any of your accounts has taken .* stays taken/}
  ${'Liquidity'}           | ${{ execution: { levelShareMax: '0.5' } }}                                                         | ${'Shared by everybody'}                               | ${/at most 50\u00a0% of a price level/}
  ${'Traded volume'}       | ${{ execution: { volumeShareMax: '0.25' } }}                                                       | ${'At most 25\u00a0%'}                                 | ${/what the venue traded in the last hour/}
  ${'Day begins'}          | ${{ dayZone: 'America/New_York', dayResetAt: '17:00' }}                                            | ${'17:00 New York time'}                               | ${/daylight saving included/}
  ${'News'}                | ${{ conduct: { news: { beforeMs: 120_000, afterMs: 90_000, bars: 'new_risk', winShare: null } } }} | ${'No new risk'}                                       | ${/2 minutes before to 90 seconds after/}
  ${'News'}                | ${{ conduct: { news: { ...NEWS, bars: 'orders' } } }}                                              | ${'Stops alone'}                                       | ${/only a stop may close/}
  ${'News'}                | ${{ conduct: { news: { ...NEWS, bars: 'positions' } } }}                                           | ${'Everything is closed'}                              | ${/positions that it concerns are closed for you/}
  ${'Profit target'}       | ${{ conduct: { news: { ...NEWS, winShare: '0.4' } } }}                                             | ${'$1,000'}                                            | ${/filled around news 40\u00a0% counts/}
  ${'Flat every day'}      | ${{ conduct: { flatAt: { time: '15:10', quietMs: 600_000 } } }}                                    | ${'From 15:10'}                                        | ${/closed for you .*; none may from 10 minutes before it on/}
  ${'Risk per trade'}      | ${{ riskPerTrade: { plan: 'fail' } }}                                                              | ${'$300'}                                              | ${/So do stops at which a crypto position would lose this much/}
  ${'Stop-loss'}           | ${{ riskPerTrade: { stopWithinMs: 300_000, stopSeverity: 'close', stopMissesToFail: 3 } }}         | ${'Within 5 minutes'}                                  | ${/the 3rd such position fails the assessment/}
  ${'Trades a day'}        | ${{ exposure: { tradesPerDayMax: 3 } }}                                                            | ${'At most 3'}                                         | ${/what waiting orders may open counts/}
  ${'Per market'}          | ${{ exposure: { marketUsdMax: '500' } }}                                                           | ${'$500'}                                              | ${/both outcomes of one market/}
  ${'Caps'}                | ${{ exposure: { capsFollow: 'day_balance' } }}                                                     | ${'Follow the balance'}                                | ${/grow and shrink/}
  ${'Size by balance'}     | ${{ exposure: { sizeSteps: STEPS } }}                                                              | ${'each from $0: $500; BTC-USD from $50,000: 2 units'} | ${/the lowest step holds/}
  ${'Leverage'}            | ${{ exposure: { leverageMax: 2.5 } }}                                                              | ${'2.5 : 1'}                                           | ${/the margin it binds/}
  ${'Inactivity'}          | ${{ activity: { inactivityDays: 14, inactivityBy: 'opened' } }}                                    | ${'14 days'}                                           | ${/no position was opened/}
  ${'Days needed'}         | ${{ activity: { daysMin: 4, dayCountsIf: 'calendar' } }}                                           | ${'4'}                                                 | ${/it has begun, traded or not/}
  ${'Trading days needed'} | ${{ activity: { daysMin: 4, dayCountsIf: 'size', daySizeShareMin: '0.7', daySizeOf: 'past' } }}    | ${'4'}                                                 | ${/of your average size of before/}
  ${'Weekly loss'}         | ${{ lossLayers: [{ ...LAYER, span: 'week', weekBegins: 'sunday' }] }}                              | ${'$500'}                                              | ${/balance with which the week began\. The assessment fails.*A week begins with the trading day of Sunday/}
  ${'Second daily loss'}   | ${{ lossLayers: [{ ...LAYER, severity: 'pause' }] }}                                               | ${'$500'}                                              | ${/While it is touched orders that add risk are refused/}
  ${'Loss of the account'} | ${{ lossLayers: [{ ...LAYER, span: 'total', anchor: 'initial' }] }}                                | ${'$500'}                                              | ${/below the starting balance/}
`('$name: $value', ({ name, over, value, means }: { name: string; over: Over; value: string; means: RegExp }) => {
  const row = told(over, name);
  expect(row?.value).toBe(value);
  expect(row?.means).toMatch(means);
});

test.each`
  name                | over
  ${'Daily loss'}     | ${{ dailyLoss: null }}
  ${'Risk per trade'} | ${{ riskPerTrade: null }}
  ${'Trades needed'}  | ${{ activity: { tradesMin: 0 } }}
`('$name is not mentioned where there is none', ({ name, over }: { name: string; over: Over }) => {
  expect(told(over, name)).toBeUndefined();
});
