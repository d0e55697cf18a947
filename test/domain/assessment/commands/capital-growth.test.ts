import fc from 'fast-check';
import { type Account, balanceOf } from '../../../../domain/account/account';
import type { AccountEvent } from '../../../../domain/account/account-event';
import { fold } from '../../../../domain/account/evolve';
import { advanceAccount } from '../../../../domain/assessment/commands/advance-account';
import { growthPlan } from '../../../../domain/assessment/commands/capital-growth';
import { shownRooms } from '../../../../domain/assessment/commands/shown-rooms';
import type { AssessmentStatus, DecisionContext } from '../../../../domain/assessment/context/decision-context';
import { judge } from '../../../../domain/assessment/judging/judge';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { rulesInForce } from '../../../../domain/assessment/rules/rules-in-force';
import { payoutOffer } from '../../../../domain/assessment/settlement/payout-offer';
import { takePayout } from '../../../../domain/assessment/settlement/take-payout';
import { type FillId, idOf, type OrderId } from '../../../../domain/kernel/ids';
import { type Instant, plusMs } from '../../../../domain/kernel/instant';
import { addUsd, formatUsd, ppm, subUsd, type Usd, usd } from '../../../../domain/kernel/money';
import { anyRuleSet } from '../../../fixtures/arbitrary-rules';
import { BTC, bookOf, dollars, held, INSTRUMENTS, marks, moment, quoteOn } from '../../../fixtures/domain-story';
import { funded, maxLossOf, PAYOUT, payingOut } from '../rule-sets';

const DAY_MS = 86_400_000;

type Given = Pick<DecisionContext, 'rules' | 'account' | 'at'> & Partial<DecisionContext>;

const contextOf = (given: Given): DecisionContext => ({
  status: 'active',
  instruments: INSTRUMENTS,
  books: new Map(),
  tape: new Map(),
  taken: new Map(),
  blackouts: [],
  nextFillId: () => idOf<FillId>('f'),
  nextOrderId: () => idOf<OrderId>('o'),
  ...given,
});
type Scaling = NonNullable<NonNullable<RuleSet['payout']>['scaling']>;

const PLAN: Scaling = {
  afterDays: 30,
  profitShare: ppm(100_000n),
  payoutsMin: 0,
  growth: ppm(250_000n),
  of: 'start',
  maxUsd: dollars('160000'),
};
const scaled = (change: Partial<Scaling> = {}, base = maxLossOf('static', '10000')): RuleSet =>
  payingOut(base, { scaling: { ...PLAN, ...change } });

const won = (account: Account, amount: string): Account => ({
  ...account,
  cashUsd: addUsd(account.cashUsd, dollars(amount)),
});

/** The account once the trading day of `at` has been visited, and what happened. */
function visited(rules: RuleSet, account: Account, at: Instant, status: AssessmentStatus = 'active') {
  const { before, after, judgement } = advanceAccount(contextOf({ rules, account, at, status }));
  const events = [...before, ...after];
  return { account: fold(rules, account, events), events, judgement };
}

const grownIn = (events: readonly AccountEvent[]): readonly string[] =>
  events.flatMap((event) => (event.kind === 'capital_grown' ? [formatUsd(event.capitalUsd)] : []));

const START = funded(scaled());
const dayAfter = (days: number): Instant => plusMs(START.standing.startedAt, days * DAY_MS);

/** Goal: an account grows on the first day on which all that the plan asks is shown, and not before. */
test.each<[string, Partial<Scaling>, number, string, readonly string[]]>([
  ['30 days and a tenth', {}, 30, '10000', ['125000.00']],
  ['a day too early', {}, 29, '10000', []],
  ['a millionth too little', {}, 30, '9999.999999', []],
  ['a payout is missing', { payoutsMin: 1 }, 30, '10000', []],
  ['no further than its most', { maxUsd: dollars('110000') }, 30, '10000', ['110000.00']],
  ['doubled', { growth: ppm(1_000_000n), maxUsd: dollars('1000000') }, 30, '10000', ['200000.00']],
])('%s', (_, change, days, profit, expected) => {
  const rules = scaled(change);
  expect(grownIn(visited(rules, won(START, profit), dayAfter(days)).events)).toEqual(expected);
});

