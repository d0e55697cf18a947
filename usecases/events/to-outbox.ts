import type { AccountEvent } from '../../domain/account/account-event';
import { fold } from '../../domain/account/evolve';
import { ticketOf } from '../../domain/account/orders/order';
import type { EventId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { AccountChange, AccountSnapshot, EquityPoint, ProvenVerdict } from '../ports/accounts/account-store';
import type { Trace } from '../ports/clock-and-ids';
import type { Holder, IntegrationEvents, IntegrationEventType, OutboxMessage } from '../ports/events/outbox-message';

/** An event before it has an id and a place in its account's stream. */
export type IntegrationEvent = {
  [K in IntegrationEventType]: { readonly type: K; readonly data: IntegrationEvents[K] };
}[IntegrationEventType];

export const holderOf = ({ accountId, assessmentId, userId }: Holder): Holder => ({ accountId, assessmentId, userId });

/** When events occurred, what caused them, and where their ids come from. */
type Stamp = { readonly trace: Trace; readonly occurredAt: Instant; readonly nextId: () => EventId };

/** Gives events of one account their versions: they follow the snapshot's, one by one, in the order given. */
export const numbered = (
  snapshot: Pick<AccountSnapshot, 'accountId' | 'version'>,
  { trace, occurredAt, nextId }: Stamp,
  events: readonly IntegrationEvent[],
): readonly OutboxMessage[] =>
  events.map((event, index) => ({
    ...event,
    correlationId: trace.correlationId,
    traceparent: trace.traceparent,
    eventId: nextId(),
    key: snapshot.accountId,
    accountVersion: snapshot.version + index + 1,
    occurredAt,
  }));

/** Each account event is one integration event of its stream; a kind without one does not compile. */
export function integrationEventOf(holder: Holder, event: AccountEvent): IntegrationEvent {
  switch (event.kind) {
    case 'day_opened': {
      const { day, dayAnchorUsd, dayPeakUsd } = event;
      return { type: 'assessment.day-opened', data: { ...holder, day, dayAnchorUsd, dayPeakUsd } };
    }
    case 'order_placed': {
      const { order } = event;
      const { placedAt, bookSequence, origin } = order;
      const resting = order.terms.type === 'market' ? null : order;
      const data = { ...holder, ticket: ticketOf(order), order: resting, placedAt, bookSequence, origin };
      return { type: 'trading.order-placed', data };
    }
    case 'order_amended': {
      const { order, amendedFor } = event;
      return { type: 'trading.order-amended', data: { ...holder, order, ...(amendedFor && { amendedFor }) } };
    }
    case 'order_advanced':
      return { type: 'trading.order-advanced', data: { ...holder, order: event.order } };
    case 'order_triggered':
      return { type: 'trading.order-triggered', data: { ...holder, order: event.order } };
    case 'order_cancelled':
      return { type: 'trading.order-cancelled', data: { ...holder, order: event.order } };
    case 'order_filled': {
      const { fill, cashUsd, balanceUsd, tradesClosed, position, ...left } = event;
      const { queueAhead, tapeSeenAt, exactFee, consumesBook } = left;
      const { accountId, assessmentId, userId } = holder;
      const after = { cashUsd, balanceUsd, tradesClosed, position: position ?? null };
      const { tookLevels, tookTrades } = left;
      const took = {
        ...(tookLevels && { tookLevels: [...tookLevels] }),
        ...(tookTrades && { tookTrades: [...tookTrades] }),
      };
      const place = {
        queueAhead,
        tapeSeenAt,
        ...(exactFee !== undefined && { exactFee }),
        consumesBook,
        ...took,
      };
      const own = { ...fill, levels: [...fill.levels], fillCashUsd: fill.cashUsd };
      const data = { ...own, accountId, assessmentId, userId, ...place, ...after };
      return { type: 'trading.order-filled', data };
    }
    case 'position_settled': {
      const { settlement, cashUsd, balanceUsd, dayAnchorUsd, isPaused, corrected = null } = event;
      const { cashUsd: paidUsd, ...paid } = settlement;
      return {
        type: 'trading.position-settled',
        data: {
          ...holder,
          ...paid,
          qty: paid.position.qty,
          paidUsd,
          cashUsd,
          balanceUsd,
          dayAnchorUsd,
          isPaused,
          corrected,
        },
      };
    }
    case 'payout_taken': {
      const { kind: _, ledger: __, ...taken } = event;
      return { type: 'assessment.payout-taken', data: { ...holder, ...taken } };
    }
    case 'capital_grown': {
      const { kind: _, ledger: __, ...grown } = event;
      return { type: 'assessment.capital-grown', data: { ...holder, ...grown } };
    }
    case 'trading_paused':
      return { type: 'rules.trading-paused', data: { ...holder, rule: event.rule } };
    case 'account_held':
      return { type: 'assessment.held', data: { ...holder, hold: event.hold, at: event.at } };
    case 'account_released':
      return { type: 'assessment.released', data: { ...holder, at: event.at } };
    case 'stop_corrected': {
      const { instrument, dueAt, left } = event;
      return { type: 'rules.stop-corrected', data: { ...holder, instrument, dueAt, left } };
    }
    case 'limit_warned':
      return { type: 'rules.limit-warned', data: { ...holder, rule: event.rule, percent: event.percent } };
    case 'limit_touched':
      return { type: 'rules.limit-touched', data: { ...holder, rule: event.rule, at: event.at } };
    case 'limit_recovered':
      return { type: 'rules.limit-recovered', data: { ...holder, rule: event.rule } };
    case 'high_water_raised': {
      const { kind: _, ...raised } = event;
      return { type: 'assessment.high-water-raised', data: { ...holder, ...raised } };
    }
  }
}

export const integrationEventsOf = (holder: Holder, events: readonly AccountEvent[]): readonly IntegrationEvent[] =>
  events.map((event) => integrationEventOf(holder, event));

/** What a decision made of an account: `before` a verdict and `after` it. */
export type DecidedChange = {
  readonly at: Instant;
  readonly before: readonly AccountEvent[];
  readonly verdict?: ProvenVerdict;
  readonly after?: readonly AccountEvent[];
  readonly equityPoint?: EquityPoint;
};

/** The events of a verdict, in their order: a violation is detected before the assessment is abandoned. */
export function verdictEvents(holder: Holder, verdict: ProvenVerdict | undefined): readonly IntegrationEvent[] {
  if (!verdict) return [];
  const { equityUsd, violation, evidenceHash } = verdict;
  if (!violation) return [{ type: 'assessment.completed', data: { ...holder, status: 'passed', equityUsd } }];
  const { violationId, broken } = violation;
  const { rule } = broken;
  const numbers =
    broken.kind === 'deadline'
      ? { limitUsd: null, usedUsd: null, dueAt: broken.dueAt }
      : { limitUsd: broken.limitUsd, usedUsd: broken.usedUsd, dueAt: null };
  const detected = { ...holder, violationId, rule, ...numbers, equityUsd, evidenceHash };
  return [
    { type: 'rules.violation-detected', data: detected },
    { type: 'assessment.abandoned', data: { ...holder, status: 'failed', breach: rule, violationId, equityUsd } },
  ];
}

/** Everything that a decision changed, told in order: what came before a verdict, the verdict, what it led to. */
export function changeOf(
  snapshot: AccountSnapshot,
  trace: Trace,
  nextId: () => EventId,
  { at, before, verdict, after = [], equityPoint }: DecidedChange,
): AccountChange {
  const happened = [...before, ...after];
  const holder = holderOf(snapshot);
  const decided = verdictEvents(holder, verdict);
  const events = [...integrationEventsOf(holder, before), ...decided, ...integrationEventsOf(holder, after)];
  const first = snapshot.version + 1;
  return {
    account: fold(snapshot.rules, snapshot.account, happened),
    status: verdict === undefined ? snapshot.status : verdict.violation ? 'failed' : 'passed',
    events: happened,
    versions: [
      ...before.map((_, index) => first + index),
      ...after.map((_, index) => first + before.length + decided.length + index),
    ],
    ...(verdict && { verdict }),
    ...(equityPoint && { equityPoint }),
    messages: numbered(snapshot, { trace, occurredAt: at, nextId }, events),
  };
}
