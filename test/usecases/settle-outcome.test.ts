import fc from 'fast-check';
import { balanceOf } from '../../domain/account/account';
import { replayEvidence } from '../../domain/assessment/evidence';
import type { RuleSet } from '../../domain/assessment/rules';
import { idOf } from '../../domain/kernel/ids';
import { formatUsd } from '../../domain/kernel/money';
import type { Payout } from '../../domain/market/instrument';
import { settleOutcome } from '../../usecases/settle-outcome';
import { bitcoin, dollars, rules } from '../adapters/cockroach/story';
import { memorySettlementStore } from '../fakes/memory-account-store';
import { limitAt, openDesk, priceOf, rain, type TradingDesk } from './desk';

const DAY_MS = 24 * 3_600_000;
const pays = (text: string): Payout => ({ kind: 'pays', price: priceOf(text) });
const VOID: Payout = { kind: 'void' };

/** Holds 1,000 shares of YES, bought at 0.40 for 400 dollars and a fee of 9.60. */
async function holding(changes: Partial<RuleSet> = {}) {
  const desk = await openDesk(changes);
  desk.quote(rain.id, '0.39', '0.40');
  desk.quote(bitcoin.id, '60000', '60000');
  await desk.order('buy', '1000', { instrument: rain.id });
  const settle = settleOutcome({ ...desk.parts, settlements: memorySettlementStore(desk.world) });
  const { accountId, command } = desk;
  return {
    desk,
    settle: (payout: Payout, more = {}) =>
      settle({ accountId, instrument: rain.id, payout, trace: command.trace, ...more }),
    balance: async () => formatUsd(balanceOf((await desk.snapshot()).account)),
  };
}

const told = (desk: TradingDesk, from: number) =>
  desk
    .events()
    .slice(from)
    .map(({ type }) => type);

/** Goal: PM-1, PM-2, PM-7, PM-8: paid once, tested against the floors by the same act, corrected in the open. */
test.each`
  outcome     | payout         | balance        | realized
  ${'YES'}    | ${pays('1')}   | ${'100590.40'} | ${'600.00'}
  ${'NO'}     | ${pays('0')}   | ${'99590.40'}  | ${'-400.00'}
  ${'a draw'} | ${pays('0.5')} | ${'100090.40'} | ${'100.00'}
  ${'void'}   | ${VOID}        | ${'99990.40'}  | ${'0.00'}
`(
  'resolved $outcome: the balance is $balance, and a second telling changes nothing',
  async ({ payout, balance, realized }) => {
    const story = await holding();
    expect(await story.settle(payout)).toBe('settled');
    expect(await story.balance()).toBe(balance);
    const { type, data } = story.desk.events()[3] ?? {};
    expect([type, data?.realizedUsd, data?.qty, data?.corrects]).toEqual([
      'trading.position-settled',
      realized,
      '1000',
      false,
    ]);
    const { version, account } = await story.desk.snapshot();
    expect([account.positions, account.tradesClosed]).toEqual([[], 1]);
    expect(await story.settle(payout)).toBe('unchanged');
    expect((await story.desk.snapshot()).version).toBe(version);
  },
);

test('a payout that breaks a limit fails the assessment by the same act', async () => {
  const { desk, settle } = await holding({
    riskPerTrade: null,
    dailyLoss: { ...rules.dailyLoss, width: { kind: 'usd', usd: dollars(405) } } as never,
  });
  await settle(pays('0'));
  expect(told(desk, 3)).toEqual(['trading.position-settled', 'rules.violation-detected', 'assessment.abandoned']);
  const verdict = desk.world.accounts.get(desk.accountId)?.verdict;
  expect(verdict?.violation?.broken.rule).toBe('daily_loss');
  expect(replayEvidence(verdict?.evidence ?? '')).toBe(verdict?.evidence);
});

test('a payout that reaches the target passes it', async () => {
  const target = { profitUsd: dollars(500), counts: 'realized_flat', closesAll: false } as const;
  const { desk, settle } = await holding({ target, activity: { ...rules.activity, tradesMin: 0 } });
  await settle(pays('1'));
  expect(told(desk, 3)).toEqual(['trading.position-settled', 'assessment.completed']);
});

test('its orders end before it is paid', async () => {
  const { desk, settle } = await holding();
  await desk.order('sell', '500', { instrument: rain.id, terms: limitAt('0.90') });
  await settle(pays('1'));
  expect(told(desk, 4)).toEqual(['trading.order-cancelled', 'trading.position-settled']);
  expect((await desk.snapshot()).account.orders).toEqual([]);
});

