import type { Account } from '../../domain/account/account';
import { type FlatStanding, flatStanding, standingOf } from '../../domain/account/flat-standing';
import type { Order } from '../../domain/account/order';
import type { Position } from '../../domain/account/position';
import { freshStanding, type Standing } from '../../domain/account/standing';
import { marksOf } from '../../domain/assessment/context/marks';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import { type InstrumentId, idOf } from '../../domain/kernel/ids';
import { type Instant, instant } from '../../domain/kernel/instant';
import { invariant } from '../../domain/kernel/invariant';
import {
  type Price,
  parsePrice,
  parseQty,
  parseUsd,
  ppm,
  type Qty,
  qty,
  type Usd,
  ZERO_USD,
} from '../../domain/kernel/money';
import type { Book, Quote } from '../../domain/market/book';
import type { Instrument } from '../../domain/market/instrument';
import type { Level } from '../../domain/market/level';

const read =
  <T extends bigint>(parse: (text: string) => T | undefined) =>
  (text: string): T => {
    const value = parse(text);
    invariant(value !== undefined, `${text} is not a decimal`);
    return value;
  };

export const dollars: (text: string) => Usd = read(parseUsd);
export const at: (text: string) => Price = read(parsePrice);
export const units: (text: string) => Qty = read(parseQty);
export const moment = (text: string): Instant => instant(Date.parse(text));

export const BTC = idOf<InstrumentId>('BTC-USD');
export const ETH = idOf<InstrumentId>('ETH-USD');
export const YES = idOf<InstrumentId>('PM-rain-YES');
export const NO = idOf<InstrumentId>('PM-rain-NO');
export const HAIL = idOf<InstrumentId>('PM-hail-YES');
export const POLL = idOf<InstrumentId>('PM-poll-NO');
export const NOW = moment('2026-03-14T12:00:00Z');

export const bitcoin: Instrument = {
  id: BTC,
  venue: 'kraken',
  venueSymbol: 'BTC/USD',
  kind: 'spot',
  title: 'Bitcoin',
  priceTick: at('0.1'),
  qtyStep: units('0.0001'),
  qtyMin: units('0.001'),
  takerFee: { kind: 'proportional', rate: ppm(2_600n) },
  makerFee: { kind: 'proportional', rate: ppm(1_600n) },
  status: 'open',
  payout: null,
};

export const ether: Instrument = { ...bitcoin, id: ETH, venueSymbol: 'ETH/USD', title: 'Ether' };

export const rainYes: Instrument = {
  id: YES,
  venue: 'polymarket',
  venueSymbol: '1001',
  kind: 'outcome',
  title: 'Rain: yes',
  priceTick: at('0.01'),
  qtyStep: units('0.01'),
  qtyMin: units('1'),
  takerFee: { kind: 'probability', rate: ppm(40_000n) },
  makerFee: { kind: 'probability', rate: ppm(0n) },
  status: 'open',
  payout: null,
  outcome: { marketId: 'rain', eventId: 'weather', category: 'Weather', question: 'Rain?', side: 'yes' },
};

export const rainNo: Instrument = {
  ...rainYes,
  id: NO,
  venueSymbol: '1002',
  outcome: { marketId: 'rain', eventId: 'weather', category: 'Weather', question: 'Rain?', side: 'no' },
};

/** Another market of the same event, and one of another event and category. */
const hailYes: Instrument = {
  ...rainYes,
  id: HAIL,
  outcome: { marketId: 'hail', eventId: 'weather', category: 'Weather', question: 'Hail?', side: 'yes' },
};
const pollNo: Instrument = {
  ...rainYes,
  id: POLL,
  outcome: { marketId: 'poll', eventId: 'election', category: 'Politics', question: 'Elected?', side: 'no' },
};

export const INSTRUMENTS = new Map([bitcoin, ether, rainYes, rainNo, hailYes, pollNo].map((each) => [each.id, each]));

