import { encodeEvent } from '../../../contracts/topics/envelope';
import type { AccountEvent } from '../../../domain/account/account-event';
import { beforePayoutOf } from '../../../domain/assessment/settlement/settle-position';
import { type EventId, idOf } from '../../../domain/kernel/ids';
import { changeOf, integrationEventOf } from '../../../usecases/events/to-outbox';
import type { ProvenVerdict } from '../../../usecases/ports/accounts/account-store';
import { limitAt, openTrading } from '../../fixtures/open-trading';
import { BTC, bitcoin, dollars, NOW, trace } from '../../fixtures/stored-account';

const opened = (day: string): AccountEvent => ({
  kind: 'day_opened',
  day,
  dayAnchorUsd: dollars(1),
  dayPeakUsd: dollars(1),
});
const warned = (percent: number): AccountEvent => ({ kind: 'limit_warned', rule: 'daily_loss', percent });

const proof = { at: NOW, equityUsd: dollars(94_000), evidence: '{}', evidenceHash: 'ab'.repeat(32) };
const limit = {
  limitUsd: dollars(5_000),
  usedUsd: dollars(6_000),
  roomUsd: dollars(-1_000),
  floorUsd: dollars(95_000),
};
const failed = (broken: NonNullable<ProvenVerdict['violation']>['broken']): ProvenVerdict => ({
  ...proof,
  violation: { violationId: idOf('01890000-0000-7000-8000-000000000003'), broken },
});
const byLimit = failed({ kind: 'limit', rule: 'daily_loss', ...limit });
const byShare = failed({
  kind: 'share',
  rule: 'consistency',
  per: 'day',
  limitUsd: dollars(1_500),
  usedUsd: dollars(2_000),
  totalUsd: dollars(3_000),
});
const byTime = failed({ kind: 'deadline', rule: 'inactivity', dueAt: NOW });

const changed = async (
  before: readonly AccountEvent[],
  verdict?: ProvenVerdict,
  after: readonly AccountEvent[] = [],
) => {
  const trading = await openTrading();
  const snapshot = { ...(await trading.snapshot()), version: 7 };
  let count = 0;
  const nextId = () => {
    count += 1;
    return idOf<EventId>(`01890000-0000-7000-8000-0000000000${10 + count}`);
  };
  const outcome = { at: NOW, before, after, ...(verdict && { verdict }) };
  return { snapshot, change: changeOf(snapshot, trace, nextId, outcome) };
};

/** Goal: what happened is told in the order in which it became true, without a gap. */
test.each`
  story                                     | before                                | verdict      | after           | types                                                                | versions   | status
  ${'nothing but what happened'}            | ${[opened('2026-03-15'), warned(50)]} | ${undefined} | ${[]}           | ${['day-opened', 'limit-warned']}                                    | ${[8, 9]}  | ${'active'}
  ${'a violation between cause and effect'} | ${[opened('2026-03-15')]}             | ${byLimit}   | ${[warned(95)]} | ${['day-opened', 'violation-detected', 'abandoned', 'limit-warned']} | ${[8, 11]} | ${'failed'}
  ${'a missed deadline'}                    | ${[]}                                 | ${byTime}    | ${[]}           | ${['violation-detected', 'abandoned']}                               | ${[]}      | ${'failed'}
  ${'a pass and what it ends'}              | ${[]}                                 | ${proof}     | ${[warned(80)]} | ${['completed', 'limit-warned']}                                     | ${[9]}     | ${'passed'}
`('$story', async ({ before, verdict, after, types, versions, status }) => {
  const { change, snapshot } = await changed(before, verdict, after);
  const { messages } = change;
  expect(messages.map(({ type }) => type.split('.')[1])).toEqual(types);
  expect(messages.map(({ accountVersion }) => accountVersion)).toEqual(types.map((_: string, n: number) => 8 + n));
  expect([change.versions, change.status, change.events]).toEqual([versions, status, [...before, ...after]]);
  expect(messages.every(({ key, occurredAt }) => key === snapshot.accountId && occurredAt === NOW)).toBe(true);
});

