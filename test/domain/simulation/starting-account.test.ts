import { type Account, balanceOf, fundedAccount } from '../../../domain/account/account';
import { flatStanding, standingOf } from '../../../domain/account/standing/flat-standing';
import { NO_PAYOUTS } from '../../../domain/account/standing/payouts';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { tradingDayAt } from '../../../domain/assessment/rules/trading-day';
import { DAY_MS, type Instant, instant, plusMs } from '../../../domain/kernel/instant';
import { kernelTerms } from '../../../domain/simulation/kernel-terms';
import { playPath } from '../../../domain/simulation/play-path';
import { type SimulationInput, simulationOf } from '../../../domain/simulation/simulation';
import { restingAccount } from '../../../domain/simulation/starting-account';
import { BTC, dollars, held, RULES, resting } from '../../fixtures/domain-story';
import { oddsOf } from '../../fixtures/simulation/odds';

const AT = instant(Date.UTC(2026, 2, 18, 15));
const PLAIN: RuleSet = { ...RULES, riskPerTrade: null };

type Change = Partial<ReturnType<typeof flatStanding>> & { readonly cash?: string; readonly day?: string };

/** An account that began two days ago. */
function running({ cash, day, ...standing }: Change = {}, rules = PLAIN): Account {
  const startedAt = plusMs(AT, -2 * DAY_MS);
  const account = fundedAccount(rules.startingUsd, day ?? tradingDayAt(AT, rules).day, startedAt);
  const cashUsd = cash ? dollars(cash) : account.cashUsd;
  return { ...account, cashUsd, standing: standingOf({ ...flatStanding(account.standing), ...standing }) };
}

const simulated = (account: Account | null, change: Partial<SimulationInput> = {}) =>
  simulationOf({ rules: PLAIN, strategy: oddsOf(), at: AT, days: 20, account, worstDay: null, ...change });

function began(account: Account | null, change: Partial<SimulationInput> = {}) {
  const simulation = simulated(account, change);
  if (!simulation.ok) throw new Error(JSON.stringify(simulation));
  return simulation.value;
}

const termsOf = (account: Account | null, change: Partial<SimulationInput> = {}) =>
  (kernelTerms(began(account, change)) as { readonly start: Readonly<Record<string, unknown>> }).start;

/** Goal: a path begins where the account stands, as the rules carry it into the next trading day. */
test('a fresh account begins with the trading day of now, a running one with the next', () => {
  const today = tradingDayAt(AT, PLAIN);
  expect(began(null).calendar.days[0]?.startsAt).toBe(today.startsAt);
  const { calendar, start } = began(running());
  expect(calendar.days[0]?.startsAt).toBe(today.endsAt);
  expect(start.day).toBe(tradingDayAt(today.endsAt, PLAIN).day);
});

test('the day that goes on counts before the path begins, by the rules', () => {
  const rules: RuleSet = { ...PLAIN, activity: { ...PLAIN.activity, dayCountsIf: 'opened' } };
  const account = running({ cash: '100500', dayOpened: 1, daysCounted: 3, bestDayUsd: dollars('300') });
  expect(termsOf(account, { rules })).toMatchObject({
    daysCounted: 4,
    bestDayCents: 50_000n,
    winningDaysCents: 50_000n,
  });
  expect(
    termsOf({ ...account, standing: { ...account.standing, day: { ...account.standing.day, opened: 0 } } }),
  ).toMatchObject({
    daysCounted: 3,
  });
});

test('days on which it slept count where every day of the calendar does', () => {
  const rules: RuleSet = { ...PLAIN, activity: { ...PLAIN.activity, dayCountsIf: 'calendar' } };
  const { day } = tradingDayAt(plusMs(AT, -3 * DAY_MS), PLAIN);
  expect(termsOf(running({ day, daysCounted: 1 }), { rules })).toMatchObject({ daysCounted: 5 });
});

test('a mark that trails the ends of days takes the balance of this one', () => {
  const rules: RuleSet = { ...PLAIN, maxLoss: { ...PLAIN.maxLoss, mode: 'trailing_eod', trails: 'balance' } };
  expect(termsOf(running({ cash: '101234.56' }), { rules })).toMatchObject({ highWaterCents: 10_123_456n });
});

