import type { EventData, EventType } from '../../contracts/topics/events';
import { type InstrumentId, idOf } from '../../domain/kernel/ids';
import { instant } from '../../domain/kernel/instant';
import { type Price, parsePrice, parseQty, parseUsd, ppm, type Qty, type Usd } from '../../domain/kernel/money';

const dollars = (text: string) => parseUsd(text) as Usd;
const at = (text: string) => parsePrice(text) as Price;
const units = (text: string) => parseQty(text) as Qty;
/** A UUID that ends in the letter or digit given. */
const uuid = <Id extends string>(end: string): Id => idOf<Id>(`01890000-0000-7000-8000-00000000000${end}`);

const BTC = idOf<InstrumentId>('BTC-USD');
const holder = {
  accountId: uuid<EventData<'assessment.created'>['accountId']>('a'),
  assessmentId: uuid<EventData<'assessment.created'>['assessmentId']>('b'),
  userId: uuid<EventData<'assessment.created'>['userId']>('c'),
};
const pinned = { ruleSetVersion: 3, ruleSetHash: 'ab'.repeat(32) };

const ticket: EventData<'trading.order-placed'>['ticket'] = {
  orderId: uuid('4'),
  instrument: BTC,
  side: 'sell',
  qty: units('0.00000001'),
  terms: {
    type: 'limit',
    limitPrice: at('60000.1'),
    timeInForce: { kind: 'gtd', expiresAt: instant(1_773_576_000_000) },
  },
  reduceOnly: false,
  attached: { takeProfit: at('59000.00000001'), stopLoss: null },
};

const order: EventData<'trading.order-amended'>['order'] = {
  ...ticket,
  status: 'open',
  cancelReason: null,
  placedAt: 1_773_489_600_000,
  filledQty: units('0'),
  parts: 0,
  bookSequence: 7,
  triggeredAt: null,
  bestPrice: null,
  queueAhead: units('3.25'),
  tapeSeenAt: 1_773_489_600_000,
  worksFrom: 1_773_489_600_000,
  entryId: null,
  origin: 'trader',
};

