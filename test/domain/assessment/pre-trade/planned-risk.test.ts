import { fold } from '../../../../domain/account/evolve';
import { decideOrder } from '../../../../domain/assessment/commands/decide-order';
import type { RiskPerTrade, RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { type InstrumentId, idOf } from '../../../../domain/kernel/ids';
import { ppm } from '../../../../domain/kernel/money';
import { BTC, bitcoin, bookOf, dollars, held, RULES, rainYes, YES } from '../../../fixtures/domain-story';
import { ticketOf } from '../../../fixtures/ticket-words';
import { free, sceneOf, toldLast } from '../../../fixtures/trading-story';

const risk = (limit: string, severity: RiskPerTrade['severity'] = 'block'): Partial<RuleSet> => ({
  maxLoss: { ...RULES.maxLoss, width: { kind: 'usd', usd: dollars('10000000') } },
  dailyLoss: null,
  riskPerTrade: {
    limitUsd: dollars(limit),
    severity,
    stopWithinMs: null,
    stopSeverity: 'fail',
    stopCorrection: null,
    plan: 'unjudged',
    stopMissesToFail: null,
  },
});

const verdict = (text: string): string => (text.includes('_') ? text : 'ok');
const DEEP = 'ETH book 99@3000 / 99@3000; book 99@60000 / 99@60000';
/** One bought at 60,000 for a fee of 60. */
const FIRST = { cash: '39940', positions: [held(BTC, '1', '60000', { feesUsd: dollars('60') })] };
const LONG = { cash: '40000', positions: [held(BTC, '1', '60000')] };
const TWICE = { cash: '-20000', positions: [held(BTC, '2', '120000')] };
const SHORT = { cash: '160000', positions: [held(BTC, '-1', '-60000')] };
const FLAT = { cash: '100000', positions: [] };

/** Goal: what a position may lose at its stops; without a stop there is no plan to measure. */
test.each`
  id                                            | account  | steps                                                                       | told
  ${'RK-1: 2,900 and fees of 60'}               | ${FIRST} | ${'sell 1 stop 57100 reduce; buy 0.001 sl 57100'}                           | ${'ok'}
  ${'RK-2: 3,000 and fees of 60'}               | ${FIRST} | ${'sell 1 stop 57000 reduce; buy 0.001 sl 57000'}                           | ${'risk_per_trade_exceeded'}
  ${'RK-4: the position counts, not the order'} | ${FIRST} | ${'sell 1 stop 59500 reduce; book 99@61000 / 99@61000; buy 1 sl 59500'}     | ${'ok'}
  ${'RK-4: and is too much with a wider stop'}  | ${FIRST} | ${'sell 1 stop 58000 reduce; book 99@61000 / 99@61000; buy 1 sl 59500'}     | ${'risk_per_trade_exceeded'}
  ${'exactly the limit'}                        | ${FLAT}  | ${'buy 1 sl 57000'}                                                         | ${'ok'}
  ${'a tick more'}                              | ${FLAT}  | ${'buy 1 sl 56999.9'}                                                       | ${'risk_per_trade_exceeded'}
  ${'of a short, exactly'}                      | ${FLAT}  | ${'sell 1 sl 63000'}                                                        | ${'ok'}
  ${'of a short, a tick more'}                  | ${FLAT}  | ${'sell 1 sl 63000.1'}                                                      | ${'risk_per_trade_exceeded'}
  ${'an order that rests plans too'}            | ${FLAT}  | ${'buy 1 limit 59000 sl 55999.9'}                                           | ${'risk_per_trade_exceeded'}
  ${'exactly, resting'}                         | ${FLAT}  | ${'buy 1 limit 59000 sl 56000'}                                             | ${'ok'}
  ${'no stop, no plan'}                         | ${FLAT}  | ${'buy 5'}                                                                  | ${'ok'}
  ${'a part without a stop is not measured'}    | ${FLAT}  | ${'buy 1; buy 1 sl 57000'}                                                  | ${'ok'}
  ${'the part with one is'}                     | ${FLAT}  | ${'buy 1; buy 1 sl 56999'}                                                  | ${'risk_per_trade_exceeded'}
  ${'several stops: each for its part'}         | ${FLAT}  | ${'buy 1 sl 58000; buy 1 sl 59000'}                                         | ${'ok'}
  ${'several stops: together too much'}         | ${FLAT}  | ${'buy 1 sl 58000; buy 1 sl 58999.9'}                                       | ${'risk_per_trade_exceeded'}
  ${'more stops than position: the worst'}      | ${LONG}  | ${'sell 1 stop 59000 reduce; sell 1 stop 57100 reduce; buy 0.001 sl 59990'} | ${'ok'}
  ${'and the worst is too much'}                | ${LONG}  | ${'sell 1 stop 59000 reduce; sell 1 stop 56900 reduce; buy 0.001 sl 59990'} | ${'risk_per_trade_exceeded'}
  ${'in whatever order they came'}              | ${LONG}  | ${'sell 1 stop 56900 reduce; sell 1 stop 59000 reduce; buy 0.001 sl 59990'} | ${'risk_per_trade_exceeded'}
  ${'of a short, the worst is the highest'}     | ${SHORT} | ${'buy 1 stop 61000 reduce; buy 1 stop 63100 reduce; sell 0.001 sl 60010'}  | ${'risk_per_trade_exceeded'}
  ${'of a short, within the limit'}             | ${SHORT} | ${'buy 1 stop 61000 reduce; buy 1 stop 62900 reduce; sell 0.001 sl 60010'}  | ${'ok'}
  ${'a short that rests plans too'}             | ${FLAT}  | ${'sell 1 limit 61000 sl 64000.1'}                                          | ${'risk_per_trade_exceeded'}
  ${'exactly, a resting short'}                 | ${FLAT}  | ${'sell 1 limit 61000 sl 64000'}                                            | ${'ok'}
  ${'of a short, only the part with a stop'}    | ${FLAT}  | ${'sell 1; sell 1 sl 63000'}                                                | ${'ok'}
  ${'and that part is measured'}                | ${FLAT}  | ${'sell 1; sell 1 sl 63001'}                                                | ${'risk_per_trade_exceeded'}
  ${'an order to turn a position round'}        | ${LONG}  | ${'sell 1 stop 57100 reduce; sell 1.5 limit 61000 sl 99000'}                | ${'ok'}
  ${'stops of another asset protect nothing'}   | ${LONG}  | ${'ETH buy 1; ETH sell 1 stop 1 reduce; buy 0.001'}                         | ${'ok'}
  ${'nor do stops that would add'}              | ${LONG}  | ${'buy 1 stop 70000; buy 0.001'}                                            | ${'ok'}
  ${'nor a limit order'}                        | ${LONG}  | ${'sell 1 limit 70000 reduce; buy 0.001'}                                   | ${'ok'}
  ${'what would add hides no loss'}             | ${TWICE} | ${'buy 1 stop 70000; sell 1 stop 56900 reduce; buy 0.001'}                  | ${'risk_per_trade_exceeded'}
  ${'what rests is part of the position'}       | ${LONG}  | ${'sell 1 stop 58400 reduce; buy 1 limit 59900 sl 58400'}                   | ${'risk_per_trade_exceeded'}
  ${'exactly, with what rests'}                 | ${LONG}  | ${'sell 1 stop 58400 reduce; buy 1 limit 59800 sl 58400'}                   | ${'ok'}
  ${'likewise of a short'}                      | ${SHORT} | ${'buy 1 stop 61600 reduce; sell 1 limit 60100 sl 61600'}                   | ${'risk_per_trade_exceeded'}
  ${'exactly, of a short'}                      | ${SHORT} | ${'buy 1 stop 61600 reduce; sell 1 limit 60200 sl 61600'}                   | ${'ok'}
  ${'getting out is never blocked'}             | ${FIRST} | ${'sell 1 stop 50000 reduce; sell 0.5'}                                     | ${'ok'}
`('$id', ({ account, steps, told }) => {
  expect(verdict(toldLast(`${DEEP}; ${steps}`, { ...account, rules: risk('3000') }))).toBe(told);
});

test('a rule that judges a loss does not block a plan', () => {
  expect(verdict(toldLast(`${DEEP}; buy 1 sl 50000`, { rules: risk('3000', 'fail') }))).toBe('ok');
});

/** Half of a position of 800 shares at 0.62, and the fees of all of it. */
const HALF = held(YES, '400', '248', { feesUsd: dollars('4') });
const THOUSAND = held(YES, '1000', '400');

/** Goal: an outcome may cost 500, fees included: all of it can be lost, whatever the severity. */
test.each`
  id                                         | steps                                   | positions     | told
  ${'RK-5: 496 and a fee of 4 are 500'}      | ${'YES buy 400'}                        | ${[HALF]}     | ${'ok'}
  ${'RK-5: a hundredth of a share more'}     | ${'YES buy 400.01'}                     | ${[HALF]}     | ${'risk_per_trade_exceeded'}
  ${'RK-7: NO at YES 0.62 costs 0.38'}       | ${'NO buy 1000'}                        | ${[]}         | ${'ok'}
  ${'what is held counts'}                   | ${'YES buy 162'}                        | ${[THOUSAND]} | ${'risk_per_trade_exceeded'}
  ${'what is on order counts'}               | ${'YES buy 500 limit 0.5; YES buy 404'} | ${[]}         | ${'risk_per_trade_exceeded'}
  ${'up to the limit'}                       | ${'YES buy 500 limit 0.5; YES buy 403'} | ${[]}         | ${'ok'}
  ${'the other outcome is another position'} | ${'NO buy 1000'}                        | ${[THOUSAND]} | ${'ok'}
`('$id', ({ steps, positions, told }) => {
  const books = 'YES book 9999@0.62 / 9999@0.62; NO book 9999@0.38 / 9999@0.38';
  for (const severity of ['block', 'fail'] as const) {
    expect(verdict(toldLast(`${books}; ${steps}`, { rules: risk('500', severity), positions }))).toBe(told);
  }
});

test('the fee of an order is part of its cost, to the millionth', () => {
  const instruments = [{ ...rainYes, takerFee: { kind: 'probability', rate: ppm(40_000n) } as const }];
  const buy = (amount: string) =>
    verdict(toldLast(`YES book 1@0.5 / 9999@0.5; YES buy ${amount}`, { rules: risk('510'), instruments }));
  expect([buy('1000'), buy('1000.01')]).toEqual(['ok', 'risk_per_trade_exceeded']);
});

test('an order that rests will pay its fee: that is part of what it plans to lose', () => {
  const plan = (limit: string) =>
    verdict(toldLast(`${DEEP}; buy 1 limit 59000 sl 56000`, { rules: risk(limit), instruments: [bitcoin] }));
  expect([plan('3153.40'), plan('3153.39')]).toEqual(['ok', 'risk_per_trade_exceeded']);
  const instruments = [{ ...rainYes, takerFee: { kind: 'probability', rate: ppm(40_000n) } as const }];
  const shares = (amount: string) =>
    toldLast(`YES book 1@0.5 / 9@0.6; YES buy ${amount} limit 0.5`, { rules: risk('510'), instruments });
  expect([shares('1000'), shares('1000.01')]).toEqual(['o1 works', 'risk_per_trade_exceeded']);
});

/** Three markets of one event: who wins. Every candidate is a market of its own, with a YES that costs 0.50. */
const CANDIDATES = ['ann', 'bob', 'cat'].map((name) =>
  free({
    ...rainYes,
    id: idOf<InstrumentId>(`PM-${name}-YES`),
    outcome: { marketId: name, eventId: 'election', category: 'Politics', question: `Does ${name} win?`, side: 'yes' },
  }),
);
const ANN_NO = free({
  ...rainYes,
  id: idOf<InstrumentId>('PM-ann-NO'),
  outcome: { marketId: 'ann', eventId: 'election', category: 'Politics', question: 'Does ann win?', side: 'no' },
});

/** Buys 0.50 a share, in turn; what each order is told. `200 200 200` are 400 shares of each candidate's YES. */
function bought(exposure: Partial<RuleSet['exposure']>, orders: string): readonly string[] {
  const instruments = [...CANDIDATES, ANN_NO, free(rainYes)];
  const rules = { ...risk('999999'), exposure: { ...RULES.exposure, ...exposure } };
  const { context } = sceneOf({ rules, instruments });
  const books = instruments.map(({ id }) => [id, bookOf('9999@0.5', '9999@0.5', { instrument: id })] as const);
  let account = context.account;
  return orders.split(' ').map((order, index) => {
    const [usd = '', name = CANDIDATES[index]?.outcome?.marketId ?? ''] = order.split(':');
    const id = idOf<InstrumentId>(name.includes('-') ? `PM-${name}` : `PM-${name}-YES`);
    const ticket = ticketOf(idOf(`o${index}`), id, 'buy', [`${Number(usd) * 2}`]);
    const decided = decideOrder({ ...context, account, books: new Map(books) }, ticket);
    if (decided.ok) account = fold(context.rules, account, decided.value);
    return decided.ok ? 'ok' : decided.refusal;
  });
}

const FIVE_HUNDRED = { eventUsdMax: dollars('500') };
const NETTED = { ...FIVE_HUNDRED, netsOutcomes: true };

/**
 * Goal: RK-8: three outcomes of one event, 200 each, under a cap of 500. They are three markets, and whichever of them
 * pays, none of them may: netting is within a market, so that the third is blocked either way.
 */
test.each`
  id                                               | exposure        | orders                  | told
  ${'RK-8: gross, 600 are blocked at the third'}   | ${FIVE_HUNDRED} | ${'200 200 200'}        | ${['ok', 'ok', 'event_cap_exceeded']}
  ${'RK-8: netted, all three may lose, so too'}    | ${NETTED}       | ${'200 200 200'}        | ${['ok', 'ok', 'event_cap_exceeded']}
  ${'RK-8: the third up to the cap'}               | ${FIVE_HUNDRED} | ${'200 200 100'}        | ${['ok', 'ok', 'ok']}
  ${'RK-8: the third a dollar above it'}           | ${FIVE_HUNDRED} | ${'200 200 101'}        | ${['ok', 'ok', 'event_cap_exceeded']}
  ${'RK-8: gross, the NO of one counts beside it'} | ${FIVE_HUNDRED} | ${'200 200 200:ann-NO'} | ${['ok', 'ok', 'event_cap_exceeded']}
  ${'RK-8: netted, of one market the dearer'}      | ${NETTED}       | ${'200 200 200:ann-NO'} | ${['ok', 'ok', 'ok']}
  ${'RK-8: netted, a dearer NO counts instead'}    | ${NETTED}       | ${'200 200 301:ann-NO'} | ${['ok', 'ok', 'event_cap_exceeded']}
  ${'RK-8: another event has its own cap'}         | ${FIVE_HUNDRED} | ${'200 200 500:rain'}   | ${['ok', 'ok', 'ok']}
`('$id', ({ exposure, orders, told }) => {
  expect(bought(exposure, orders)).toEqual(told);
});

const BANDED = { rules: { exposure: { ...RULES.exposure, outcomePriceMax: ppm(510_000n) } } };

/** Goal: a stop that buys an outcome takes nothing above the band; a sale is held to the 5 % alone. */
test.each`
  story                | steps                                                                                          | told
  ${'a buy'}           | ${'YES book 9@0.4 / 9@0.45; YES buy 200 stop 0.5; YES book 9@0.4 / 100@0.5 100@0.51 100@0.52'} | ${'o1 triggered, o1 takes 100@0.5 100@0.51'}
  ${'above it all'}    | ${'YES book 9@0.4 / 9@0.45; YES buy 200 stop 0.5; YES book 9@0.4 / 100@0.52'}                  | ${'o1 triggered, o1 outcome_price_band'}
  ${'a sale'}          | ${'YES book 9@0.9 / 9@0.95; YES sell 100 stop 0.8; YES book 50@0.8 50@0.7 / 9@0.95'}           | ${'o1 triggered, o1 takes 50@0.8'}
  ${'crypto has none'} | ${'YES book 9@0.4 / 9@0.45; book 9@0.4 / 9@0.5; buy 2 stop 0.6; book 9@0.4 / 9@0.6'}           | ${'o1 triggered, o1 takes 2@0.6'}
`('the band at the trigger: $story', ({ steps, told }) => {
  expect(toldLast(steps, { ...BANDED, positions: [held(YES, '100', '40')] })).toBe(told);
});

/** Goal: PM-6: caps of an event and of a category, gross or netted by market; the two outcomes of a market. */
test.each`
  id                                       | exposure                                               | steps                                                        | told
  ${'gross, both outcomes count'}          | ${{ eventUsdMax: dollars('500') }}                     | ${'YES buy 600; NO buy 600'}                                 | ${'event_cap_exceeded'}
  ${'exactly the cap'}                     | ${{ eventUsdMax: dollars('600') }}                     | ${'YES buy 600; NO buy 600'}                                 | ${'ok'}
  ${'netted, the dearer one counts'}       | ${{ eventUsdMax: dollars('500'), netsOutcomes: true }} | ${'YES buy 600; NO buy 600'}                                 | ${'ok'}
  ${'netted, it alone is too much'}        | ${{ eventUsdMax: dollars('300'), netsOutcomes: true }} | ${'YES buy 601'}                                             | ${'event_cap_exceeded'}
  ${'a category likewise'}                 | ${{ categoryUsdMax: dollars('500') }}                  | ${'YES buy 600; NO buy 600'}                                 | ${'category_cap_exceeded'}
  ${'what is on order counts'}             | ${{ eventUsdMax: dollars('500') }}                     | ${'YES buy 800 limit 0.4; NO buy 600'}                       | ${'event_cap_exceeded'}
  ${'what is for sale costs nothing'}      | ${{ eventUsdMax: dollars('500') }}                     | ${'YES buy 600; YES sell 600 limit 0.9; NO buy 400'}         | ${'ok'}
  ${'each order is counted once'}          | ${{ eventUsdMax: dollars('500') }}                     | ${'YES buy 600 limit 0.4; NO buy 500 limit 0.4'}             | ${'ok'}
  ${'and what works elsewhere not at all'} | ${{ eventUsdMax: dollars('500') }}                     | ${'buy 1 limit 90; YES buy 600'}                             | ${'ok'}
  ${'another event has its own cap'}       | ${{ eventUsdMax: dollars('300') }}                     | ${'POLL buy 600; YES buy 600'}                               | ${'ok'}
  ${'another category has its own cap'}    | ${{ categoryUsdMax: dollars('300') }}                  | ${'POLL buy 600; YES buy 600'}                               | ${'ok'}
  ${'the other side of another market'}    | ${{ allowsBothOutcomes: false }}                       | ${'POLL buy 600; YES buy 600'}                               | ${'ok'}
  ${'netted, each market counts'}          | ${{ eventUsdMax: dollars('300'), netsOutcomes: true }} | ${'YES buy 300; HAIL buy 301'}                               | ${'event_cap_exceeded'}
  ${'netted, up to the cap'}               | ${{ eventUsdMax: dollars('300'), netsOutcomes: true }} | ${'YES buy 300; HAIL buy 300'}                               | ${'ok'}
  ${'netted, the second outcome is free'}  | ${{ eventUsdMax: dollars('300'), netsOutcomes: true }} | ${'NO buy 500; YES buy 600'}                                 | ${'ok'}
  ${'PM-6: both outcomes are blocked'}     | ${{ allowsBothOutcomes: false }}                       | ${'YES buy 500; NO buy 500'}                                 | ${'both_outcomes_held'}
  ${'PM-6: on order too'}                  | ${{ allowsBothOutcomes: false }}                       | ${'YES buy 500 limit 0.4; NO buy 500'}                       | ${'both_outcomes_held'}
  ${'PM-6: or allowed'}                    | ${{ allowsBothOutcomes: true }}                        | ${'YES buy 500; NO buy 500'}                                 | ${'ok'}
  ${'PM-6: one after the other'}           | ${{ allowsBothOutcomes: false }}                       | ${'YES buy 500; YES sell 500; NO buy 500'}                   | ${'ok'}
  ${'PM-9: at the edge of the band'}       | ${{ outcomePriceMax: ppm(500_000n) }}                  | ${'YES buy 500'}                                             | ${'ok'}
  ${'PM-9: above the band'}                | ${{ outcomePriceMax: ppm(490_000n) }}                  | ${'YES buy 500'}                                             | ${'outcome_price_band'}
  ${'PM-9: a limit above it'}              | ${{ outcomePriceMax: ppm(600_000n) }}                  | ${'YES buy 500 limit 0.61'}                                  | ${'outcome_price_band'}
  ${'a stop above it'}                     | ${{ outcomePriceMax: ppm(600_000n) }}                  | ${'YES buy 500 stop 0.61'}                                   | ${'outcome_price_band'}
  ${'at the lower edge'}                   | ${{ outcomePriceMin: ppm(500_000n) }}                  | ${'YES buy 500'}                                             | ${'ok'}
  ${'below the band'}                      | ${{ outcomePriceMin: ppm(510_000n) }}                  | ${'YES buy 500'}                                             | ${'outcome_price_band'}
  ${'a limit below it'}                    | ${{ outcomePriceMin: ppm(100_000n) }}                  | ${'YES buy 500 limit 0.09'}                                  | ${'outcome_price_band'}
  ${'selling is held to no band'}          | ${{ outcomePriceMax: ppm(500_000n) }}                  | ${'YES buy 500; YES book 9999@0.99 / 1@0.995; YES sell 500'} | ${'ok'}
`('$id', ({ exposure, steps, told }) => {
  const rules = { ...risk('999999'), exposure: { ...RULES.exposure, ...exposure } };
  const books = ['YES', 'NO', 'HAIL', 'POLL'].map((name) => `${name} book 9999@0.5 / 9999@0.5`).join('; ');
  expect(verdict(toldLast(`${books}; ${steps}`, { rules }))).toBe(told);
});
