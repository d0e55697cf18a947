import { randomUUID } from 'node:crypto';
import { makeBlackoutStore } from '../../../../adapters/cockroach/surveillance/blackout-store';
import { makeDecisionStore } from '../../../../adapters/cockroach/surveillance/decision-store';
import { makeSignalStore } from '../../../../adapters/cockroach/surveillance/signal-store';
import {
  type AccountId,
  type BlackoutId,
  type InstrumentId,
  idOf,
  type PurchaseId,
  type UserId,
} from '../../../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../../../domain/kernel/instant';
import type { BlackoutStore } from '../../../../usecases/ports/surveillance/blackouts';
import type {
  DecisionStore,
  RiskSignal,
  SignalDecision,
  SignalStore,
} from '../../../../usecases/ports/surveillance/surveillance-store';
import { memoryBlackoutStore, memorySignalStore } from '../../../fakes/memory-surveillance';
import { migratedDatabase } from '../test-database';

const NOW = instant(1_764_000_000_123);
const HOUR = 3_600_000;

type Opened = {
  readonly signals: SignalStore;
  readonly decisions: DecisionStore;
  readonly blackouts: BlackoutStore;
  readonly close: () => Promise<void>;
};

const IMPLEMENTATIONS: readonly (readonly [string, () => Promise<Opened>])[] = [
  [
    'in memory',
    async () => {
      const signals = memorySignalStore();
      const { decisions } = signals;
      return { signals, decisions, blackouts: memoryBlackoutStore(), close: async () => undefined };
    },
  ],
  [
    'in the database',
    async () => {
      const database = await migratedDatabase(8);
      return {
        signals: makeSignalStore(database),
        decisions: makeDecisionStore(database),
        blackouts: makeBlackoutStore(database),
        close: database.close,
      };
    },
  ],
];

const audit = () => ({
  auditId: randomUUID(),
  at: NOW,
  actor: 'test',
  action: 'test',
  subject: 'something',
  detail: { n: 1 },
  correlationId: 'c-1',
});