/** `1@100 2.5@101`: quantities at prices, best first. */
export const levelsOf = (text: string): readonly Level[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((level) => {
      const [amount = '', each = ''] = level.split('@');
      return { price: at(each), qty: units(amount) };
    });

/** A good book that was received just now. */
export const bookOf = (bids: string, asks: string, change: Partial<Book> = {}): Book => ({
  instrument: BTC,
  venue: 'kraken',
  sequence: 7,
  venueProof: '2439117997',
  venueAt: instant(NOW - 20),
  receivedAt: NOW,
  quality: 'good',
  bids: levelsOf(bids),
  asks: levelsOf(asks),
  ...change,
});

export const quoteOn = (instrument: InstrumentId, bid: string, ask: string = bid): Quote => ({
  instrument,
  venue: 'kraken',
  sequence: 7,
  venueProof: '2439117997',
  venueAt: instant(NOW - 20),
  receivedAt: NOW,
  bid: { price: at(bid), qty: qty(10n ** 14n) },
  ask: { price: at(ask), qty: qty(10n ** 14n) },
});

export const marks = (...quotes: readonly Quote[]) => marksOf(quotes);

/** The rules that most vectors are written for: 100,000, a static drawdown of 10 % and a daily loss of 5 %. */
export const RULES: RuleSet = {
  startingUsd: dollars('100000'),
  target: { profitUsd: dollars('10000'), counts: 'realized_flat', closesAll: false },
  maxLoss: {
    mode: 'static',
    width: { kind: 'usd', usd: dollars('10000') },
    trails: 'balance',
    testedOn: 'equity',
    lockUsd: null,
    payoutEffect: 'none',
  },
  dailyLoss: {
    anchor: 'balance',
    width: { kind: 'usd', usd: dollars('5000') },
    severity: 'fail',
    gainCapUsd: null,
  },
  riskPerTrade: {
    limitUsd: dollars('10000'),
    severity: 'fail',
    stopWithinMs: null,
    stopSeverity: 'fail',
    stopCorrection: null,
  },
  openLoss: null,
  exposure: {
    leverageMax: 5,
    positionsMax: null,
    positionUsdMax: null,
    eventUsdMax: null,
    categoryUsdMax: null,
    netsOutcomes: false,
    allowsBothOutcomes: true,
    outcomePriceMin: ppm(0n),
    outcomePriceMax: ppm(1_000_000n),
    liquidityUsdMin: null,
    leverageOf: [],
  },
  activity: {
    tradesMin: 0,
    tradeHeldMsMin: 0,
    daysMin: 0,
    dayCountsIf: 'opened',
    dayGainUsd: ZERO_USD,
    inactivityDays: null,
    timeLimitDays: null,
    daySizeShareMin: ppm(0n),
    shortWins: 'count',
  },
  consistency: null,
  conduct: { weekend: 'allowed', news: null, hedgeSignalAfterMs: null, reverseSignalWithinMs: null, copySignal: null },
  execution: { restingFills: 'through' },
  touch: 'breach',
  dayZone: 'UTC',
  dayResetAt: '00:00',
};

export const held = (
  instrument: InstrumentId,
  amount: string,
  cost: string,
  more: Partial<Position> = {},
): Position => ({
  instrument,
  qty: units(amount),
  costUsd: dollars(cost),
  realizedUsd: ZERO_USD,
  feesUsd: ZERO_USD,
  openedAt: NOW,
  ...more,
});

/** Funded with 100,000 at the beginning of NOW's day, unless the story says otherwise. */
export const standingWith = (more: Partial<FlatStanding> = {}): Standing =>
  changedStanding(freshStanding(dollars('100000'), moment('2026-03-14T00:00:00Z')), more);

export const changedStanding = (standing: Standing, more: Partial<FlatStanding>): Standing =>
  standingOf({ ...flatStanding(standing), ...more });

export const accountWith = (
  cash: string,
  positions: readonly Position[] = [],
  more: Partial<Account> = {},
): Account => ({
  cashUsd: dollars(cash),
  positions,
  tradesClosed: 0,
  day: '2026-03-14',
  dayAnchorUsd: dollars('100000'),
  orders: [],
  standing: standingWith(),
  ...more,
});

/** An open order that rests since NOW: to sell 1 BTC at a stop of 50,000, unless the story says otherwise. */
export const resting = (orderId: string, more: Partial<Order> = {}): Order => ({
  orderId: idOf(orderId),
  instrument: BTC,
  side: 'sell',
  qty: units('1'),
  terms: { type: 'stop', stopPrice: at('50000') },
  reduceOnly: true,
  attached: null,
  status: 'open',
  cancelReason: null,
  placedAt: NOW,
  filledQty: qty(0n),
  parts: 0,
  bookSequence: 7,
  triggeredAt: null,
  bestPrice: null,
  queueAhead: null,
  tapeSeenAt: NOW,
  entryId: null,
  origin: 'trader',
  ...more,
});
