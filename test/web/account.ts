import type { Instrument, Mark, Order, Position, Rules, Snapshot } from '../../web/lib/contract';
import type { Quote } from '../../web/lib/quotes';

/** Shared shapes of the web's unit tests: one account of 10,000 dollars. */
export const rules: Rules = {
  startingUsd: '10000',
  target: { profitUsd: '1000', counts: 'realized_flat', closesAll: false },
  maxLoss: {
    mode: 'static',
    width: { kind: 'usd', usd: '1000' },
    trails: 'balance',
    testedOn: 'equity',
    lockUsd: null,
    payoutEffect: 'none',
  },
  dailyLoss: { anchor: 'balance', width: { kind: 'usd', usd: '500' }, severity: 'fail', gainCapUsd: null },
  riskPerTrade: {
    limitUsd: '300',
    severity: 'fail',
    stopWithinMs: null,
    stopSeverity: 'fail',
    stopCorrection: null,
    plan: 'unjudged',
    stopMissesToFail: null,
  },
  lossLayers: [],
  openLoss: null,
  exposure: {
    leverageMax: 2,
    positionsMax: null,
    positionUsdMax: null,
    eventUsdMax: null,
    categoryUsdMax: null,
    netsOutcomes: false,
    allowsBothOutcomes: true,
    outcomePriceMin: '0',
    outcomePriceMax: '1',
    liquidityUsdMin: null,
    leverageOf: [],
    marketUsdMax: null,
    tradesPerDayMax: null,
    sizeSteps: [],
    capsFollow: 'start',
  },
  activity: {
    tradesMin: 3,
    tradeHeldMsMin: 0,
    daysMin: 0,
    dayCountsIf: 'closed',
    dayGainUsd: '0',
    inactivityDays: null,
    timeLimitDays: null,
    daySizeShareMin: '0',
    shortWins: 'count',
    inactivityBy: 'fill',
    daySizeOf: 'all',
  },
  consistency: null,
  conduct: {
    weekend: 'allowed',
    news: null,
    hedgeSignalAfterMs: null,
    reverseSignalWithinMs: null,
    copySignal: null,
    flatAt: null,
  },
  execution: { restingFills: 'through' },
  touch: 'breach',
  dayZone: 'UTC',
  dayResetAt: '00:30',
};

export const ACCOUNT = '0190a000-0000-7000-8000-0000000000aa';

export const standing = (over: Partial<Snapshot['standing']> = {}): Snapshot['standing'] => ({
  startedAt: 500,
  activeAt: 500,
  highWaterUsd: '10000.00',
  dayPeakUsd: '10000.00',
  peakedAt: 500,
  dayBalanceUsd: '10000.00',
  dayOpened: 0,
  dayClosed: 0,
  tradesCounted: 0,
  worstTradeUsd: '0.00',
  daysCounted: 0,
  bestDayUsd: '0.00',
  winningDaysUsd: '0.00',
  isPaused: false,
  warned: {},
  stopCorrections: [],
  tradeSizesUsd: '0.00',
  daySized: 0,
  reducedFromUsd: {},
  bestTradeUsd: '0.00',
  excludedWinsUsd: '0.00',
  dayExcludedUsd: '0.00',
  holds: { now: null, heldMs: 0, endedAt: null },
  ...over,
});

export const snapshot = (over: Partial<Snapshot> = {}): Snapshot => ({
  accountId: ACCOUNT,
  version: 4,
  status: 'active',
  cashUsd: '10000',
  balanceUsd: '10000',
  tradesClosed: 0,
  day: '2026-03-01',
  dayAnchorUsd: '10000',
  isPaused: false,
  hold: null,
  positions: [],
  orders: [],
  standing: standing(),
  rooms: [],
  ...over,
});

/** Nothing is held, so there is no way out. */
export const NO_WAYS: Mark['waysOut'] = {
  positions: [],
  all: { feeUsd: '0', netUsd: '0', breach: null, pause: null, passes: false },
};

export const position = (over: Partial<Position> = {}): Position => ({
  instrument: 'BTC-USD',
  qty: '0.1',
  costUsd: '6000',
  realizedUsd: '0',
  feesUsd: '15',
  openedAt: 1_000,
  ...over,
});

export const order = (over: Partial<Order> = {}): Order => ({
  orderId: 'order-1',
  instrument: 'BTC-USD',
  side: 'buy',
  qty: '0.5',
  terms: { type: 'limit', limitPrice: '59000', timeInForce: { kind: 'gtc' } },
  reduceOnly: false,
  attached: null,
  status: 'open',
  cancelReason: null,
  placedAt: 1_000,
  filledQty: '0',
  parts: 0,
  bookSequence: 1,
  triggeredAt: null,
  bestPrice: null,
  queueAhead: null,
  tapeSeenAt: 0,
  entryId: null,
  origin: 'trader',
  ...over,
});

export const quote = (over: Partial<Quote> = {}): Quote => ({
  instrument: 'BTC-USD',
  sequence: 1,
  quality: 'good',
  bid: ['59900', '1'],
  ask: ['60100', '1'],
  venueAt: 1_000,
  receivedAt: 1_000,
  ...over,
});

export const btc: Instrument = {
  id: 'BTC-USD',
  venue: 'kraken',
  kind: 'spot',
  title: 'BTC/USD',
  priceTick: '0.1',
  qtyStep: '0.00000001',
  qtyMin: '0.0001',
  takerFee: { kind: 'proportional', rate: '0.004' },
  makerFee: { kind: 'proportional', rate: '0.0025' },
  status: 'open',
  payout: null,
  outcome: null,
};

/** One side of a market that asks whether it rains. */
export const rain = (side: 'yes' | 'no'): Instrument => ({
  ...btc,
  id: `PM-rain-${side.toUpperCase()}`,
  venue: 'polymarket',
  kind: 'outcome',
  title: `Rain? ${side}`,
  priceTick: '0.01',
  qtyStep: '1',
  qtyMin: '5',
  outcome: { marketId: 'rain', eventId: 'weather', category: 'Weather', question: 'Rain?', side },
});
