import type {
  AmendedFor,
  CapitalGrown,
  CorrectedStanding,
  FilledPlace,
  HighWaterRaised,
  PayoutTaken,
  TradePart,
} from '../../../domain/account/account-event';
import type { Fill, Order, OrderTicket } from '../../../domain/account/orders/order';
import type { Position } from '../../../domain/account/positions/position';
import type { RuleName } from '../../../domain/account/rule-name';
import type { BeforePayout } from '../../../domain/account/standing/standing';
import type { HoldKind } from '../../../domain/kernel/hold-kind';
import type {
  AccountId,
  AssessmentId,
  EventId,
  InstrumentId,
  PurchaseId,
  RegistrationId,
  ReportId,
  StudyId,
  TierId,
  UserId,
  ViolationId,
} from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Ppm, Qty, Usd } from '../../../domain/kernel/money';
import type { Payout } from '../../../domain/market/instrument';
import type { Level } from '../../../domain/market/level';
import type { Trace } from '../clock-and-ids';

/** Whose study it is; `assessmentId` is null where it is about a tier. */
type Studied = { readonly studyId: StudyId; readonly userId: UserId; readonly assessmentId: AssessmentId | null };

export type Holder = { readonly accountId: AccountId; readonly assessmentId: AssessmentId; readonly userId: UserId };

/**
 * What has become true, by event type. The wire form of each is `contracts/topics/events.ts`; a difference does not
 * compile.
 */
export type IntegrationEvents = {
  'payment.purchase-completed': {
    readonly purchaseId: PurchaseId;
    readonly assessmentId: AssessmentId;
    readonly userId: UserId;
    readonly tierId: TierId;
    readonly ruleSetVersion: number;
    readonly ruleSetHash: string;
    readonly paidUsd: Usd;
  };
  /** The payment of a granted purchase was taken back or disputed, or stands again. */
  'payment.purchase-changed': {
    readonly purchaseId: PurchaseId;
    readonly assessmentId: AssessmentId;
    readonly userId: UserId;
    readonly reversal: HoldKind | null;
  };
  'assessment.created': Holder & {
    readonly tierId: TierId;
    readonly tierName: string;
    readonly ruleSetVersion: number;
    readonly ruleSetHash: string;
    readonly startingUsd: Usd;
    readonly phase: number;
    readonly phases: number;
    readonly attempt: number;
  };
  'assessment.day-opened': Holder & { readonly day: string; readonly dayAnchorUsd: Usd; readonly dayPeakUsd: Usd };
  'assessment.abandoned': Holder & {
    readonly status: 'failed';
    readonly breach: RuleName;
    readonly violationId: ViolationId;
    readonly equityUsd: Usd;
  };
  'assessment.completed': Holder & { readonly status: 'passed'; readonly equityUsd: Usd };
  'assessment.high-water-raised': Holder & Omit<HighWaterRaised, 'kind'>;
  'trading.order-placed': Holder & { readonly ticket: OrderTicket; readonly order: Order | null } & Pick<
      Order,
      'placedAt' | 'bookSequence' | 'origin'
    >;
  'trading.order-amended': Holder & { readonly order: Order; readonly amendedFor?: AmendedFor };
  'trading.order-advanced': Holder & { readonly order: Order };
  'trading.order-triggered': Holder & { readonly order: Order };
  'trading.order-cancelled': Holder & { readonly order: Order };
  'trading.order-filled': Holder &
    Pick<
      Fill,
      | 'orderId'
      | 'fillId'
      | 'instrument'
      | 'side'
      | 'qty'
      | 'part'
      | 'liquidity'
      | 'price'
      | 'feeUsd'
      | 'realizedUsd'
      | 'bookSequence'
      | 'venueProof'
      | 'closedFor'
      | 'inNews'
      | 'filledAt'
      | 'venueAt'
    > &
    Omit<FilledPlace, 'tookLevels' | 'tookTrades'> & {
      readonly levels: Level[];
      readonly tookLevels?: Level[];
      readonly tookTrades?: TradePart[];
      readonly fillCashUsd: Usd;
      readonly cashUsd: Usd;
      readonly balanceUsd: Usd;
      readonly tradesClosed: number;
      readonly position: Position | null;
    };
  'trading.position-settled': Holder & {
    readonly instrument: InstrumentId;
    readonly payout: Payout;
    readonly qty: Qty;
    readonly paidUsd: Usd;
    readonly realizedUsd: Usd;
    readonly cashUsd: Usd;
    readonly balanceUsd: Usd;
    readonly dayAnchorUsd: Usd;
    readonly isPaused: boolean;
    readonly corrects: boolean;
    readonly position: Position;
    readonly settledAt: Instant;
    readonly before: BeforePayout;
    readonly corrected: CorrectedStanding | null;
  };
  'assessment.payout-taken': Holder & Omit<PayoutTaken, 'kind' | 'ledger'>;
  'assessment.capital-grown': Holder & Omit<CapitalGrown, 'kind' | 'ledger'>;
  'assessment.held': Holder & { readonly hold: HoldKind; readonly at: Instant };
  'assessment.released': Holder & { readonly at: Instant };
  'rules.trading-paused': Holder & { readonly rule: RuleName };
  'rules.stop-corrected': Holder & {
    readonly instrument: InstrumentId;
    readonly dueAt: Instant;
    readonly left: number;
  };
  'rules.limit-warned': Holder & { readonly rule: RuleName; readonly percent: number };
  'rules.limit-touched': Holder & { readonly rule: RuleName; readonly at: Instant };
  'rules.limit-recovered': Holder & { readonly rule: RuleName };
  'rules.violation-detected': Holder & {
    readonly violationId: ViolationId;
    readonly rule: RuleName;
    readonly limitUsd: Usd | null;
    readonly usedUsd: Usd | null;
    readonly dueAt: Instant | null;
    readonly equityUsd: Usd;
    readonly evidenceHash: string;
  };
  'monte-carlo.requested': Studied & { readonly scope: 'everything' | 'size' | 'firm' };
  'monte-carlo.progressed': Studied & { readonly done: number; readonly of: number };
  'monte-carlo.completed': Studied & { readonly passedShare: Ppm };
  'monte-carlo.failed': Studied & {
    readonly reason: 'ray_unavailable' | 'deadline_passed' | 'refused_by_kernel' | 'internal_error';
  };
  'monte-carlo.cancelled': Studied;
  'report.ready': Holder & {
    readonly reportId: ReportId;
    readonly title: string;
    readonly assessmentStatus: 'active' | 'passed' | 'failed';
    readonly sha256: string;
  };
  'identity.mail-requested': RequestedMail;
};

/** Which mail to whom; whoever has no account yet is known by the registration. */
export type RequestedMail =
  | { readonly kind: 'verify-email'; readonly registrationId: RegistrationId }
  | { readonly kind: 'already-registered' | 'reset-password' | 'password-changed'; readonly userId: UserId };

export type IntegrationEventType = keyof IntegrationEvents;

/** A row of the outbox: written in the transaction that makes it true, sent by the event-relay. */
export type OutboxMessage = {
  [K in IntegrationEventType]: Trace & {
    readonly eventId: EventId;
    readonly type: K;
    /** Account or assessment id: the order of one key is kept. */
    readonly key: string;
    /** Position in the account's stream, consecutive from 1; null where there is no account yet. */
    readonly accountVersion: number | null;
    readonly occurredAt: Instant;
    readonly data: IntegrationEvents[K];
  };
}[IntegrationEventType];
