import fc from 'fast-check';
import { balanceOf } from '../../../domain/account/account';
import { replayEvidence } from '../../../domain/assessment/evidence/evidence';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { DAY_MS } from '../../../domain/kernel/instant';
import { formatUsd } from '../../../domain/kernel/money';
import type { Payout } from '../../../domain/market/instrument';
import { settleOutcome } from '../../../usecases/judging/settle-outcome';
import { memorySettling } from '../../fakes/memory-settling';
import { limitAt, openTrading, priceOf, rain, type Trading } from '../../fixtures/open-trading';
import { bitcoin, dollars, rules } from '../../fixtures/stored-account';

const pays = (text: string): Payout => ({ kind: 'pays', price: priceOf(text) });
const VOID: Payout = { kind: 'void' };

/** Holds 1,000 shares of YES, bought at 0.40 for 400 dollars and a fee of 9.60. */
async function holding(changes: Partial<RuleSet> = {}) {
  const trading = await openTrading(changes);
  trading.quote(rain.id, '0.39', '0.40');
  trading.quote(bitcoin.id, '60000', '60000');
  await trading.order('buy', '1000', { instrument: rain.id });
  const settling = memorySettling(trading.world);
  const settle = settleOutcome({ ...trading.parts, ...settling });
  const { accountId, command } = trading;
  return {
    trading,
    signals: () => settling.signals.list('all', 9),
    settle: (payout: Payout, more = {}) =>
      settle({ accountId, instrument: rain.id, payout, trace: command.trace, ...more }),
    balance: async () => formatUsd(balanceOf((await trading.snapshot()).account)),
  };
}

const told = (trading: Trading, from: number) =>
  trading
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
    const { type, data } = story.trading.events()[3] ?? {};
    expect([type, data?.realizedUsd, data?.qty, data?.corrects]).toEqual([
      'trading.position-settled',
      realized,
      '1000',
      false,
    ]);
    const { version, account } = await story.trading.snapshot();
    expect([account.positions, account.tradesClosed]).toEqual([[], 1]);
    expect(await story.settle(payout)).toBe('unchanged');
    expect((await story.trading.snapshot()).version).toBe(version);
  },
);

test('whoever still tells of an earlier resolution pays what the last one says', async () => {
  const { trading, settle, balance } = await holding();
  trading.catalogue.set(rain.id, { ...rain, status: 'resolved', payout: pays('0') });
  expect([await settle(pays('1')), await balance()]).toEqual(['settled', '99590.40']);
  expect([await settle(pays('1')), await balance()]).toEqual(['unchanged', '99590.40']);
});

test('a payout that breaks a limit fails the assessment by the same act', async () => {
  const { trading, settle } = await holding({
    riskPerTrade: null,
    dailyLoss: { ...rules.dailyLoss, width: { kind: 'usd', usd: dollars(405) } } as never,
  });
  await settle(pays('0'));
  expect(told(trading, 3)).toEqual(['trading.position-settled', 'rules.violation-detected', 'assessment.abandoned']);
  const verdict = trading.world.accounts.get(trading.accountId)?.verdict;
  expect(verdict?.violation?.broken.rule).toBe('daily_loss');
  expect(replayEvidence(verdict?.evidence ?? '')).toBe(verdict?.evidence);
});

test('a payout that reaches the target passes it', async () => {
  const target = { profitUsd: dollars(500), counts: 'realized_flat', closesAll: false } as const;
  const { trading, settle } = await holding({ target, activity: { ...rules.activity, tradesMin: 0 } });
  await settle(pays('1'));
  expect(told(trading, 3)).toEqual(['trading.position-settled', 'assessment.completed']);
});

test('its orders end before it is paid', async () => {
  const { trading, settle } = await holding();
  await trading.order('sell', '500', { instrument: rain.id, terms: limitAt('0.90') });
  await settle(pays('1'));
  expect(told(trading, 4)).toEqual(['trading.order-cancelled', 'trading.position-settled']);
  expect((await trading.snapshot()).account.orders).toEqual([]);
});

test('the day that it is paid on has begun before it', async () => {
  const { trading, settle } = await holding();
  trading.later(DAY_MS);
  await settle(pays('1'));
  expect(told(trading, 3).slice(0, 2)).toEqual(['assessment.day-opened', 'trading.position-settled']);
  expect(formatUsd((await trading.snapshot()).account.dayAnchorUsd)).toBe('99990.40');
});

