import fc from 'fast-check';
import { balanceOf } from '../../../../domain/account/account';
import { judge } from '../../../../domain/assessment/judging/judge';
import { roomsOf } from '../../../../domain/assessment/rules/limits';
import { plusMs } from '../../../../domain/kernel/instant';
import { formatUsd, price, usd } from '../../../../domain/kernel/money';
import {
  accountWith,
  BTC,
  dollars,
  held,
  marks,
  NOW,
  quoteOn,
  RULES,
  standingWith,
  units,
} from '../../../fixtures/domain-story';

test('a judgement tells equity, balance, rooms, deadlines, gates and the verdict', () => {
  const rules = { ...RULES, activity: { ...RULES.activity, timeLimitDays: 30 } };
  const account = accountWith('41000', [held(BTC, '1', '60000')], { dayAnchorUsd: dollars('102000') });
  expect(judge(rules, account, marks(quoteOn(BTC, '58499.5', '99999')), NOW)).toEqual({
    equityUsd: dollars('99499.5'),
    worstUsd: dollars('99499.5'),
    bestUsd: dollars('99499.5'),
    unpriced: [],
    inDoubt: null,
    balanceUsd: dollars('101000'),
    rooms: [
      {
        rule: 'daily_loss',
        limitUsd: dollars('5000'),
        usedUsd: dollars('2500.5'),
        roomUsd: dollars('2499.5'),
        floorUsd: dollars('97000'),
      },
      {
        rule: 'max_drawdown',
        limitUsd: dollars('10000'),
        usedUsd: dollars('500.5'),
        roomUsd: dollars('9499.5'),
        floorUsd: dollars('90000'),
      },
      {
        rule: 'risk_per_trade',
        limitUsd: dollars('10000'),
        usedUsd: dollars('1500.5'),
        roomUsd: dollars('8499.5'),
        floorUsd: null,
      },
    ],
    deadlines: [{ rule: 'time_limit', dueAt: Date.parse('2026-04-13T00:00:00Z') }],
    gates: [
      { gate: 'target_usd', have: dollars('1000'), need: dollars('10000'), isMet: false },
      { gate: 'flat_positions', have: 1n, need: 0n, isMet: false },
    ],
    verdict: { kind: 'open' },
  });
});

test('a profit uses nothing of a limit and widens its room', () => {
  const rooms = roomsOf(RULES, accountWith('104000'), dollars('104000'), marks());
  expect(rooms.map(({ rule, usedUsd, roomUsd }) => `${rule} ${formatUsd(usedUsd)} ${formatUsd(roomUsd)}`)).toEqual([
    'daily_loss 0.00 9000.00',
    'max_drawdown 0.00 14000.00',
    'risk_per_trade 0.00 10000.00',
  ]);
});

test('a failure carries the room, or the deadline, that broke', () => {
  const failed = judge(RULES, accountWith('90000'), marks(), NOW);
  expect('verdict' in failed && failed.verdict).toEqual({
    kind: 'failed',
    broken: {
      kind: 'limit',
      rule: 'daily_loss',
      limitUsd: dollars('5000'),
      usedUsd: dollars('10000'),
      roomUsd: dollars('-5000'),
      floorUsd: dollars('95000'),
    },
  });
  const rules = { ...RULES, activity: { ...RULES.activity, inactivityDays: 1 } };
  const idle = accountWith('100000', [], { standing: standingWith({ activeAt: NOW }) });
  const later = judge(rules, idle, marks(), plusMs(NOW, 86_400_000));
  expect('verdict' in later && later.verdict).toEqual({
    kind: 'failed',
    broken: { kind: 'deadline', rule: 'inactivity', dueAt: plusMs(NOW, 86_400_000) },
  });
});

test('whatever the account and the price: failed exactly when a floor is touched, and never passed while open', () => {
  const cents = fc.bigInt({ min: 0n, max: 200_000_00n }).map((n) => usd(n * 10_000n));
  fc.assert(
    fc.property(cents, cents, fc.bigInt({ min: 0n, max: 120_000_00n }), fc.boolean(), (cash, anchor, bid, isOpen) => {
      const positions = isOpen ? [held(BTC, '1', '60000')] : [];
      const account = accountWith('0', positions, { cashUsd: cash, dayAnchorUsd: anchor });
      const quote = { ...quoteOn(BTC, '1'), bid: { price: price(bid * 1_000_000n), qty: units('1') } };
      const judgement = judge(RULES, account, marks(quote), NOW);
      const equity = cash + (isOpen ? bid * 10_000n : 0n);
      const loss = isOpen ? dollars('60000') - bid * 10_000n : 0n;
      const touched = equity <= anchor - dollars('5000') || equity <= dollars('90000') || loss >= dollars('10000');
      expect(judgement.equityUsd).toBe(equity);
      expect(judgement.verdict.kind === 'failed').toBe(touched);
      const reached = !isOpen && balanceOf(account) >= dollars('110000');
      expect(judgement.verdict.kind === 'passed').toBe(reached && !touched);
    }),
    { numRuns: 300 },
  );
});
