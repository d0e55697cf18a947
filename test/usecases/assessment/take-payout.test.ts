import fc from 'fast-check';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { type AssessmentId, idOf, type PayoutId, type UserId } from '../../../domain/kernel/ids';
import { plusMs } from '../../../domain/kernel/instant';
import { formatUsd, type Usd } from '../../../domain/kernel/money';
import { uuidIds } from '../../../runtime/edge';
import { payout } from '../../../usecases/assessment/firms/blank';
import { readPayouts } from '../../../usecases/assessment/read-payouts';
import { takePayout } from '../../../usecases/assessment/take-payout';
import { replayAccount } from '../../../usecases/events/replay-account';
import { judgePast } from '../../../usecases/judging/judge-past';
import type { AccountStore } from '../../../usecases/ports/accounts/account-store';
import { memoryAccountJournal } from '../../fakes/memory-account-journal';
import { memoryPayoutStore } from '../../fakes/memory-account-store';
import { memoryAssessmentStore } from '../../fakes/memory-assessment-store';
import { openTrading } from '../../fixtures/open-trading';
import { bitcoin, dollars, trace } from '../../fixtures/stored-account';

const DAY_MS = 86_400_000;
const FUNDED: Partial<RuleSet> = { target: null, consistency: null, riskPerTrade: null, payout: payout('0.8') };

/** A funded account that has won 1,000 dollars and is flat, its fees of 0.26 % paid. */
async function won(changes: Partial<RuleSet> = {}, wrap?: (accounts: AccountStore) => AccountStore) {
  const trading = await openTrading({ ...FUNDED, ...changes }, wrap);
  const { world, parts, userId, assessmentId } = trading;
  trading.quote(bitcoin.id, '60000', '60000');
  await trading.order('buy', '1');
  trading.quote(bitcoin.id, '61314.8', '61314.8');
  await trading.order('sell', '1');
  const given = { ...parts, assessments: memoryAssessmentStore(world), payouts: memoryPayoutStore(world) };
  const asked = { assessmentId, userId, trace, payoutId: uuidIds.next<PayoutId>(), amountUsd: dollars(500) };
  return {
    ...trading,
    given,
    asked,
    take: (more: Partial<typeof asked> = {}) => takePayout(given)({ ...asked, ...more }),
    read: (id: AssessmentId = assessmentId, user: UserId = userId) => readPayouts(given)(id, user),
    told: () => trading.events().filter(({ type }) => type === 'assessment.payout-taken'),
    cash: async () => formatUsd((await trading.snapshot()).account.cashUsd),
  };
}

test('a payout is taken once: the same again is the same, another amount by its id is refused, and it is told', async () => {
  const { take, told, cash, asked, world, accountId, snapshot, now } = await won();
  const before = await cash();
  const first = await take();
  expect(first).toEqual({
    ok: true,
    value: {
      payout: { payoutId: asked.payoutId, amountUsd: dollars(500), traderUsd: dollars(400), takenAt: now() },
      isReplay: false,
    },
  });
  expect(await take()).toEqual({ ok: true, value: { ...(first.ok && first.value), isReplay: true } });
  expect(await take({ amountUsd: dollars(400) })).toMatchObject({
    refusal: 'payout_id_reused',
    fault: { field: 'payoutId' },
  });
  expect(told()).toHaveLength(1);
  expect(told()[0]?.data).toMatchObject({ payoutId: asked.payoutId, amountUsd: '500.00', traderUsd: '400.00' });
  expect(Number(before) - Number(await cash())).toBe(500);
  const replayed = await replayAccount({ accounts: { load: snapshot }, journal: memoryAccountJournal(world) })(
    accountId,
  );
  expect(replayed).toMatchObject({ ok: true, value: { difference: null } });
});

test('what is offered is what may be taken: all of it, and not a millionth more', async () => {
  const { read, take } = await won();
  const offered = await read();
  if (!offered.ok || !offered.value.offer) throw new Error('something is offered');
  const { amountUsd, traderUsd, firmUsd, isOpen } = offered.value.offer;
  expect([formatUsd((traderUsd + firmUsd) as Usd), isOpen]).toEqual([formatUsd(amountUsd), true]);
  expect(await take({ amountUsd: (amountUsd + 1n) as Usd })).toMatchObject({
    refusal: 'payout_too_large',
    fault: { field: 'amountUsd' },
  });
  expect(await take({ amountUsd })).toMatchObject({ ok: true, value: { payout: { amountUsd, traderUsd } } });
  expect(await read()).toMatchObject({
    ok: true,
    value: { offer: { amountUsd: 0n, isOpen: false }, payouts: [{ amountUsd }] },
  });
});

/** Goal: whoever may not take anything is told why, by a field and a rule, and nothing has changed. */
test.each<[string, Partial<RuleSet>, number, string, RegExp]>([
  ['nothing is paid out', { payout: null }, 500, 'no_payouts', /pays nothing out/],
  [
    'too early',
    { payout: payout('0.8', { firstAfterDays: 14 }) },
    500,
    'payout_waits',
    /since the account began: 0 of 14/,
  ],
  [
    'days to be won',
    { payout: payout('0.8', { winningDays: { min: 3, dayUsd: dollars(1) } }) },
    500,
    'payout_waits',
    /days won since the last payout: 0 of 3/,
  ],
  [
    'too little profit',
    { payout: payout('0.8', { profitMinUsd: dollars(5_000) }) },
    500,
    'payout_waits',
    /profit: \$999.* of \$5,000/,
  ],
  [
    'a best day that is all',
    { payout: payout('0.8', { consistencyMax: 400_000n as never }) },
    500,
    'payout_waits',
    /best day/,
  ],
  [
    'too little for the trader',
    { payout: payout('0.8', { minUsd: dollars(500) }) },
    600,
    'payout_too_small',
    /must leave \$500/,
  ],
  ['more than there is', {}, 5_000, 'payout_too_large', /at most \$999/],
])('%s', async (_, changes, amount, refusal, rule) => {
  const { take, told, cash } = await won(changes);
  const before = await cash();
  expect(await take({ amountUsd: dollars(amount) })).toMatchObject({
    ok: false,
    refusal,
    fault: { field: expect.any(String), rule: expect.stringMatching(rule) },
  });
  expect([told(), await cash()]).toEqual([[], before]);
});