test('the day that it is paid on has begun before it', async () => {
  const { desk, settle } = await holding();
  desk.later(DAY_MS);
  await settle(pays('1'));
  expect(told(desk, 3).slice(0, 2)).toEqual(['assessment.day-opened', 'trading.position-settled']);
  expect(formatUsd((await desk.snapshot()).account.dayAnchorUsd)).toBe('99990.40');
});

test('while another position has no price it is paid, and judged later', async () => {
  const { desk, settle, balance } = await holding();
  await desk.order('buy', '0.01');
  desk.quote(bitcoin.id, '60000', '60000', 'gapped');
  expect(await settle(pays('1'))).toBe('settled');
  expect(await balance()).toBe('100588.84');
  expect((await desk.snapshot()).status).toBe('active');
});

test('a correction reverses what was paid and pays what is right; history keeps all of it', async () => {
  const { desk, settle, balance } = await holding();
  await settle(pays('1'));
  expect(await settle(pays('0'))).toBe('settled');
  expect(await balance()).toBe('99590.40');
  const paid = desk.events().filter(({ type }) => type === 'trading.position-settled');
  expect(paid.map(({ data }) => [data.paidUsd, data.corrects])).toEqual([
    ['1000.00', false],
    ['-1000.00', true],
    ['0.00', false],
  ]);
  expect(await settle(pays('0'))).toBe('unchanged');
  expect(await settle(VOID)).toBe('settled');
  expect(await balance()).toBe('99990.40');
});

test('an assessment that has ended is paid and corrected too, and judged no more', async () => {
  const target = { profitUsd: dollars(500), counts: 'realized_flat', closesAll: false } as const;
  const { desk, settle, balance } = await holding({ target, activity: { ...rules.activity, tradesMin: 0 } });
  await settle(pays('1'));
  const { verdict } = desk.world.accounts.get(desk.accountId) ?? {};
  expect(await settle(pays('0'))).toBe('settled');
  expect([(await desk.snapshot()).status, await balance()]).toEqual(['passed', '99590.40']);
  expect(desk.world.accounts.get(desk.accountId)?.verdict).toBe(verdict);
});

test('a failure stays the one that it was, whatever a correction would say of it', async () => {
  const width = { kind: 'usd', usd: dollars(405) } as const;
  const dailyLoss = { anchor: 'balance', width, severity: 'fail', gainCapUsd: null } as const;
  const { desk, settle } = await holding({ riskPerTrade: null, dailyLoss });
  await settle(pays('0'));
  await settle(pays('0.001'));
  const violations = desk.events().filter(({ type }) => type === 'rules.violation-detected');
  expect([violations.length, (await desk.snapshot()).status]).toEqual([1, 'failed']);
});

test('where nothing is held, the orders that work end all the same', async () => {
  const { desk, settle } = await holding();
  await desk.order('sell', '1000', { instrument: rain.id });
  await desk.order('buy', '100', { instrument: rain.id, terms: limitAt('0.10') });
  expect(await settle(pays('1'))).toBe('settled');
  expect((await desk.snapshot()).account.orders).toEqual([]);
  expect(desk.events().at(-1)?.type).toBe('trading.order-cancelled');
});

test.each`
  story                                  | more                                   | answer
  ${'no such account'}                   | ${{ accountId: idOf('x') }}            | ${'unknown'}
  ${'an outcome that it never held'}     | ${{ instrument: idOf('PM-snow-YES') }} | ${'unchanged'}
  ${'an engine that has lost its share'} | ${{ fence: { shard: 1, epoch: 1 } }}   | ${'busy'}
`('$story: $answer, and nothing is written', async ({ more, answer }) => {
  const { desk, settle } = await holding();
  desk.world.epochs.set(1, 2);
  const before = await desk.snapshot();
  expect(await settle(pays('1'), more)).toBe(answer);
  expect(await desk.snapshot()).toEqual(before);
});

test('told by many at once, and raced by the trader, it is paid exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { desk } = await holding();
      const settlements = memorySettlementStore(desk.world);
      const slow = {
        ...desk.accounts,
        load: scheduler.scheduleFunction(desk.accounts.load),
        save: scheduler.scheduleFunction(desk.accounts.save),
      };
      const settle = settleOutcome({ ...desk.parts, accounts: slow, settlements });
      const once = () => settle({ ...desk.command, instrument: rain.id, payout: pays('1') });
      await scheduler.waitFor(Promise.all([once(), desk.order('buy', '0.01'), once(), once()]));
      const paid = desk.events().filter(({ type }) => type === 'trading.position-settled');
      expect(paid).toHaveLength(1);
      const { positions } = (await desk.snapshot()).account;
      expect(positions.map(({ instrument }) => instrument)).toEqual([bitcoin.id]);
    }),
    { numRuns: 40 },
  );
});
