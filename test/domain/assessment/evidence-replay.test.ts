import fc from 'fast-check';
import type { Position } from '../../../domain/account/position';
import { decideAgain, type EvidenceInput, replayEvidence } from '../../../domain/assessment/evidence';
import type { RuleSet } from '../../../domain/assessment/rules';
import { instant } from '../../../domain/kernel/instant';
import { price, qty, usd } from '../../../domain/kernel/money';
import type { Quote } from '../../../domain/market/book';
import { BTC, ETH, NO, YES } from '../story';
import { inputOf, judgementOf, written } from './evidence-input';

const amount = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(usd);
const width = fc.bigInt({ min: 1n, max: 10n ** 14n }).map(usd);
const level = fc.record({
  price: fc.bigInt({ min: 0n, max: 10n ** 14n }).map(price),
  qty: fc.bigInt({ min: 1n, max: 10n ** 16n }).map(qty),
});
const epochMs = fc.integer({ min: 0, max: 4_102_444_800_000 }).map(instant);

const rules: fc.Arbitrary<RuleSet> = fc.record({
  startingUsd: width,
  profitTargetUsd: width,
  maxDrawdownUsd: width,
  dailyLossUsd: width,
  riskPerTradeUsd: width,
  tradesMin: fc.nat({ max: 1000 }),
  leverageMax: fc.integer({ min: 1, max: 100 }),
  dayZone: fc.constantFrom('UTC', 'Europe/Prague', 'America/New_York'),
  dayResetAt: fc.constantFrom('00:00', '00:30', '17:00'),
});

const position: fc.Arbitrary<Omit<Position, 'instrument'>> = fc.record({
  qty: fc
    .bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
    .filter((n) => n !== 0n)
    .map(qty),
  costUsd: amount,
  realizedUsd: amount,
  feesUsd: amount,
});

const quote: fc.Arbitrary<Omit<Quote, 'instrument'>> = fc.record({
  venue: fc.constantFrom('kraken', 'polymarket'),
  sequence: fc.nat(),
  venueProof: fc.string({ unit: 'grapheme' }),
  venueAt: epochMs,
  receivedAt: epochMs,
  bid: level,
  ask: level,
});

/** Positions in some of four instruments, each with a quote, in any order. */
const input: fc.Arbitrary<EvidenceInput> = fc
  .record({
    instruments: fc.subarray([BTC, ETH, NO, YES]),
    positions: fc.array(position, { minLength: 4, maxLength: 4 }),
    quotes: fc.array(quote, { minLength: 4, maxLength: 4 }),
    isReversed: fc.boolean(),
    rules,
    cashUsd: amount,
    dayAnchorUsd: amount,
    tradesClosed: fc.nat(),
    at: epochMs,
    accountVersion: fc.nat(),
  })
  .map(({ instruments, positions, quotes, isReversed, cashUsd, dayAnchorUsd, tradesClosed, ...rest }) => {
    const all = instruments.map((instrument, n) => ({ ...(quotes[n] as (typeof quotes)[number]), instrument }));
    return inputOf({
      ...rest,
      quotes: isReversed ? all.reverse() : all,
      account: {
        cashUsd,
        dayAnchorUsd,
        tradesClosed,
        day: '2026-03-14',
        positions: instruments.map((instrument, n) => ({
          ...(positions[n] as (typeof positions)[number]),
          instrument,
        })),
      },
    });
  });

test('any evidence replays to the same bytes', () => {
  fc.assert(
    fc.property(input, (given) => {
      const text = written(given);
      expect(replayEvidence(text)).toBe(text);
    }),
    { numRuns: 200 },
  );
});

test('deciding again arrives at the inputs and the judgement of then', () => {
  fc.assert(
    fc.property(input, (given) => {
      const again = decideAgain(written(given));
      expect(again.judgement).toEqual(judgementOf(given));
      const byName = [...given.quotes].sort((a, b) => (a.instrument < b.instrument ? -1 : 1));
      expect(again.input).toEqual({ ...given, quotes: byName });
    }),
    { numRuns: 100 },
  );
});
