import { decodeEvent, type Envelope } from '../../../contracts/topics/envelope';
import { eventData } from '../../../contracts/topics/events';
import type { RuleSet } from '../../../domain/assessment/rules';
import { tradingDayAt } from '../../../domain/assessment/trading-day';
import type { AccountId, EventId, InstrumentId } from '../../../domain/kernel/ids';
import { plusMs } from '../../../domain/kernel/instant';
import { formatUsd, parseUsd } from '../../../domain/kernel/money';
import type { BookQuality } from '../../../domain/market/book';
import { RiskEngine } from '../../../eks-workloads/risk-engine/engine';
import { uuidIds } from '../../../runtime/edge';
import { markAccount } from '../../../usecases/mark-account';
import type { AccountMark } from '../../../usecases/ports/marks';
import { bitcoin, NOW, trace } from '../../adapters/cockroach/story';
import { memoryOpenAccounts } from '../../fakes/memory-account-store';
import { openDesk } from '../desk';

const STALE_AFTER_MS = 10_000;
const BTC = bitcoin.id;

/**
 * Goal: between orders the engine sees to it that an account is judged when it must be, and not when it need not be.
 */
async function engineOver(changes: Partial<RuleSet> = {}) {
  const desk = await openDesk({ riskPerTradeUsd: parseUsd('50000'), ...changes });
  const judged: string[] = [];
  const causes: string[] = [];
  const marks: AccountMark[] = [];
  const failures: string[] = [];
  const watched = new Set<AccountId>();
  const state = { now: NOW, isDatabaseDown: false, sequence: 0, told: 0 };
  const engine = new RiskEngine({
    judge: async (_, { correlationId }) => {
      causes.push(correlationId);
      if (state.isDatabaseDown) throw new Error('the database is away');
      const result = await desk.judge();
      judged.push(result.outcome);
      return result;
    },
    mark: markAccount,
    dayAt: tradingDayAt,
    openAccounts: memoryOpenAccounts(desk.world),
    marks: { publish: async (mark) => void marks.push(mark), watched: async () => watched },
    now: () => state.now,
    newTrace: () => trace,
    staleAfterMs: STALE_AFTER_MS,
    metrics: { accounts: () => {}, selected: () => {}, judged: () => {}, quoteSeen: () => {} },
    onFailure: (_, what) => void failures.push(what),
  });
  const quote = async (bid: string, ask: string, quality: BookQuality = 'good', ageMs = 0) => {
    desk.quote(BTC, bid, ask, quality);
    engine.onEvent(quoteEvent(BTC, bid, ask, quality, ++state.sequence, state.now - ageMs));
    await engine.idle();
  };
  return {
    ...{ desk, engine, judged, causes, marks, failures, watched, state, quote },
    /** Hands the engine the outbox rows that it has not been handed yet, in the order given. */
    tell: async (arrange: (events: Envelope[]) => Envelope[] = (events) => events) => {
      const rows = desk.world.outbox.slice(state.told);
      state.told = desk.world.outbox.length;
      const events = rows.flatMap(({ body }) => {
        const decoded = decodeEvent(body);
        return decoded.ok ? [decoded.event] : [];
      });
      for (const event of arrange(events)) engine.onEvent(event);
      await engine.idle();
    },
    later: (ms: number) => {
      desk.later(ms);
      state.now = plusMs(state.now, ms);
    },
    buy: async (amount: string) => {
      desk.quote(BTC, '60000', '60000');
      const placed = await desk.order('buy', amount);
      if (!placed.ok) throw new Error(placed.refusal);
    },
  };
}

const quoteEvent = (
  instrument: InstrumentId,
  bid: string,
  ask: string,
  quality: BookQuality,
  sequence: number,
  receivedAt: number,
): Envelope => ({
  eventId: uuidIds.next<EventId>(),
  type: 'market-data.quote',
  version: 1,
  key: instrument,
  accountVersion: null,
  occurredAt: receivedAt,
  correlationId: `quote-${sequence}`,
  traceparent: null,
  data: eventData['market-data.quote'].parse({
    ...{ instrument, venue: 'kraken', sequence, venueProof: '', quality, venueAt: receivedAt, receivedAt },
    bid: { price: bid, qty: '5' },
    ask: { price: ask, qty: '5' },
  }),
});

const typesOf = (world: { desk: { events: () => { type: string }[] } }) =>
  world.desk.events().map((event) => event.type);

test('every open account is judged once at start, so that nothing of before was missed', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  world.desk.quote(BTC, '40000', '40001');
  await world.engine.reconcile();
  await world.engine.idle();
  expect(world.judged).toEqual(['failed']);
  await world.engine.reconcile();
  await world.engine.idle();
  expect(world.judged).toEqual(['failed']);
});

test('quotes far from the limits judge nobody; the one that crosses judges and fails the account once', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.engine.reconcile();
  await world.engine.idle();
  world.judged.length = 0;
  for (const bid of ['60000', '59000', '55000', '50157']) await world.quote(bid, '60001');
  expect(world.judged).toEqual([]);
  await world.quote('50156', '60001');
  await world.quote('50155', '60001');
  expect(world.judged).toEqual(['failed']);
  expect(typesOf(world).slice(-2)).toEqual(['rules.violation-detected', 'assessment.abandoned']);
});