/** One event of each type, with amounts that no double holds and with both signs. */
export const examples: { readonly [T in EventType]: EventData<T> } = {
  'payment.purchase-completed': {
    purchaseId: uuid('1'),
    assessmentId: holder.assessmentId,
    userId: holder.userId,
    tierId: uuid('2'),
    ...pinned,
    paidUsd: dollars('89'),
  },
  'payment.purchase-changed': {
    purchaseId: uuid('1'),
    assessmentId: holder.assessmentId,
    userId: holder.userId,
    reversal: 'refund',
  },
  'assessment.created': {
    ...holder,
    ...pinned,
    tierId: uuid('2'),
    tierName: 'Sprint 10k “fast”\n',
    startingUsd: dollars('100000'),
    phase: 2,
    phases: 3,
    attempt: 4,
  },
  'assessment.day-opened': {
    ...holder,
    day: '2026-03-29',
    dayAnchorUsd: dollars('99922.000001'),
    dayPeakUsd: dollars('99922.000001'),
  },
  'assessment.abandoned': {
    ...holder,
    status: 'failed',
    breach: 'daily_loss',
    violationId: uuid('3'),
    equityUsd: dollars('94999.999999'),
  },
  'assessment.completed': { ...holder, status: 'passed', equityUsd: dollars('108000.5') },
  'assessment.high-water-raised': {
    ...holder,
    highWaterUsd: dollars('100000.000001'),
    dayPeakUsd: dollars('99999.99'),
    peakedAt: 1_773_489_600_000,
  },
  'trading.order-placed': {
    ...holder,
    ticket,
    order: null,
    placedAt: 1_773_489_600_000,
    bookSequence: 7,
    origin: 'trader',
  },
  'trading.order-amended': { ...holder, order },
  'trading.order-advanced': { ...holder, order },
  'trading.order-triggered': {
    ...holder,
    order: { ...order, terms: { type: 'stop', stopPrice: at('58000.5') }, triggeredAt: 1_773_489_600_001 },
  },
  'trading.order-cancelled': {
    ...holder,
    order: {
      ...order,
      terms: { type: 'trailing_stop', trail: { kind: 'share', share: ppm(12_500n) } },
      status: 'cancelled',
      cancelReason: 'other_filled',
      bestPrice: at('61000'),
      entryId: uuid('7'),
    },
  },
  'trading.order-filled': {
    ...holder,
    orderId: uuid('4'),
    fillId: uuid('5'),
    instrument: BTC,
    side: 'sell',
    qty: units('0.5'),
    part: 2,
    liquidity: 'maker',
    price: at('60000.10000001'),
    feeUsd: dollars('78.00013'),
    realizedUsd: dollars('-1578.000001'),
    cashUsd: dollars('999999999999999.999999'),
    balanceUsd: dollars('99922'),
    tradesClosed: 2,
    position: {
      instrument: BTC,
      qty: units('-0.5'),
      costUsd: dollars('-30000.05'),
      realizedUsd: dollars('0'),
      feesUsd: dollars('39.000065'),
      openedAt: 1_773_489_599_000,
    },
    bookSequence: 7,
    venueProof: '2439117997',
    levels: [{ price: at('60000.10000001'), qty: units('0.5') }],
    fillCashUsd: dollars('30000.05'),
    filledAt: 1_773_489_600_000,
    venueAt: 1_773_489_599_980,
    queueAhead: units('0'),
    tapeSeenAt: 1_773_489_599_990,
    consumesBook: true,
  },
  'trading.position-settled': {
    ...holder,
    instrument: idOf<InstrumentId>('PM-rain-YES'),
    payout: { kind: 'pays', price: at('0.5') },
    qty: units('1000'),
    paidUsd: dollars('500'),
    realizedUsd: dollars('-99.999999'),
    cashUsd: dollars('100500'),
    balanceUsd: dollars('100500'),
    dayAnchorUsd: dollars('100600'),
    isPaused: true,
    corrects: false,
    position: {
      instrument: idOf<InstrumentId>('PM-rain-YES'),
      qty: units('1000'),
      costUsd: dollars('599.999999'),
      realizedUsd: dollars('0'),
      feesUsd: dollars('4'),
      openedAt: 1_773_489_599_000,
    },
    settledAt: 1_773_489_600_000,
    before: {
      day: '2026-03-14',
      highWaterUsd: dollars('100000'),
      dayPeakUsd: dollars('100000.5'),
      isPaused: false,
      warned: { daily_loss: 80 },
    },
    corrected: {
      warned: {},
      peaks: { highWaterUsd: dollars('100000'), dayPeakUsd: dollars('100000.5') },
      day: { balanceUsd: dollars('100000'), excludedUsd: dollars('0'), isPaused: true },
      days: { counted: 1, bestUsd: dollars('96'), winningUsd: dollars('96.000001') },
      trades: { worstUsd: dollars('404'), bestUsd: dollars('0'), excludedUsd: dollars('0') },
    },
  },
  'assessment.held': { ...holder, hold: 'dispute', at: 1_773_489_600_000 },
  'assessment.released': { ...holder, at: 1_773_489_600_000 },
  'rules.trading-paused': { ...holder, rule: 'daily_loss' },
  'rules.stop-corrected': { ...holder, instrument: BTC, dueAt: 1_773_493_500_000, left: 0 },
  'rules.limit-warned': { ...holder, rule: 'max_drawdown', percent: 95 },
  'rules.violation-detected': {
    ...holder,
    violationId: uuid('3'),
    rule: 'max_drawdown',
    limitUsd: dollars('10000'),
    usedUsd: dollars('10000.01'),
    dueAt: null,
    equityUsd: dollars('89999.99'),
    evidenceHash: 'cd'.repeat(32),
  },
  'report.ready': {
    ...holder,
    reportId: uuid('6'),
    title: 'Sprint 10k',
    assessmentStatus: 'failed',
    sha256: 'ef'.repeat(32),
  },
  'identity.mail-requested': { kind: 'verify-email', registrationId: uuid('9') },
  'market-data.quote': {
    instrument: BTC,
    venue: 'kraken',
    sequence: 7,
    venueProof: '1',
    quality: 'stale',
    venueAt: 1_773_489_599_990,
    receivedAt: 1_773_489_600_000,
    bid: { price: at('59999.9'), qty: units('3.25') },
    ask: null,
  },
  'market-data.trade': {
    instrument: BTC,
    tradeId: '42',
    price: at('59999.9'),
    qty: units('0.00000001'),
    taker: 'sell',
    venueAt: 1_773_489_599_990,
    receivedAt: 1_773_489_600_000,
  },
  'market-data.instrument-changed': {
    instrument: idOf<InstrumentId>('PM-rain-YES'),
    status: 'resolved',
    payout: { kind: 'void' },
  },
};
