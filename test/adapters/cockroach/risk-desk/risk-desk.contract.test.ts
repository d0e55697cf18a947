import { randomUUID } from 'node:crypto';
import { makeBlackoutStore } from '../../../../adapters/cockroach/risk-desk/blackout-store';
import { makeSignalStore } from '../../../../adapters/cockroach/risk-desk/signal-store';
import { type BlackoutId, type InstrumentId, idOf } from '../../../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../../../domain/kernel/instant';
import type { BlackoutStore } from '../../../../usecases/ports/blackouts';
import type { RiskSignal, SignalStore } from '../../../../usecases/ports/risk-desk';
import { memoryBlackoutStore, memorySignalStore } from '../../../fakes/memory-risk-desk';
import { migratedDatabase } from '../test-database';

const NOW = instant(1_764_000_000_123);
const HOUR = 3_600_000;

type Opened = {
  readonly signals: SignalStore;
  readonly blackouts: BlackoutStore;
  readonly close: () => Promise<void>;
};

const IMPLEMENTATIONS: readonly (readonly [string, () => Promise<Opened>])[] = [
  [
    'in memory',
    async () => ({ signals: memorySignalStore(), blackouts: memoryBlackoutStore(), close: async () => undefined }),
  ],
  [
    'in the database',
    async () => {
      const database = await migratedDatabase(8);
      return { signals: makeSignalStore(database), blackouts: makeBlackoutStore(database), close: database.close };
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
    ...change,
  });
  const found = async ({ subject }: RiskSignal) =>
    (await stores.signals.newest(1_000)).filter((signal) => signal.subject === subject);

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

  test('many are kept at once, and the same one by many at once', async () => {
    const many = Array.from({ length: 50 }, () => signalOf());
    const counts = await Promise.all(Array.from({ length: 5 }, () => stores.signals.keep(many)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(50);
  });

  test('the last detected comes first, and no more than asked for', async () => {
    const times = [5, 7, 6].map((hours) => plusMs(NOW, hours * 1_000 * HOUR));
    const signals = times.map((detectedAt) => signalOf({ detectedAt }));
    await stores.signals.keep(signals);
    const newest = await stores.signals.newest(2);
    expect(newest.map(({ signalId }) => signalId)).toEqual([signals[1]?.signalId, signals[2]?.signalId]);
  });

  const put = async (at: Instant, instrument: InstrumentId | null = null) => {
    const blackoutId = idOf<BlackoutId>(randomUUID());
    const blackout = { blackoutId, instrument, title: 'FOMC “minutes”', at };
    await stores.blackouts.put(blackout, audit());
    return blackout;
  };

  test('blackouts of a span come earliest first, its ends among them', async () => {
    const start = plusMs(NOW, 1_000 * HOUR);
    const [last, first] = [await put(plusMs(start, HOUR)), await put(start, idOf('BTC-USD'))];
    await put(plusMs(start, -1));
    await put(plusMs(start, HOUR + 1));
    expect(await stores.blackouts.between(start, plusMs(start, HOUR))).toEqual([first, last]);
  });

  test('a blackout of a known id replaces it; a removed one is gone once', async () => {
    const start = plusMs(NOW, 5_000 * HOUR);
    const blackout = await put(start);
    const moved = { ...blackout, title: 'Moved', instrument: idOf<InstrumentId>('ETH-USD'), at: plusMs(start, 1) };
    await stores.blackouts.put(moved, audit());
    expect(await stores.blackouts.between(start, plusMs(start, HOUR))).toEqual([moved]);
    expect(await stores.blackouts.remove(blackout.blackoutId, audit())).toBe(true);
    expect(await stores.blackouts.remove(blackout.blackoutId, audit())).toBe(false);
    expect(await stores.blackouts.between(start, plusMs(start, HOUR))).toEqual([]);
  });
});