test('only a beginning day looks at it: within the day nothing grows, however often it is visited', () => {
  const rules = scaled({ afterDays: 0 });
  const rich = won(START, '50000');
  expect(grownIn(visited(rules, rich, plusMs(START.standing.startedAt, 1_000)).events)).toEqual([]);
  const first = visited(rules, rich, dayAfter(1));
  expect(grownIn(first.events)).toEqual(['125000.00']);
  expect(visited(rules, first.account, dayAfter(1)).events).toEqual([]);
  expect(grownIn(visited(rules, first.account, dayAfter(2)).events)).toEqual([]);
});

test('each growth asks anew: the profit of before it counts for none after it, and what was paid out counts', () => {
  const rules = scaled({ payoutsMin: 1 });
  let account = won(START, '12000');
  const worth = { equityUsd: balanceOf(account) };
  const paid = takePayout(rules, account, worth, { ...PAYOUT, amountUsd: dollars('12000'), at: dayAfter(10) });
  if (!paid.ok) throw new Error(paid.refusal);
  account = fold(rules, account, [paid.value]);
  const first = visited(rules, account, dayAfter(30));
  expect(grownIn(first.events)).toEqual(['125000.00']);
  expect(first.account.standing.payouts.growth).toEqual({
    steps: [{ at: dayAfter(30), capitalUsd: dollars('125000') }],
    fromUsd: dollars('125000'),
    taken: 1,
    paidUsd: 0n,
  });
  const later = visited(rules, won(first.account, '20000'), dayAfter(60));
  expect(grownIn(later.events)).toEqual([]);
  expect(growthPlan(rules, later.account, balanceOf(later.account), dayAfter(60))).toEqual({
    capitalUsd: dollars('125000'),
    nextUsd: dollars('150000'),
    gates: [
      { gate: 'days_since_growth', have: 30n, need: 30n, isMet: true },
      { gate: 'profit_since_growth_usd', have: dollars('20000'), need: dollars('12500'), isMet: true },
      { gate: 'payouts_since_growth', have: 0n, need: 1n, isMet: false },
    ],
  });
});

test('a part of the capital compounds, one of the starting balance does not; the last is cut to the most', () => {
  const told = (of: Scaling['of']) => {
    const rules = scaled({ of, afterDays: 0 });
    let [account, capitals]: [Account, string[]] = [START, []];
    for (let day = 1; day <= 4; day++) {
      const visit = visited(rules, won(account, '20000'), dayAfter(day));
      [account, capitals] = [visit.account, [...capitals, ...grownIn(visit.events)]];
    }
    return capitals;
  };
  expect(told('start')).toEqual(['125000.00', '150000.00', '160000.00']);
  expect(told('capital')).toEqual(['125000.00', '156250.00', '160000.00']);
});

/** Goal: capital mends nothing. What is broken, in doubt, touched, held or over is left as it is. */
test.each<[string, (account: Account) => Account, AssessmentStatus]>([
  ['a payment that is disputed', (a) => ({ ...a, standing: { ...a.standing, holds: HELD } }), 'active'],
  [
    'a limit that is touched',
    (a) => ({ ...a, standing: { ...a.standing, touched: { max_drawdown: START.standing.startedAt } } }),
    'active',
  ],
  ['an assessment that has failed', (a) => a, 'failed'],
])('%s does not grow', (_, changed, status) => {
  expect(grownIn(visited(scaled(), changed(won(START, '20000')), dayAfter(30), status).events)).toEqual([]);
});

const HELD = { now: { kind: 'dispute', since: START.standing.startedAt }, heldMs: 0, endedAt: null } as const;

/** Two bitcoins that cost what they are worth at 50,000; 20,000 were won before. */
const LONG = held(BTC, '2', '100000');
const OPEN: Account = { ...START, cashUsd: dollars('20000'), positions: [LONG] };

test('an open loss takes from the profit, and what is broken when the day begins is broken, not mended', () => {
  const rules = { ...scaled({ profitShare: ppm(10_000n) }), touchMs: 0 };
  const at = dayAfter(30);
  const visit = (bid: string) => {
    const books = new Map([[BTC, { ...bookOf(`9@${bid}`, `9@${bid}`), receivedAt: at, venueAt: at }]]);
    const { before, status } = advanceAccount(contextOf({ rules, account: OPEN, at, books }));
    return [status, ...grownIn(before)];
  };
  expect(visit('50000')).toEqual(['active', '125000.00']);
  expect(visit('40500')).toEqual(['active', '125000.00']);
  expect(visit('40499')).toEqual(['active']);
  expect(visit('35000')).toEqual(['failed']);
});