test('nobody takes or sees what is another’s', async () => {
  const { take, read } = await won();
  const other = idOf<UserId>(uuidIds.next());
  expect(await take({ userId: other })).toMatchObject({
    refusal: 'assessment_unknown',
    fault: { field: 'assessmentId' },
  });
  expect(await read(undefined, other)).toMatchObject({ refusal: 'assessment_unknown' });
  expect(await take({ assessmentId: idOf<AssessmentId>(uuidIds.next()) })).toMatchObject({
    refusal: 'assessment_unknown',
  });
});

test('of two payouts that are asked for at once one is paid where one alone fits, and copies of one are one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, isCopy) => {
      const wrap = (accounts: AccountStore): AccountStore => ({
        load: scheduler.scheduleFunction(accounts.load),
        save: scheduler.scheduleFunction(accounts.save),
        recall: accounts.recall,
      });
      const { given, asked, told, cash } = await scheduler.waitFor(won({}, wrap));
      const before = Number(await cash());
      const ids = isCopy ? [asked.payoutId, asked.payoutId] : [asked.payoutId, uuidIds.next<PayoutId>()];
      const all = ids.map((payoutId) => takePayout(given)({ ...asked, payoutId, amountUsd: dollars(600) }));
      const answers = await scheduler.waitFor(Promise.all(all));
      const outcomes = answers.map((answer) => (answer.ok ? `${answer.value.isReplay}` : answer.refusal)).sort();
      expect(outcomes).toEqual(isCopy ? ['false', 'true'] : ['false', 'payout_too_large']);
      expect(told()).toHaveLength(1);
      expect(before - Number(await cash())).toBe(600);
    }),
    { seed: 11, numRuns: 40 },
  );
});

test('a breach that was told and judged by nobody goes first: nothing is paid, and the account has failed', async () => {
  const { given, asked, quote, later, order, told, snapshot, now } = await won({ touchMs: 0 });
  await order('buy', '1');
  later(1_000);
  quote(bitcoin.id, '50000', '50000');
  later(1_000);
  quote(bitcoin.id, '61400', '61400');
  const lateSince = plusMs(now(), -2_000);
  const late = { ...given, judgedUntil: { of: async () => lateSince } };
  const parts = { ...late, judgePast: judgePast(late) };
  const answer = await takePayout(parts)({ ...asked, amountUsd: dollars(100) });
  expect(answer).toMatchObject({ refusal: 'assessment_closed', fault: { field: 'assessmentId' } });
  expect([(await snapshot()).status, told()]).toEqual(['failed', []]);
});

test('what was told and is not kept any more lets nothing out while anything is held', async () => {
  const { given, asked, order, told } = await won();
  await order('buy', '0.1');
  const parts = { ...given, judgePast: async () => 'behind' as const };
  expect(await takePayout(parts)({ ...asked, amountUsd: dollars(100) })).toMatchObject({ refusal: 'judge_behind' });
  expect(told()).toEqual([]);
});

test('what is held counts at a price that the venue confirms after it was asked for, or nothing is paid', async () => {
  const { given, asked, order, told } = await won();
  await order('buy', '0.1');
  const silent = {
    ...given.books,
    confirmed: async () => ({ books: await given.books.current([bitcoin.id], 'kraken'), held: new Set<never>() }),
  };
  expect(await takePayout({ ...given, books: silent })({ ...asked, amountUsd: dollars(100) })).toMatchObject({
    refusal: 'price_unconfirmed',
  });
  expect(told()).toEqual([]);
  expect(await takePayout(given)({ ...asked, amountUsd: dollars(100) })).toMatchObject({ ok: true });
});

test('a new day begins with the payout, and the capital that grows with it comes first', async () => {
  const scaling = {
    afterDays: 1,
    profitShare: 0n as never,
    payoutsMin: 0,
    growth: 250_000n as never,
    of: 'start' as const,
    maxUsd: dollars(200_000),
  };
  const { take, later, events, read } = await won({ payout: payout('0.8', { scaling }) });
  later(2 * DAY_MS);
  expect(await read()).toMatchObject({ ok: true, value: { growth: { capitalUsd: dollars(125_000) } } });
  expect(await take()).toMatchObject({ ok: true });
  const types = events().map(({ type }) => type);
  expect(types.slice(-3)).toEqual(['assessment.day-opened', 'assessment.capital-grown', 'assessment.payout-taken']);
});

test('an account that has ended offers nothing, and tells what it paid', async () => {
  const { take, read, given, assessmentId, userId, snapshot } = await won();
  await take();
  const ended = { ...(await snapshot()), status: 'failed' as const };
  const assessments = {
    find: async () => {
      const found = await given.assessments.find(assessmentId);
      return found && { ...found, snapshot: ended };
    },
  };
  expect(await readPayouts({ ...given, assessments })(assessmentId, userId)).toMatchObject({
    ok: true,
    value: { offer: null, growth: null, payouts: [{ amountUsd: dollars(500) }] },
  });
  expect(await read()).toMatchObject({ ok: true, value: { offer: { isOpen: true } } });
});