test('while another position has no price it is paid, and judged later', async () => {
  const { trading, settle, balance } = await holding();
  await trading.order('buy', '0.01');
  trading.quote(bitcoin.id, '60000', '60000', 'gapped');
  expect(await settle(pays('1'))).toBe('settled');
  expect(await balance()).toBe('100588.84');
  expect((await trading.snapshot()).status).toBe('active');
});

test('a correction reverses what was paid and pays what is right; history keeps all of it', async () => {
  const { trading, settle, balance } = await holding();
  await settle(pays('1'));
  expect(await settle(pays('0'))).toBe('settled');
  expect(await balance()).toBe('99590.40');
  const paid = trading.events().filter(({ type }) => type === 'trading.position-settled');
  expect(paid.map(({ data }) => [data.paidUsd, data.corrects])).toEqual([
    ['1000.00', false],
    ['-1000.00', true],
    ['0.00', false],
  ]);
  expect(await settle(pays('0'))).toBe('unchanged');
  expect(await settle(VOID)).toBe('settled');
  expect(await balance()).toBe('99990.40');
});

/** Goal: of a market both of whose outcomes were paid wrongly no account is judged with one of them put right alone. */
test('the two outcomes of a market are corrected by one act, and whoever held both is as he was', async () => {
  const { trading, settle } = await holding(failing());
  const drought = { ...rain, id: idOf<InstrumentId>('PM-rain-NO'), venueSymbol: '1002' };
  trading.catalogue.set(drought.id, drought);
  trading.quote(drought.id, '0.59', '0.60');
  await trading.order('buy', '1000', { instrument: drought.id });
  await settle(pays('1'));
  trading.quote(drought.id, '0.59', '0.60', 'gapped');
  await settle(pays('0'), { instrument: drought.id });
  for (const [each, price] of [
    [rain, '0'],
    [drought, '1'],
  ] as const) {
    trading.catalogue.set(each.id, { ...each, status: 'resolved', payout: pays(price) });
  }
  const paid = trading.events().length;
  expect(await settle(pays('0'))).toBe('settled');
  expect(told(trading, paid)).toEqual(Array.from({ length: 4 }, () => 'trading.position-settled'));
  expect(await settle(pays('1'), { instrument: drought.id })).toBe('unchanged');
  expect((await trading.snapshot()).status).toBe('active');
});

const passing = (): Partial<RuleSet> => ({
  target: { profitUsd: dollars(500), counts: 'realized_flat', closesAll: false },
  activity: { ...rules.activity, tradesMin: 0 },
});

const failing = (): Partial<RuleSet> => {
  const width = { kind: 'usd', usd: dollars(405) } as const;
  return { riskPerTrade: null, dailyLoss: { anchor: 'balance', width, severity: 'fail', gainCapUsd: null } };
};

/** Goal: a verdict on a wrong payout stands, and somebody is told what its own evidence says with the right one. */
test.each`
  changes    | first        | then             | given       | rightly     | balance
  ${passing} | ${pays('1')} | ${pays('0')}     | ${'passed'} | ${'active'} | ${'99590.40'}
  ${passing} | ${pays('1')} | ${pays('0.95')}  | ${'passed'} | ${'passed'} | ${'100540.40'}
  ${failing} | ${pays('0')} | ${pays('0.001')} | ${'failed'} | ${'failed'} | ${'99591.40'}
  ${failing} | ${pays('0')} | ${VOID}          | ${'failed'} | ${'active'} | ${'99990.40'}
`(
  '$given on $first.price: corrected to $then.price it stays $given, and the risk desk reads: rightly $rightly',
  async ({ changes, first, then, given, rightly, balance }) => {
    const { trading, settle, signals, ...story } = await holding(changes());
    await settle(first);
    const { verdict } = trading.world.accounts.get(trading.accountId) ?? {};
    const endedAt = trading.now();
    trading.later(DAY_MS);
    expect(await settle(then)).toBe('settled');
    expect([(await trading.snapshot()).status, await story.balance()]).toEqual([given, balance]);
    expect(trading.world.accounts.get(trading.accountId)?.verdict).toBe(verdict);
    expect(trading.events().filter(({ type }) => type === 'rules.violation-detected')).toHaveLength(
      given === 'failed' ? 1 : 0,
    );
    expect(await signals()).toMatchObject([
      {
        kind: 'wrong_payout',
        userId: trading.userId,
        verdict: { given, rightly },
        beganAt: endedAt,
        seenUntil: trading.now(),
        detectedAt: trading.now(),
        legs: [{ accountId: trading.accountId, instrument: rain.id, side: 'long' }],
      },
    ]);
  },
);

