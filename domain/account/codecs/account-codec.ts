import {
  absentAs,
  byName,
  COUNT,
  type Codec,
  EXACT_FEE,
  FLAG,
  INSTANT,
  list,
  nullable,
  optional,
  PPM,
  PRICE,
  QTY,
  record,
  text,
  USD,
  variant,
} from '../../kernel/codec';
import type { InstrumentId, OrderId } from '../../kernel/ids';
import type { Account } from '../account';
import type { Attached, Order, OrderTicket, Side, Terms, TimeInForce, Trail } from '../orders/order';
import type { Position } from '../positions/position';
import { type FlatStanding, flatStanding, standingOf } from '../standing/flat-standing';
import { type Growth, type GrowthStep, NO_GROWTH } from '../standing/growth';
import type { Holds } from '../standing/hold';
import { type LastPayout, NO_PAYOUTS, type Payouts } from '../standing/payouts';
import type { MissedStop, Standing, StopCorrection } from '../standing/standing';

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

const TICKET_FIELDS = {
  orderId: text<OrderId>(),
  instrument: text<InstrumentId>(),
  side: text<Side>(),
  qty: QTY,
  terms: TERMS,
  reduceOnly: FLAG,
  attached: nullable(record<Attached>({ takeProfit: nullable(PRICE), stopLoss: nullable(PRICE) })),
};

export const TICKET: Codec<OrderTicket> = record<OrderTicket>(TICKET_FIELDS);

export const ORDER: Codec<Order> = record<Order>({
  ...TICKET_FIELDS,
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
  worksFrom: INSTANT,
  entryId: nullable(text()),
  exactFee: optional(EXACT_FEE),
  origin: text(),
});

export const POSITION: Codec<Position> = record<Position>({
  instrument: text(),
  qty: QTY,
  costUsd: USD,
  realizedUsd: USD,
  feesUsd: USD,
  openedAt: INSTANT,
});

const STOP_CORRECTION = record<StopCorrection>({ instrument: text(), openedAt: INSTANT, dueAt: INSTANT });

const MISSED_STOP = record<MissedStop>({ instrument: text(), openedAt: INSTANT });

const GROWTH: Codec<Growth> = absentAs(
  record<Growth>({
    steps: list(record<GrowthStep>({ at: INSTANT, capitalUsd: USD })),
    fromUsd: nullable(USD),
    taken: COUNT,
    paidUsd: USD,
  }),
  NO_GROWTH,
);

export const PAYOUTS: Codec<Payouts> = absentAs(
  record<Payouts>({
    taken: COUNT,
    last: nullable(record<LastPayout>({ at: INSTANT, day: text(), fromUsd: USD })),
    bestUsd: USD,
    daysWon: COUNT,
    growth: GROWTH,
  }),
  NO_PAYOUTS,
);

/** In the order of evidence and of storage; what few accounts have is left out of those that do not. */
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
  touched: byName(INSTANT),
  holds: record<Holds>({
    now: nullable(record<NonNullable<Holds['now']>>({ kind: text(), since: INSTANT })),
    heldMs: COUNT,
    endedAt: nullable(INSTANT),
  }),
  inNews: absentAs(list(text<InstrumentId>()), []),
  activityAt: absentAs(nullable(INSTANT), null),
  missedStops: absentAs(list(MISSED_STOP), []),
  weekBalanceUsd: absentAs(nullable(USD), null),
  monthBalanceUsd: absentAs(nullable(USD), null),
  payouts: PAYOUTS,
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
