import { ruleSetColumn } from '../../../adapters/cockroach/accounts/account-rows';
import { fundingEntries } from '../../../domain/account/ledger';
import type { OrderTicket, Side } from '../../../domain/account/order';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import {
  type AccountId,
  type AssessmentId,
  type InstrumentId,
  idOf,
  type OrderId,
  type TierId,
  type UserId,
} from '../../../domain/kernel/ids';
import { type Instant, instant } from '../../../domain/kernel/instant';
import { ppm, price, qty, usd } from '../../../domain/kernel/money';
import type { Book } from '../../../domain/market/book';
import type { Instrument } from '../../../domain/market/instrument';
import { sha256Digest, uuidIds } from '../../../runtime/edge';
import type { AccountStore } from '../../../usecases/ports/accounts/account-store';
import type { NewAssessment, PinnedRules } from '../../../usecases/ports/assessments/assessment-store';
import type { Clock } from '../../../usecases/ports/clock-and-ids';
import type { Inbox } from '../../../usecases/ports/events/outbox';
import type { OutboxMessage } from '../../../usecases/ports/events/outbox-message';
import { NO_TAPE } from '../../../usecases/ports/market-data/market-data';
import { placeOrder } from '../../../usecases/trading/place-order';
import { RULES } from '../../domain/story';

export const dollars = (amount: number) => usd(BigInt(amount) * 1_000_000n);
export const units = (amount: bigint) => amount * 100_000_000n;

export const NOW = instant(Date.UTC(2026, 2, 14, 12));
export const BTC = idOf<InstrumentId>('BTC-USD');
export const trace = { correlationId: 'c-1', traceparent: null };

export const rules: RuleSet = {
  ...RULES,
  target: { profitUsd: dollars(8_000), counts: 'realized_flat', closesAll: false },
  riskPerTrade: {
    limitUsd: dollars(2_000),
    severity: 'fail',
    stopWithinMs: null,
    stopSeverity: 'fail',
    stopCorrection: null,
  },
  activity: { ...RULES.activity, tradesMin: 3 },
  dayResetAt: '00:30',
};

export const bitcoin: Instrument = {
  id: BTC,
  venue: 'kraken',
  venueSymbol: 'BTC/USD',
  kind: 'spot',
  title: 'Bitcoin',
  priceTick: price(10_000_000n),
  qtyStep: qty(1n),
  qtyMin: qty(10_000n),
  takerFee: { kind: 'proportional', rate: ppm(2_600n) },
  makerFee: { kind: 'proportional', rate: ppm(1_600n) },
  status: 'open',
  payout: null,
};

const level = (at: bigint) => ({ price: price(units(at)), qty: qty(units(1_000n)) });

export const bookAt = (at: Instant): Book => ({
  instrument: BTC,
  venue: 'kraken',
  sequence: 7,
  venueProof: '2439117997',
  venueAt: at,
  receivedAt: at,
  quality: 'good',
  bids: [level(59_999n), level(59_998n)],
  asks: [level(60_001n), level(60_002n)],
});

/** An assessment that has just been bought, and the event that granted it. */
export function newAssessment(changes: Partial<NewAssessment> = {}): { given: NewAssessment; inbox: Inbox } {
  const holder = {
    accountId: idOf<AccountId>(uuidIds.next()),
    assessmentId: idOf<AssessmentId>(uuidIds.next()),
    userId: idOf<UserId>(uuidIds.next()),
  };
  const pinned: PinnedRules = {
    tierId: idOf<TierId>(uuidIds.next()),
    tierName: 'Standard',
    ruleSetVersion: 3,
    ruleSetHash: sha256Digest.sha256(ruleSetColumn(rules)),
    rules,
  };
  const { tierId, tierName, ruleSetVersion, ruleSetHash } = pinned;
  const pin = { tierId, tierName, ruleSetVersion, ruleSetHash, startingUsd: rules.startingUsd };
  const given: NewAssessment = {
    ...holder,
    purchaseId: idOf(uuidIds.next()),
    place: { phase: 1, attempt: 1, phases: 1 },
    origin: 'purchase',
    pinned,
    createdAt: NOW,
    cashUsd: rules.startingUsd,
    day: '2026-03-14',
    dayAnchorUsd: rules.startingUsd,
    ledger: fundingEntries(rules.startingUsd),
    messages: [],
    ...changes,
  };
  const { accountId, assessmentId, userId, place } = given;
  const created: OutboxMessage = {
    ...trace,
    eventId: idOf(uuidIds.next()),
    type: 'assessment.created',
    key: accountId,
    accountVersion: 1,
    occurredAt: NOW,
    data: { ...pin, ...place, accountId, assessmentId, userId },
  };
  return {
    given: { ...given, messages: [created] },
    inbox: { consumer: 'provision-assessment', eventId: idOf(uuidIds.next()) },
  };
}

/** A trader of one account, who sends market orders for Bitcoin, whose price never changes. */
export function trader(
  accounts: AccountStore,
  { accountId, userId }: { readonly accountId: AccountId; readonly userId: UserId },
  clock: Clock = { now: () => NOW },
) {
  const place = placeOrder({
    accounts,
    books: { current: async () => new Map([[BTC, bookAt(clock.now())]]) },
    instruments: { find: async () => new Map([[BTC, bitcoin]]), list: async () => [bitcoin] },
    tape: NO_TAPE,
    blackouts: { current: async () => [] },
    clock,
    ids: uuidIds,
    judge: async () => {
      throw new Error('no order of these stories breaks a limit');
    },
  });
  return (side: Side, amount: bigint, orderId: OrderId = idOf(uuidIds.next()), more: Partial<OrderTicket> = {}) =>
    place({ accountId, userId, trace, ticket: { ...marketTicket(side, amount, orderId), ...more } });
}

export const marketTicket = (side: Side, amount: bigint, orderId: OrderId = idOf(uuidIds.next())): OrderTicket => ({
  orderId,
  instrument: BTC,
  side,
  qty: qty(amount),
  terms: { type: 'market' },
  reduceOnly: false,
  attached: null,
});