test('what has no price is worth the least that it can be', () => {
  const rules = { ...scaled({ profitShare: ppm(10_000n) }), touchMs: 0 };
  const { events } = visited(rules, OPEN, dayAfter(30));
  expect(grownIn(events)).toEqual([]);
});

/** Any account of any rules that scale, on its way, worth something. */
const drawn = fc.record({
  any: anyRuleSet,
  cash: fc.bigInt({ min: 60_000_000_000n, max: 150_000_000_000n }),
  steps: fc.array(fc.bigInt({ min: 1n, max: 70_000_000_000n }), { maxLength: 3 }),
  mark: fc.bigInt({ min: 0n, max: 20_000_000_000n }),
});

const scaledBy = (rules: RuleSet): RuleSet =>
  payingOut({ ...rules, target: null, consistency: null }, { scaling: PLAN });

function accountOf({ cash, steps, mark }: { cash: bigint; steps: bigint[]; mark: bigint }, rules: RuleSet): Account {
  const start = funded(rules);
  const { peaks } = start.standing;
  const highWaterUsd = rules.maxLoss.mode === 'static' ? peaks.highWaterUsd : usd(peaks.highWaterUsd + mark);
  const begun: Account = {
    ...start,
    cashUsd: usd(cash),
    standing: { ...start.standing, peaks: { ...peaks, highWaterUsd } },
  };
  return steps.reduce((account, addedUsd) => grownBy(rules, account, usd(addedUsd)), begun);
}

const grownBy = (rules: RuleSet, account: Account, addedUsd: Usd): Account => {
  const capitalUsd = addUsd(rulesInForce(rules, account).startingUsd, addedUsd);
  const cashUsd = addUsd(account.cashUsd, addedUsd);
  const at = account.standing.startedAt;
  return fold(rules, account, [
    { kind: 'capital_grown', at, addedUsd, capitalUsd, cashUsd, balanceUsd: cashUsd, ledger: [] },
  ]);
};

test('no room of any rules becomes less by it, and what is left never more than the limit grew by', () => {
  fc.assert(
    fc.property(drawn, fc.bigInt({ min: 1n, max: 90_000_000_000n }), (given, addedUsd) => {
      const rules = scaledBy(given.any);
      const before = accountOf(given, rules);
      const after = grownBy(rules, before, usd(addedUsd));
      const at = before.standing.startedAt;
      const [old, now] = [before, after].map((account) => judge(rules, account, marks(), at).rooms);
      expect(now?.map(({ rule }) => rule)).toEqual(old?.map(({ rule }) => rule));
      for (const [index, room] of (old ?? []).entries()) {
        const grown = now?.[index];
        // What may be open as a loss follows the profit, which stays what it was.
        expect(grown && grown.roomUsd >= room.roomUsd).toBe(true);
        expect(grown && subUsd(grown.roomUsd, room.roomUsd) <= subUsd(grown.limitUsd, room.limitUsd) + 1n).toBe(true);
      }
    }),
    { seed: 7, numRuns: 400 },
  );
});

test('an account is judged, shown and paid by the rules in force, whether it is given those or the ones sold', () => {
  fc.assert(
    fc.property(drawn, (given) => {
      const rules = scaledBy(given.any);
      const account = accountOf(given, rules);
      const force = rulesInForce(rules, account);
      const at = dayAfter(3);
      const opened = { ...account, positions: [held(BTC, '0.1', '6000')] };
      const quotes = marks(quoteOn(BTC, '58000'));
      expect(judge(rules, opened, quotes, at)).toEqual(judge(force, opened, quotes, at));
      const shown = (by: RuleSet) =>
        shownRooms({ rules: by, account: opened, instruments: new Map() }, usd(given.cash), quotes);
      expect(shown(rules)).toEqual(shown(force));
      const worth = { equityUsd: balanceOf(account) };
      expect(payoutOffer(rules, account, worth, at)).toEqual(payoutOffer(force, account, worth, at));
    }),
    { seed: 8, numRuns: 300 },
  );
});

test('what is paid out after it is profit alone: the capital that was added is none', () => {
  const rules = scaled({ afterDays: 0 });
  const { account } = visited(rules, won(START, '12000'), moment('2026-03-05T00:00:00Z'));
  const offer = payoutOffer(rules, account, { equityUsd: balanceOf(account) }, dayAfter(4));
  expect(offer?.amountUsd).toBe(dollars('12000'));
});
