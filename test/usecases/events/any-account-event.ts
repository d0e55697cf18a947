import fc from 'fast-check';
import type {
  AccountEvent,
  CapitalGrown,
  CorrectedStanding,
  OrderChanged,
  OrderFilled,
  PayoutTaken,
  PositionSettled,
  Settlement,
} from '../../../domain/account/account-event';
import type {
  CancelReason,
  ClosingReason,
  Fill,
  Order,
  OrderTicket,
  Terms,
} from '../../../domain/account/orders/order';
import { fillEntries, fundingEntries, payoutEntries } from '../../../domain/account/positions/ledger';
import type { Position } from '../../../domain/account/positions/position';
import { LIMIT_NAMES, type RuleName } from '../../../domain/account/rule-name';
import { type FillId, type InstrumentId, idOf, type OrderId, type PayoutId } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { exactFee, ppm, price, qty, usd, ZERO_USD } from '../../../domain/kernel/money';
import type { Payout } from '../../../domain/market/instrument';

/** Any values that the types allow, related or not: a codec must not lean on what events happen to be like. */
const dollars = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }).map(usd);
const prices = fc.bigInt({ min: 1n, max: 10n ** 15n }).map(price);
const quantities = fc.bigInt({ min: 1n, max: 10n ** 18n }).map(qty);
const instants = fc.integer({ min: 0, max: 2 ** 45 }).map(instant);
const counts = fc.nat({ max: 100_000 });
const ids = fc.uuid({ version: 7 });
const orderIds = ids.map((id) => idOf<OrderId>(id));
const instruments = fc.constantFrom('BTC-USD', 'PM-rain-YES').map((id) => idOf<InstrumentId>(id));
const days = fc.constantFrom('2026-03-14', '2026-03-15');
const sides = fc.constantFrom('buy' as const, 'sell' as const);
const rules = fc.constantFrom<RuleName>('max_drawdown', 'daily_loss', 'risk_per_trade', 'open_loss', 'time_limit');
const warned = fc.dictionary(rules, fc.constantFrom(50, 80, 95));
const closings = fc.constantFrom<ClosingReason>('stop_missing', 'open_loss', 'daily_loss', 'target', 'weekend');
const reasons = fc.constantFrom<CancelReason>('requested', 'unfilled', 'other_filled', 'trading_paused');

const restingTerms: fc.Arbitrary<Terms> = fc.oneof(
  fc.record({
    type: fc.constant('limit' as const),
    limitPrice: prices,
    timeInForce: fc.oneof(
      fc.record({ kind: fc.constantFrom('gtc' as const, 'ioc' as const, 'fok' as const) }),
      fc.record({ kind: fc.constant('gtd' as const), expiresAt: instants }),
    ),
  }),
  fc.record({ type: fc.constant('stop' as const), stopPrice: prices }),
  fc.record({ type: fc.constant('stop_limit' as const), stopPrice: prices, limitPrice: prices }),
  fc.record({
    type: fc.constant('trailing_stop' as const),
    trail: fc.oneof(
      fc.record({ kind: fc.constant('price' as const), price: prices }),
      fc.record({ kind: fc.constant('share' as const), share: fc.bigInt({ min: 1n, max: 999_999n }).map(ppm) }),
    ),
  }),
);

const ticketOn = (terms: fc.Arbitrary<Terms>): fc.Arbitrary<OrderTicket> =>
  fc.record({
    orderId: orderIds,
    instrument: instruments,
    side: sides,
    qty: quantities,
    terms,
    reduceOnly: fc.boolean(),
    attached: fc.option(fc.record({ takeProfit: fc.option(prices), stopLoss: fc.option(prices) })),
  });

const origins = fc.constantFrom('trader' as const, 'desk' as const);

const orderStates = fc.record({
  status: fc.constantFrom('open' as const, 'filled' as const, 'cancelled' as const, 'expired' as const),
  cancelReason: fc.option(reasons),
  placedAt: instants,
  filledQty: quantities,
  parts: counts,
  bookSequence: counts,
  triggeredAt: fc.option(instants),
  bestPrice: fc.option(prices),
  queueAhead: fc.option(quantities),
  tapeSeenAt: instants,
  worksFrom: instants,
  entryId: fc.option(orderIds),
  origin: origins,
});

