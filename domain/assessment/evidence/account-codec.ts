import type { Account } from '../../account/account';
import { type FlatStanding, flatStanding, standingOf } from '../../account/flat-standing';
import type { Holds } from '../../account/hold';
import type { Attached, Order, Terms, TimeInForce, Trail } from '../../account/order';
import type { Position } from '../../account/position';
import type { Standing, StopCorrection } from '../../account/standing';
import type { Price, Qty } from '../../kernel/money';
import type { Quote } from '../../market/book';
import {
  byName,
  COUNT,
  type Codec,
  FLAG,
  INSTANT,
  list,
  nullable,
  PPM,
  PRICE,
  QTY,
  record,
  text,
  USD,
  variant,
} from '../rules/codec';

type TimeOf<Kind> = Extract<TimeInForce, { readonly kind: Kind }>;
type TrailOf<Kind> = Extract<Trail, { readonly kind: Kind }>;
type TermsOf<Type> = Extract<Terms, { readonly type: Type }>;

const TIME_IN_FORCE = variant<'kind', TimeInForce>('kind', {
  gtc: record<TimeOf<'gtc'>>({ kind: text() }),
  gtd: record<TimeOf<'gtd'>>({ kind: text(), expiresAt: INSTANT }),
  ioc: record<TimeOf<'ioc'>>({ kind: text() }),
  fok: record<TimeOf<'fok'>>({ kind: text() }),
});

const TRAIL = variant<'kind', Trail>('kind', {
  price: record<TrailOf<'price'>>({ kind: text(), price: PRICE }),
  share: record<TrailOf<'share'>>({ kind: text(), share: PPM }),
});

const TERMS = variant<'type', Terms>('type', {
  market: record<TermsOf<'market'>>({ type: text() }),
  limit: record<TermsOf<'limit'>>({ type: text(), limitPrice: PRICE, timeInForce: TIME_IN_FORCE }),
  stop: record<TermsOf<'stop'>>({ type: text(), stopPrice: PRICE }),
  stop_limit: record<TermsOf<'stop_limit'>>({ type: text(), stopPrice: PRICE, limitPrice: PRICE }),
  trailing_stop: record<TermsOf<'trailing_stop'>>({ type: text(), trail: TRAIL }),
});

const ORDER = record<Order>({
  orderId: text(),
  instrument: text(),
  side: text(),
  qty: QTY,
  terms: TERMS,
  reduceOnly: FLAG,
  attached: nullable(record<Attached>({ takeProfit: nullable(PRICE), stopLoss: nullable(PRICE) })),
  status: text(),
  cancelReason: nullable(text()),
  placedAt: INSTANT,
  filledQty: QTY,
  parts: COUNT,
  bookSequence: COUNT,
  triggeredAt: nullable(INSTANT),
  bestPrice: nullable(PRICE),
  queueAhead: nullable(QTY),
  tapeSeenAt: INSTANT,
  entryId: nullable(text()),
  origin: text(),
});

const POSITION = record<Position>({
  instrument: text(),
  qty: QTY,
  costUsd: USD,
  realizedUsd: USD,
  feesUsd: USD,
  openedAt: INSTANT,
});

const STOP_CORRECTION = record<StopCorrection>({ instrument: text(), openedAt: INSTANT, dueAt: INSTANT });

/** The order of the fields is that of evidence and of storage. */
const STANDING_FIELDS = {
  startedAt: INSTANT,
  activeAt: INSTANT,
  highWaterUsd: USD,
  dayPeakUsd: USD,
  peakedAt: INSTANT,
  dayBalanceUsd: USD,
  dayOpened: COUNT,
  dayClosed: COUNT,
  tradesCounted: COUNT,
  worstTradeUsd: USD,
  daysCounted: COUNT,
  bestDayUsd: USD,
  winningDaysUsd: USD,
  isPaused: FLAG,
  warned: byName(COUNT),
  stopCorrections: list(STOP_CORRECTION),
  tradeSizesUsd: USD,
  daySized: COUNT,
  reducedFromUsd: byName(USD),
  bestTradeUsd: USD,
  excludedWinsUsd: USD,
  dayExcludedUsd: USD,
  holds: record<Holds>({
    now: nullable(record<NonNullable<Holds['now']>>({ kind: text(), since: INSTANT })),
    heldMs: COUNT,
    endedAt: nullable(INSTANT),
  }),
};

export const STANDING: Codec<FlatStanding> = record<FlatStanding>(STANDING_FIELDS);
export const STANDING_NAMES = Object.keys(STANDING_FIELDS);

const NESTED_STANDING: Codec<Standing> = {
  encode: (standing) => STANDING.encode(flatStanding(standing)),
  decode: (stored) => standingOf(STANDING.decode(stored)),
};

export const ACCOUNT: Codec<Account> = record<Account>({
  cashUsd: USD,
  tradesClosed: COUNT,
  day: text(),
  dayAnchorUsd: USD,
  positions: list(POSITION),
  orders: list(ORDER),
  standing: NESTED_STANDING,
});

type FlatQuote = Omit<Quote, 'bid' | 'ask'> & {
  readonly bid: Price;
  readonly bidQty: Qty;
  readonly ask: Price;
  readonly askQty: Qty;
};

const FLAT_QUOTE = record<FlatQuote>({
  instrument: text(),
  venue: text(),
  sequence: COUNT,
  venueProof: text(),
  venueAt: INSTANT,
  receivedAt: INSTANT,
  bid: PRICE,
  bidQty: QTY,
  ask: PRICE,
  askQty: QTY,
});

export const QUOTE: Codec<Quote> = {
  encode: ({ bid, ask, ...quote }) =>
    FLAT_QUOTE.encode({ ...quote, bid: bid.price, bidQty: bid.qty, ask: ask.price, askQty: ask.qty }),
  decode: (stored) => {
    const { bid, bidQty, ask, askQty, ...quote } = FLAT_QUOTE.decode(stored);
    return { ...quote, bid: { price: bid, qty: bidQty }, ask: { price: ask, qty: askQty } };
  },
};
