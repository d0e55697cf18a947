import fc from 'fast-check';
import type { Order, Terms, TimeInForce } from '../../../../domain/account/orders/order';
import type { Position } from '../../../../domain/account/positions/position';
import { LIMIT_NAMES } from '../../../../domain/account/rule-name';
import { type FlatStanding, standingOf } from '../../../../domain/account/standing/flat-standing';
import type { Standing } from '../../../../domain/account/standing/standing';
import type { EvidenceInput } from '../../../../domain/assessment/evidence/evidence';
import { idOf } from '../../../../domain/kernel/ids';
import { instant } from '../../../../domain/kernel/instant';
import { ppm, price, qty, usd } from '../../../../domain/kernel/money';
import type { Quote } from '../../../../domain/market/book';
import { anyRuleSet } from '../../../fixtures/arbitrary-rules';
import { BTC, ETH, NO, YES } from '../../../fixtures/domain-story';
import { inputOf } from './evidence-input';

const amount = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(usd);
const positive = fc.bigInt({ min: 1n, max: 10n ** 14n }).map(usd);
const share = fc.bigInt({ min: 0n, max: 1_000_000n }).map(ppm);
const cost = fc.bigInt({ min: 0n, max: 10n ** 14n }).map(price);
const size = fc.bigInt({ min: 1n, max: 10n ** 16n }).map(qty);
const epochMs = fc.integer({ min: 0, max: 4_102_444_800_000 }).map(instant);
const count = fc.nat({ max: 1_000_000 });
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });

const timeInForce: fc.Arbitrary<TimeInForce> = fc.oneof(
  fc.constantFrom<TimeInForce>({ kind: 'gtc' }, { kind: 'ioc' }, { kind: 'fok' }),
  epochMs.map((expiresAt): TimeInForce => ({ kind: 'gtd', expiresAt })),
);

const terms: fc.Arbitrary<Terms> = fc.oneof(
  fc.constant<Terms>({ type: 'market' }),
  fc.record({ type: fc.constant('limit'), limitPrice: cost, timeInForce }),
  fc.record({ type: fc.constant('stop'), stopPrice: cost }),
  fc.record({ type: fc.constant('stop_limit'), stopPrice: cost, limitPrice: cost }),
  fc.record({
    type: fc.constant('trailing_stop'),
    trail: cost.map((each) => ({ kind: 'price' as const, price: each })),
  }),
  fc.record({
    type: fc.constant('trailing_stop'),
    trail: share.map((each) => ({ kind: 'share' as const, share: each })),
  }),
);

const order: fc.Arbitrary<Order> = fc.record({
  orderId: fc.uuid().map((id) => idOf<Order['orderId']>(id)),
  instrument: fc.constantFrom(BTC, ETH, YES, NO),
  side: fc.constantFrom('buy', 'sell'),
  qty: size,
  terms,
  reduceOnly: fc.boolean(),
  attached: maybe(fc.record({ takeProfit: maybe(cost), stopLoss: maybe(cost) })),
  status: fc.constant('open'),
  cancelReason: fc.constant(null),
  placedAt: epochMs,
  filledQty: size,
  parts: count,
  bookSequence: count,
  triggeredAt: maybe(epochMs),
  bestPrice: maybe(cost),
  queueAhead: maybe(size),
  tapeSeenAt: epochMs,
  worksFrom: epochMs,
  entryId: maybe(fc.uuid().map((id) => idOf<Order['orderId']>(id))),
  origin: fc.constantFrom('trader', 'desk'),
});

const position: fc.Arbitrary<Omit<Position, 'instrument'>> = fc.record({
  qty: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).map((n) => qty(n === 0n ? 1n : n)),
  costUsd: amount,
  realizedUsd: amount,
  feesUsd: amount,
  openedAt: epochMs,
});