const exactFees = fc.option(fc.bigInt({ min: 1n, max: 10n ** 40n }).map(exactFee), { nil: undefined });

const restingOrders = fc
  .tuple(ticketOn(restingTerms), orderStates, exactFees)
  .map(([ticket, state, fee]): Order => ({ ...ticket, ...state, ...(fee !== undefined && { exactFee: fee }) }));

/** A market order has met its first state of the book and nothing else: it ends with the event after its placing. */
const marketOrders = fc.tuple(ticketOn(fc.constant({ type: 'market' })), orderStates).map(
  ([ticket, { placedAt, bookSequence, origin }]): Order => ({
    ...ticket,
    status: 'open',
    cancelReason: null,
    placedAt,
    filledQty: qty(0n),
    parts: 0,
    bookSequence,
    triggeredAt: null,
    bestPrice: null,
    queueAhead: null,
    tapeSeenAt: placedAt,
    worksFrom: placedAt,
    entryId: null,
    origin,
  }),
);

const positions: fc.Arbitrary<Position> = fc.record({
  instrument: instruments,
  qty: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }).map(qty),
  costUsd: dollars,
  realizedUsd: dollars,
  feesUsd: dollars,
  openedAt: instants,
});

const fills = fc
  .tuple(
    fc.record({
      fillId: ids.map((id) => idOf<FillId>(id)),
      orderId: orderIds,
      instrument: instruments,
      side: sides,
      qty: quantities,
      part: counts,
      liquidity: fc.constantFrom('taker' as const, 'maker' as const),
      levels: fc.array(fc.record({ price: prices, qty: quantities }), { maxLength: 4 }),
      price: prices,
      cashUsd: dollars,
      feeUsd: dollars,
      realizedUsd: dollars,
      filledAt: instants,
      bookSequence: counts,
      venueProof: fc.string(),
      venueAt: instants,
    }),
    fc.option(closings),
  )
  .map(([fill, closedFor]): Fill => ({ ...fill, ...(closedFor && { closedFor }) }));

const payouts: fc.Arbitrary<Payout> = fc.oneof(
  fc.record({ kind: fc.constant('pays' as const), price: prices }),
  fc.record({ kind: fc.constant('void' as const) }),
);

const settlements: fc.Arbitrary<Settlement> = fc.record({
  instrument: instruments,
  payout: payouts,
  position: positions,
  cashUsd: dollars,
  realizedUsd: dollars,
  corrects: fc.boolean(),
  settledAt: instants,
  before: fc.record({ day: days, highWaterUsd: dollars, dayPeakUsd: dollars, isPaused: fc.boolean(), warned }),
});

const periods = fc.record({ weekUsd: fc.option(dollars), monthUsd: fc.option(dollars) });

const payoutMemory = fc.record({
  taken: counts,
  last: fc.option(fc.record({ at: instants, day: days, fromUsd: dollars })),
  bestUsd: dollars,
  daysWon: counts,
  growth: fc.record({
    steps: fc.array(fc.record({ at: instants, capitalUsd: dollars }), { maxLength: 2 }),
    fromUsd: fc.option(dollars),
    taken: counts,
    paidUsd: dollars,
  }),
});

const payoutsTaken = fc
  .record({
    payoutId: fc.uuid().map((id) => idOf<PayoutId>(id)),
    at: instants,
    amountUsd: dollars,
    traderUsd: dollars,
    cashUsd: dollars,
    balanceUsd: dollars,
    dayAnchorUsd: dollars,
    highWaterUsd: dollars,
    dayPeakUsd: dollars,
    periods,
  })
  .map((taken): PayoutTaken => ({ kind: 'payout_taken', ...taken, ledger: payoutEntries(taken.amountUsd) }));

const capitalGrown = fc
  .record({ at: instants, addedUsd: dollars, capitalUsd: dollars, cashUsd: dollars, balanceUsd: dollars })
  .map((grown): CapitalGrown => ({ kind: 'capital_grown', ...grown, ledger: fundingEntries(grown.addedUsd) }));