/** Goal: the fake and the database keep signals and blackouts by the same rules. */
describe.each(IMPLEMENTATIONS)('the risk desk %s', (_, open) => {
  let stores: Opened;
  beforeAll(async () => {
    stores = await open();
  });
  afterAll(() => stores.close());

  const signalOf = (change: Partial<RiskSignal> = {}): RiskSignal => ({
    signalId: idOf(randomUUID()),
    kind: 'hedging',
    subject: `subject ${randomUUID()}`,
    userId: idOf(randomUUID()),
    beganAt: NOW,
    seenUntil: plusMs(NOW, HOUR),
    detectedAt: plusMs(NOW, HOUR),
    legs: [
      { accountId: idOf(randomUUID()), instrument: idOf('BTC-USD'), side: 'long' },
      { accountId: idOf(randomUUID()), instrument: idOf('BTC-USD'), side: 'short' },
    ],
    verdict: null,
    copied: null,
    payment: null,
    ...change,
  });
  const found = async ({ subject }: RiskSignal) =>
    (await stores.signals.list('all', 1_000))
      .filter((signal) => signal.subject === subject)
      .map(({ decisions: _, ...signal }) => signal);

  test('a signal comes back as it was kept; found again it keeps its id and is only prolonged', async () => {
    const signal = signalOf();
    expect(await stores.signals.keep([signal])).toBe(1);
    expect(await found(signal)).toEqual([signal]);
    const again = { ...signal, signalId: signalOf().signalId, detectedAt: plusMs(NOW, 9 * HOUR) };
    expect(await stores.signals.keep([again])).toBe(0);
    const longer = { ...again, seenUntil: plusMs(NOW, 3 * HOUR) };
    expect(await stores.signals.keep([longer])).toBe(1);
    expect(await stores.signals.keep([signal])).toBe(0);
    expect(await found(signal)).toEqual([{ ...signal, seenUntil: longer.seenUntil }]);
  });

  test('a verdict on a wrong payout comes back with what it says rightly', async () => {
    const signal = signalOf({ kind: 'wrong_payout', verdict: { given: 'passed', rightly: 'active' } });
    await stores.signals.keep([signal, signalOf()]);
    expect(await found(signal)).toEqual([signal]);
    const corrected = { given: 'passed', rightly: 'failed' } as const;
    const again = { ...signal, verdict: corrected, seenUntil: plusMs(NOW, 2 * HOUR) };
    expect(await stores.signals.keep([again])).toBe(1);
    expect(await found(signal)).toEqual([again]);
  });

  test('a payment comes back with what became of it and the accounts that came by it', async () => {
    const payment = {
      purchaseId: idOf<PurchaseId>(randomUUID()),
      reversal: null,
      accountIds: [idOf<AccountId>(randomUUID())],
    };
    const signal = signalOf({ kind: 'payment', legs: [], payment });
    await stores.signals.keep([signal]);
    expect(await found(signal)).toEqual([signal]);
  });

  test('copying that goes on is prolonged with how often it was seen', async () => {
    const otherUserId = idOf<UserId>(randomUUID());
    const signal = signalOf({ kind: 'copying', copied: { times: 5, otherUserId } });
    await stores.signals.keep([signal]);
    expect(await found(signal)).toEqual([signal]);
    const more = { seenUntil: plusMs(NOW, 2 * HOUR), copied: { times: 6, otherUserId } };
    await stores.signals.keep([{ ...signal, ...more }]);
    expect(await found(signal)).toEqual([{ ...signal, ...more }]);
  });

  test('many are kept at once, and the same one by many at once', async () => {
    const many = Array.from({ length: 50 }, () => signalOf());
    const counts = await Promise.all(Array.from({ length: 5 }, () => stores.signals.keep(many)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(50);
  });

  test('the last detected comes first, and no more than asked for', async () => {
    const times = [5, 7, 6].map((hours) => plusMs(NOW, hours * 1_000 * HOUR));
    const signals = times.map((detectedAt) => signalOf({ detectedAt }));
    await stores.signals.keep(signals);
    const newest = await stores.signals.list('all', 2);
    expect(newest.map(({ signalId }) => signalId)).toEqual([signals[1]?.signalId, signals[2]?.signalId]);
  });

  const decisionOf = (change: Partial<SignalDecision> = {}): SignalDecision => ({
    decisionId: idOf(randomUUID()),
    outcome: 'dismissed',
    reason: 'Two “twins” — known to us',
    decidedBy: idOf(randomUUID()),
    decidedAt: NOW,
    ...change,
  });
  const decisionsOn = async ({ signalId }: RiskSignal, which: 'all' | 'undecided' | 'decided' = 'all') =>
    (await stores.signals.list(which, 1_000)).find((signal) => signal.signalId === signalId)?.decisions;

  test('decisions are kept in their order, whatever their clocks say, and the signal stays as it was', async () => {
    const signal = signalOf();
    await stores.signals.keep([signal]);
    const given = [decisionOf(), decisionOf({ outcome: 'confirmed', decidedAt: plusMs(NOW, -HOUR) }), decisionOf()];
    for (const decision of given) {
      expect(await stores.decisions.append(signal.signalId, decision, audit())).toBe(true);
    }
    expect(await decisionsOn(signal)).toEqual(given);
    expect(await found(signal)).toEqual([signal]);
    for (const decision of given) {
      expect(await stores.decisions.find(decision.decisionId)).toEqual({ ...decision, signalId: signal.signalId });
    }
  });

  test('a decision is kept once, and never on a signal that nobody knows', async () => {
    const [signal, decision] = [signalOf(), decisionOf()];
    await stores.signals.keep([signal]);
    expect(await stores.decisions.append(signalOf().signalId, decision, audit())).toBe(false);
    expect(await stores.decisions.find(decision.decisionId)).toBeUndefined();
    const twice = () => stores.decisions.append(signal.signalId, decision, audit());
    expect((await Promise.all([twice(), twice()])).sort()).toEqual([false, true]);
    const other = { ...decision, outcome: 'confirmed' as const };
    expect(await stores.decisions.append(signal.signalId, other, audit())).toBe(false);
    expect(await decisionsOn(signal)).toEqual([decision]);
  });

  test('several who decide at once are all kept', async () => {
    const signal = signalOf();
    await stores.signals.keep([signal]);
    const given = Array.from({ length: 5 }, () => decisionOf());
    await Promise.all(given.map((decision) => stores.decisions.append(signal.signalId, decision, audit())));
    const kept = await decisionsOn(signal);
    expect(kept).toHaveLength(5);
    expect(new Set(kept)).toEqual(new Set(given));
  });

  test('signals are listed by whether something was decided; one that goes on keeps its decision', async () => {
    const [open, decided] = [signalOf(), signalOf()];
    await stores.signals.keep([open, decided]);
    const decision = decisionOf();
    await stores.decisions.append(decided.signalId, decision, audit());
    await stores.signals.keep([{ ...decided, seenUntil: plusMs(NOW, 2 * HOUR) }]);
    expect([await decisionsOn(open, 'undecided'), await decisionsOn(open, 'decided')]).toEqual([[], undefined]);
    expect([await decisionsOn(decided, 'undecided'), await decisionsOn(decided, 'decided')]).toEqual([
      undefined,
      [decision],
    ]);
  });

  const put = async (at: Instant, instruments: readonly InstrumentId[] | null = null) => {
    const blackoutId = idOf<BlackoutId>(randomUUID());
    const blackout = { blackoutId, instruments, title: 'FOMC “minutes”', at };
    await stores.blackouts.put(blackout, audit());
    return blackout;
  };

  test('blackouts of a span come earliest first, its ends among them', async () => {
    const start = plusMs(NOW, 1_000 * HOUR);
    const [last, first] = [await put(plusMs(start, HOUR)), await put(start, [idOf('BTC-USD'), idOf('ETH-USD')])];
    await put(plusMs(start, -1));
    await put(plusMs(start, HOUR + 1));
    expect(await stores.blackouts.between(start, plusMs(start, HOUR))).toEqual([first, last]);
  });

  test('a blackout of a known id replaces it; a removed one is gone once', async () => {
    const start = plusMs(NOW, 5_000 * HOUR);
    const blackout = await put(start);
    const moved = { ...blackout, title: 'Moved', instruments: [idOf<InstrumentId>('ETH-USD')], at: plusMs(start, 1) };
    await stores.blackouts.put(moved, audit());
    expect(await stores.blackouts.between(start, plusMs(start, HOUR))).toEqual([moved]);
    expect(await stores.blackouts.remove(blackout.blackoutId, audit())).toBe(true);
    expect(await stores.blackouts.remove(blackout.blackoutId, audit())).toBe(false);
    expect(await stores.blackouts.between(start, plusMs(start, HOUR))).toEqual([]);
  });
});