test.each`
  change                                                                       | told
  ${{}}                                                                        | ${{ activeMs: -(2 * DAY_MS + 9 * 3_600_000), timeLimitMs: 8 * DAY_MS - 9 * 3_600_000 }}
  ${{ activeAt: AT }}                                                          | ${{ activeMs: -9 * 3_600_000 }}
  ${{ holds: { now: null, heldMs: DAY_MS, endedAt: AT } }}                     | ${{ activeMs: -9 * 3_600_000, timeLimitMs: 9 * DAY_MS - 9 * 3_600_000 }}
  ${{ cash: '100000.019999', highWaterUsd: dollars('100000.019999') }}         | ${{ balanceCents: 10_000_001n, highWaterCents: 10_000_001n }}
  ${{ worstTradeUsd: dollars('9.999999'), bestTradeUsd: dollars('9.990001') }} | ${{ worstTradeCents: 999n, bestTradeCents: 1_000n }}
  ${{ tradesCounted: 7, excludedWinsUsd: dollars('1.000001') }}                | ${{ tradesCounted: 7, excludedCents: 101n }}
`('$change stands as $told', ({ change, told }) => {
  const rules: RuleSet = { ...PLAIN, activity: { ...PLAIN.activity, timeLimitDays: 10 } };
  expect(termsOf(running(change, rules), { rules })).toMatchObject(told);
});

test('what makes a verdict at once is a path that ends on the first day', () => {
  const broken = began(running({ cash: '89000' }));
  expect(playPath(broken, 1n, 0n)).toEqual({
    outcome: 'failed',
    rule: 'max_drawdown',
    day: 1,
    balanceCents: 8_900_000n,
    drawdownCents: 0n,
    underWaterDays: 0,
  });
});

test('a drawdown counts from what the path begins with', () => {
  const account = running({ cash: '99000' });
  const paths = Array.from({ length: 20 }, (_, nth) => playPath(began(account), 1n, BigInt(nth)));
  for (const { drawdownCents, balanceCents } of paths)
    expect(drawdownCents).toBeGreaterThanOrEqual(9_900_000n - balanceCents);
  expect(paths.some(({ drawdownCents }) => drawdownCents < 100_000n)).toBe(true);
});

const untilAt: Instant = plusMs(AT, 40 * DAY_MS);

test.each`
  account                                                                                                                          | field
  ${{ ...running(), positions: [held(BTC, '1', '50000')] }}                                                                        | ${'account.positions'}
  ${{ ...running(), orders: [resting('1')] }}                                                                                      | ${'account.orders'}
  ${running({ day: '2026-03-19' })}                                                                                                | ${'account.day'}
  ${running({ holds: { now: { kind: 'dispute', since: AT }, heldMs: 0, endedAt: null } })}                                         | ${'account.holds'}
  ${running({ activeAt: untilAt })}                                                                                                | ${'account.activeAt'}
  ${running({ holds: { now: null, heldMs: 1, endedAt: untilAt } })}                                                                | ${'account.activeAt'}
  ${running({ payouts: { ...NO_PAYOUTS, growth: { ...NO_PAYOUTS.growth, steps: [{ at: AT, capitalUsd: dollars('200000') }] } } })} | ${'account.payouts'}
`('an account that no path can begin with is refused: $field', ({ account, field }) => {
  expect(simulated(account)).toMatchObject({ ok: false, refusal: 'account_unsuited', fault: { field } });
});

test('at rest an account with positions has what it is worth, and they are no trades', () => {
  const holding = {
    ...running({ cash: '50000', touched: { max_drawdown: AT } }),
    positions: [held(BTC, '1', '50000')],
  };
  const rested = restingAccount(holding, dollars('99800.5'));
  expect(balanceOf(rested)).toBe(dollars('99800.5'));
  expect(rested).toMatchObject({ positions: [], orders: [], tradesClosed: 0 });
  expect(termsOf(rested)).toMatchObject({ balanceCents: 9_980_050n, tradesCounted: 0, daysCounted: 0 });
});