test.each`
  verdict    | told
  ${byLimit} | ${{ rule: 'daily_loss', limitUsd: dollars(5_000), usedUsd: dollars(6_000), dueAt: null }}
  ${byShare} | ${{ rule: 'consistency', limitUsd: dollars(1_500), usedUsd: dollars(2_000), dueAt: null }}
  ${byTime}  | ${{ rule: 'inactivity', limitUsd: null, usedUsd: null, dueAt: NOW }}
`('a violation of $told.rule tells its own numbers', async ({ verdict, told }) => {
  const { change } = await changed([], verdict);
  expect(change.messages[0]?.data).toMatchObject(told);
});

test('every event of a trader’s day is one event that its contract can write', async () => {
  const trading = await openTrading();
  trading.quote(bitcoin.id, '60000', '60000');
  await trading.order('buy', '0.1');
  await trading.order('buy', '0.1', { terms: limitAt('50000') });
  const snapshot = await trading.snapshot();
  const order = snapshot.account.orders[0];
  const position = snapshot.account.positions[0];
  const fill = trading.world.accounts.get(trading.accountId)?.fills[0];
  if (!order || !position || !fill) throw new Error('ordered above');
  const money = { cashUsd: dollars(1), balanceUsd: dollars(2) };
  const settlement = {
    instrument: bitcoin.id,
    payout: { kind: 'void' },
    position,
    ...money,
    realizedUsd: dollars(0),
    corrects: false,
    settledAt: NOW,
    before: beforePayoutOf(snapshot.account),
  } as const;
  const events: readonly AccountEvent[] = [
    opened('2026-03-14'),
    warned(50),
    { kind: 'order_placed', order },
    { kind: 'order_placed', order: { ...order, terms: { type: 'market' } } },
    { kind: 'order_amended', order },
    { kind: 'order_advanced', order },
    { kind: 'order_triggered', order },
    { kind: 'order_cancelled', order },
    {
      kind: 'order_filled',
      fill,
      ledger: [],
      ...money,
      tradesClosed: 1,
      position: undefined,
      queueAhead: null,
      tapeSeenAt: NOW,
      consumesBook: true,
    },
    { kind: 'position_settled', settlement, ledger: [], ...money, dayAnchorUsd: dollars(5), isPaused: true },
    { kind: 'trading_paused', rule: 'daily_loss' },
    { kind: 'high_water_raised', highWaterUsd: dollars(3), dayPeakUsd: dollars(4), peakedAt: NOW },
    { kind: 'stop_corrected', instrument: BTC, dueAt: NOW, left: 2 },
    { kind: 'account_held', hold: 'refund', at: NOW },
    { kind: 'account_released', at: NOW },
    {
      kind: 'payout_taken',
      payoutId: idOf('00000000-0000-7000-8000-00000000000a'),
      at: NOW,
      amountUsd: dollars(10),
      traderUsd: dollars(9),
      ledger: [],
      ...money,
      dayAnchorUsd: dollars(5),
      highWaterUsd: dollars(6),
      dayPeakUsd: dollars(7),
      periods: { weekUsd: null, monthUsd: dollars(8) },
    },
  ];
  const { accountId, assessmentId, userId } = snapshot;
  const holder = { accountId, assessmentId, userId };
  const head = {
    ...trace,
    eventId: idOf<EventId>('01890000-0000-7000-8000-00000000000e'),
    version: 1,
    key: accountId,
  } as const;
  const written = events.map((event) => {
    const sent = integrationEventOf(holder, event);
    return JSON.parse(encodeEvent({ ...head, ...sent, accountVersion: 2, occurredAt: NOW } as never)) as {
      type: string;
      data: object;
    };
  });
  expect(written.map(({ type }) => type.split('.')[1])).toEqual([
    'day-opened',
    'limit-warned',
    'order-placed',
    'order-placed',
    'order-amended',
    'order-advanced',
    'order-triggered',
    'order-cancelled',
    'order-filled',
    'position-settled',
    'trading-paused',
    'high-water-raised',
    'stop-corrected',
    'held',
    'released',
    'payout-taken',
  ]);
  for (const { data } of written) expect(data).toMatchObject(holder);
  expect(written[12]?.data).toMatchObject({ instrument: BTC, dueAt: NOW, left: 2 });
  expect(written[13]?.data).toMatchObject({ hold: 'refund' });
  expect(written[8]?.data).toMatchObject({ cashUsd: '1.00', balanceUsd: '2.00', position: null, part: 1 });
});