const standing: fc.Arbitrary<Standing> = fc
  .record<FlatStanding>({
    startedAt: epochMs,
    activeAt: epochMs,
    peakedAt: epochMs,
    highWaterUsd: positive,
    dayPeakUsd: amount,
    dayBalanceUsd: amount,
    dayOpened: count,
    dayClosed: count,
    tradesCounted: count,
    worstTradeUsd: positive,
    daysCounted: count,
    bestDayUsd: positive,
    winningDaysUsd: positive,
    isPaused: fc.boolean(),
    warned: fc.dictionary(fc.constantFrom(...LIMIT_NAMES), fc.constantFrom(50, 80, 95), { noNullPrototype: true }),
    touched: fc.dictionary(fc.constantFrom(...LIMIT_NAMES), epochMs, { noNullPrototype: true }),
    stopCorrections: fc.array(
      fc.record({
        instrument: fc.constantFrom('BTC-USD', 'ETH-USD').map((id) => idOf<Position['instrument']>(id)),
        openedAt: epochMs,
        dueAt: epochMs,
      }),
      { maxLength: 2 },
    ),
    tradeSizesUsd: positive,
    daySized: count,
    reducedFromUsd: fc.dictionary(fc.constantFrom<string>(BTC, ETH, NO, YES), positive, { noNullPrototype: true }),
    bestTradeUsd: positive,
    excludedWinsUsd: positive,
    dayExcludedUsd: positive,
    holds: fc.record({
      now: fc.option(fc.record({ kind: fc.constantFrom('dispute', 'refund', 'chargeback'), since: epochMs })),
      heldMs: count,
      endedAt: fc.option(epochMs),
    }),
    inNews: fc.subarray([BTC, ETH]),
    activityAt: fc.option(epochMs),
    weekBalanceUsd: fc.option(amount),
    monthBalanceUsd: fc.option(amount),
    payouts: fc.record({
      taken: count,
      last: fc.option(fc.record({ at: epochMs, day: fc.constant('2026-03-13'), fromUsd: amount })),
      bestUsd: positive,
      daysWon: count,
      growth: fc.record({
        steps: fc.array(fc.record({ at: epochMs, capitalUsd: positive }), { maxLength: 2 }),
        fromUsd: fc.option(amount),
        taken: count,
        paidUsd: positive,
      }),
    }),
    missedStops: fc.array(fc.record({ instrument: fc.constantFrom(BTC, ETH), openedAt: epochMs }), { maxLength: 2 }),
  })
  .map(standingOf);

const level = fc.record({ price: cost, qty: size });

const lastLevel = fc.record({
  price: cost,
  qty: size,
  sequence: count,
  venueProof: fc.string(),
  venueAt: epochMs,
  receivedAt: epochMs,
});

const quote: fc.Arbitrary<Omit<Quote, 'instrument'>> = fc.record({
  venue: fc.constantFrom('kraken', 'polymarket', 'kalshi'),
  sequence: count,
  venueProof: fc.string({ unit: 'grapheme' }),
  venueAt: epochMs,
  receivedAt: epochMs,
  bid: maybe(level),
  ask: maybe(level),
  last: fc.record({ bid: lastLevel, ask: maybe(lastLevel) }),
});

/** Positions in some of four instruments, each with a quote, in any order, under any rules. */
export const anyEvidence: fc.Arbitrary<EvidenceInput> = fc
  .record({
    held: fc.subarray([BTC, ETH, NO, YES]),
    positions: fc.tuple(position, position, position, position),
    quotes: fc.tuple(quote, quote, quote, quote),
    isReversed: fc.boolean(),
    orders: fc.array(order, { maxLength: 3 }),
    standing,
    money: fc.record({ cashUsd: amount, dayAnchorUsd: amount, tradesClosed: count }),
    rules: anyRuleSet,
    at: epochMs,
    accountVersion: count,
  })
  .map(({ held, positions, quotes, isReversed, orders, standing: remembered, money, ...rest }) => {
    const of = <T>(all: readonly T[]) => held.map((instrument, n) => ({ ...(all[n % 4] as T), instrument }));
    const seen = of(quotes);
    return inputOf({
      ...rest,
      quotes: isReversed ? seen.reverse() : seen,
      account: { ...money, day: '2026-03-14', positions: of(positions), orders, standing: remembered },
    });
  });