test.each`
  quality      | ageMs                 | why
  ${'stale'}   | ${0}                  | ${'the venue is silent'}
  ${'gapped'}  | ${0}                  | ${'an update is missing'}
  ${'crossed'} | ${0}                  | ${'the book contradicts itself'}
  ${'good'}    | ${STALE_AFTER_MS + 1} | ${'the quote is old'}
`('no judgement when $why', async ({ quality, ageMs }) => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.engine.reconcile();
  await world.engine.idle();
  world.judged.length = 0;
  await world.quote('40000', '40001', quality, ageMs);
  expect(world.judged).toEqual([]);
  expect((await world.desk.snapshot()).status).toBe('active');
});

test('a tick that was overtaken, or comes again, judges nobody and marks nobody', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.engine.reconcile();
  await world.engine.idle();
  world.judged.length = 0;
  world.later(1_000);
  await world.quote('60000', '60001');
  await world.quote('60010', '60011');
  world.engine.onEvent(quoteEvent(BTC, '40000', '40001', 'good', 1, world.state.now - 500));
  world.engine.onEvent(quoteEvent(BTC, '40000', '40001', 'good', 2, world.state.now));
  await world.engine.idle();
  expect(world.judged).toEqual([]);
});

test('an account bought after the start is watched from its first event on', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.tell();
  expect(new Set(world.judged)).toEqual(new Set(['open']));
  await world.quote('40000', '40001');
  expect(world.judged.at(-1)).toBe('failed');
});

test.each`
  order               | arrange
  ${'in their order'} | ${(events: Envelope[]) => events}
  ${'backwards'}      | ${(events: Envelope[]) => [...events].reverse()}
  ${'twice'}          | ${(events: Envelope[]) => [...events, ...events]}
`('a fill that reaches the target passes the account, its events told $order', async ({ arrange }) => {
  const world = await engineOver({ tradesMin: 1, profitTargetUsd: parseUsd('3000') });
  await world.buy('1');
  await world.tell(arrange);
  world.desk.quote(BTC, '65000', '65000');
  await world.desk.order('sell', '1');
  await world.tell(arrange);
  expect(world.judged.filter((outcome) => outcome === 'passed')).toHaveLength(1);
  expect(typesOf(world).at(-1)).toBe('assessment.completed');
  await world.tell(arrange);
  expect(world.judged.filter((outcome) => outcome === 'passed')).toHaveLength(1);
});

test('an account whose position is closed is no longer looked at', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.tell();
  await world.desk.order('sell', '0.5');
  await world.tell();
  const before = world.judged.length;
  await world.quote('1', '2');
  expect(world.judged.length).toBe(before);
});

test('the trading day is opened at its boundary, once, also while there is no price', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.tell();
  world.later(12 * 3_600_000 + 30 * 60_000 - 1); // One millisecond before 00:30.
  world.engine.rollDays();
  await world.engine.idle();
  expect(typesOf(world)).not.toContain('assessment.day-opened');
  world.later(1);
  for (let second = 0; second < 3; second++) {
    world.engine.rollDays();
    await world.engine.idle();
  }
  expect(typesOf(world).filter((type) => type === 'assessment.day-opened')).toHaveLength(1);
  const judgements = world.judged.length;
  world.engine.rollDays();
  await world.engine.idle();
  expect(world.judged.length).toBe(judgements);
});

test('marks go to those who look, exact, when prices move and otherwise every five seconds', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.tell();
  await world.quote('60000', '60001');
  await world.engine.publishMarks();
  expect(world.marks).toEqual([]);
  world.watched.add(world.desk.accountId);
  await world.engine.refreshWatched();
  await world.engine.publishMarks();
  await world.engine.publishMarks();
  await world.quote('60100.02', '60101');
  await world.engine.publishMarks();
  expect(world.marks.map((mark) => formatUsd(mark.equityUsd))).toEqual(['99922.00', '99972.01']);
  expect(world.marks[1]?.rooms.map((room) => `${room.rule} ${formatUsd(room.roomUsd)}`)).toEqual([
    'daily_loss 4972.01',
    'max_drawdown 9972.01',
    'risk_per_trade 49972.01',
  ]);
  world.later(5_000);
  await world.engine.publishMarks();
  expect(world.marks).toHaveLength(3);
  world.later(STALE_AFTER_MS);
  await world.engine.publishMarks();
  expect(world.marks).toHaveLength(3);
});

test('equity is recorded for accounts with something at stake and a fresh price', async () => {
  const world = await engineOver();
  const curve = () => [...(world.desk.world.accounts.get(world.desk.accountId)?.equity.values() ?? [])];
  const atStart = curve().length;
  await world.tell();
  await world.engine.recordEquity();
  expect(curve()).toHaveLength(atStart);
  await world.buy('0.5');
  await world.tell();
  world.later(60_000);
  await world.quote('60100', '60101');
  await world.engine.recordEquity();
  expect(curve().at(-1)).toEqual({
    at: world.state.now,
    equityUsd: parseUsd('99972'),
    balanceUsd: parseUsd('99922'),
  });
});

test('a database that is away is asked again until it answers', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.tell();
  world.state.isDatabaseDown = true;
  await world.quote('40000', '40001');
  expect(world.failures).toEqual(['an account could not be judged']);
  world.state.isDatabaseDown = false;
  while (world.judged.at(-1) !== 'failed') await new Promise((resolve) => setTimeout(resolve, 10));
  await world.engine.close();
});

test('a judgement carries the correlation id of the quote that caused it', async () => {
  const world = await engineOver();
  await world.buy('0.5');
  await world.tell();
  await world.quote('40000', '40001');
  expect(world.causes.at(-1)).toBe('quote-1');
  expect(world.desk.events().at(-1)).toMatchObject({ type: 'assessment.abandoned' });
});