test('a second correction is told beside the first; the same payout again is not', async () => {
  const { settle, signals, trading } = await holding(passing());
  for (const payout of [pays('1'), pays('0'), pays('0'), pays('1')]) {
    trading.later(1);
    await settle(payout);
  }
  expect((await signals()).map(({ verdict }) => verdict?.rightly)).toEqual(['passed', 'active']);
});

test('a correction that could not be saved is told once, when it is tried again', async () => {
  const { settle, signals, trading } = await holding(passing());
  await settle(pays('1'));
  const { save } = trading.accounts;
  const answers = ['stale', 'stale'] as const;
  let asked = 0;
  Object.assign(trading.accounts, {
    save: async (...given: Parameters<typeof save>) => answers[asked++] ?? save(...given),
  });
  expect(await settle(pays('0'))).toBe('settled');
  expect([asked, (await signals()).length]).toEqual([3, 1]);
});

test('an open assessment is put right by itself, and one that ended before its outcome was known is not doubted', async () => {
  const open = await holding();
  await open.settle(pays('1'));
  await open.settle(pays('0'));
  expect(await open.signals()).toEqual([]);
  const ended = await holding({ riskPerTrade: null });
  const { trading } = ended;
  await trading.order('buy', '1');
  trading.later(1);
  trading.quote(rain.id, '0.39', '0.40');
  trading.quote(bitcoin.id, '50000', '50000');
  trading.catalogue.set(rain.id, { ...rain, status: 'closed' });
  await trading.judge();
  expect((await trading.snapshot()).account.positions.map(({ instrument }) => instrument)).toEqual([rain.id]);
  trading.later(1);
  await ended.settle(pays('1'));
  await ended.settle(pays('0'));
  expect([(await trading.snapshot()).status, await ended.signals()]).toEqual(['failed', []]);
});

test('where nothing is held, the orders that work end all the same', async () => {
  const { trading, settle } = await holding();
  await trading.order('sell', '1000', { instrument: rain.id });
  await trading.order('buy', '100', { instrument: rain.id, terms: limitAt('0.10') });
  expect(await settle(pays('1'))).toBe('settled');
  expect((await trading.snapshot()).account.orders).toEqual([]);
  expect(trading.events().at(-1)?.type).toBe('trading.order-cancelled');
});

test.each`
  story                                  | more                                   | answer
  ${'no such account'}                   | ${{ accountId: idOf('x') }}            | ${'unknown'}
  ${'an outcome that it never held'}     | ${{ instrument: idOf('PM-snow-YES') }} | ${'unchanged'}
  ${'an engine that has lost its share'} | ${{ fence: { shard: 1, epoch: 1 } }}   | ${'busy'}
`('$story: $answer, and nothing is written', async ({ more, answer }) => {
  const { trading, settle } = await holding();
  trading.world.epochs.set(1, 2);
  const before = await trading.snapshot();
  expect(await settle(pays('1'), more)).toBe(answer);
  expect(await trading.snapshot()).toEqual(before);
});

test('told by many at once, and raced by the trader, it is paid exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { trading } = await holding();
      const slow = {
        ...trading.accounts,
        load: scheduler.scheduleFunction(trading.accounts.load),
        save: scheduler.scheduleFunction(trading.accounts.save),
      };
      const settle = settleOutcome({ ...trading.parts, ...memorySettling(trading.world), accounts: slow });
      const once = () => settle({ ...trading.command, instrument: rain.id, payout: pays('1') });
      await scheduler.waitFor(Promise.all([once(), trading.order('buy', '0.01'), once(), once()]));
      const paid = trading.events().filter(({ type }) => type === 'trading.position-settled');
      expect(paid).toHaveLength(1);
      const { positions } = (await trading.snapshot()).account;
      expect(positions.map(({ instrument }) => instrument)).toEqual([bitcoin.id]);
    }),
    { numRuns: 40 },
  );
});