const corrections: fc.Arbitrary<CorrectedStanding> = fc.record({
  peaks: fc.record({ highWaterUsd: dollars, dayPeakUsd: dollars }),
  day: fc.record({ balanceUsd: dollars, excludedUsd: dollars, isPaused: fc.boolean() }),
  days: fc.record({ counted: counts, bestUsd: dollars, winningUsd: dollars }),
  trades: fc.record({ worstUsd: dollars, bestUsd: dollars, excludedUsd: dollars }),
  periods,
  payouts: payoutMemory,
  warned,
});

const filledEvents = fc
  .tuple(
    fills,
    fc.record({
      cashUsd: dollars,
      balanceUsd: dollars,
      tradesClosed: counts,
      position: fc.option(positions, { nil: undefined }),
      queueAhead: fc.option(quantities),
      tapeSeenAt: instants,
      consumesBook: fc.boolean(),
    }),
    exactFees,
  )
  // The ledger's entries follow from the fill: the wire does not say them again.
  .map(
    ([fill, after, fee]): OrderFilled => ({
      kind: 'order_filled',
      fill,
      ledger: fillEntries(fill),
      ...after,
      ...(fee !== undefined && { exactFee: fee }),
    }),
  );

const settledEvents = fc
  .tuple(
    settlements,
    fc.option(corrections),
    fc.record({ cashUsd: dollars, balanceUsd: dollars, dayAnchorUsd: dollars, isPaused: fc.boolean() }),
  )
  .map(
    ([settlement, corrected, after]): PositionSettled => ({
      kind: 'position_settled',
      settlement,
      ledger: fillEntries({ ...settlement, feeUsd: ZERO_USD }),
      ...after,
      ...(corrected && { corrected }),
    }),
  );

const changed = (kind: OrderChanged['kind']) => restingOrders.map((order): OrderChanged => ({ kind, order }));
const as = <Kind extends string>(kind: Kind) => fc.constant(kind);

/** Any event of each kind; a kind that is missing does not compile. */
export const anyAccountEvent: {
  readonly [Kind in AccountEvent['kind']]: fc.Arbitrary<AccountEvent>;
} = {
  day_opened: fc.record({ kind: as('day_opened'), day: days, dayAnchorUsd: dollars, dayPeakUsd: dollars }),
  order_placed: fc.record({ kind: as('order_placed'), order: fc.oneof(restingOrders, marketOrders) }),
  order_amended: fc.oneof(
    changed('order_amended'),
    changed('order_amended').map(
      (event): AccountEvent =>
        event.kind === 'order_amended' ? { ...event, amendedFor: 'instrument_changed' } : event,
    ),
  ),
  order_advanced: changed('order_advanced'),
  order_triggered: changed('order_triggered'),
  order_cancelled: changed('order_cancelled'),
  order_filled: filledEvents,
  position_settled: settledEvents,
  payout_taken: payoutsTaken,
  capital_grown: capitalGrown,
  trading_paused: fc.record({ kind: as('trading_paused'), rule: rules }),
  account_held: fc.record({
    kind: as('account_held'),
    hold: fc.constantFrom('dispute' as const, 'refund' as const, 'chargeback' as const),
    at: instants,
  }),
  account_released: fc.record({ kind: as('account_released'), at: instants }),
  stop_corrected: fc.record({ kind: as('stop_corrected'), instrument: instruments, dueAt: instants, left: counts }),
  limit_warned: fc.record({ kind: as('limit_warned'), rule: rules, percent: fc.constantFrom(50, 80, 95) }),
  limit_touched: fc.record({ kind: as('limit_touched'), rule: fc.constantFrom(...LIMIT_NAMES), at: instants }),
  limit_recovered: fc.record({ kind: as('limit_recovered'), rule: fc.constantFrom(...LIMIT_NAMES) }),
  high_water_raised: fc.record({
    kind: as('high_water_raised'),
    highWaterUsd: dollars,
    dayPeakUsd: dollars,
    peakedAt: instants,
  }),
};
