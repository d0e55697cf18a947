import { encodeEvent, topicOf } from '../../contracts/topics/envelope';
import type { Settlement } from '../../domain/account/account-event';
import type { Fill, Order, OrderTicket } from '../../domain/account/orders/order';
import type { AttemptOrigin } from '../../domain/assessment/progression/attempts';
import type { KeptEvent } from '../../domain/assessment/settlement/account-moves';
import type { HoldKind } from '../../domain/kernel/hold-kind';
import type { AccountId, AssessmentId, InstrumentId, OrderId, PurchaseId, ReportId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Instrument } from '../../domain/market/instrument';
import type { AccountSnapshot, EquityPoint, ProvenVerdict } from '../../usecases/ports/accounts/account-store';
import type { KeptPayout } from '../../usecases/ports/accounts/payout-store';
import type { NewAssessment, PinnedProgram } from '../../usecases/ports/assessments/assessment-store';
import type { Report, ReportDocuments } from '../../usecases/ports/assessments/report-store';
import type { DeadLetter, Inbox, OutboxRow } from '../../usecases/ports/events/outbox';
import type { OutboxMessage } from '../../usecases/ports/events/outbox-message';

/** An account as it is kept: its snapshot, and what was written beside it. */
export type KeptAccount = {
  snapshot: AccountSnapshot;
  readonly place: NewAssessment['place'];
  readonly origin: AttemptOrigin;
  readonly tierName: string;
  readonly purchaseId: PurchaseId;
  readonly createdAt: Instant;
  readonly orders: Map<OrderId, { readonly ticket: OrderTicket; order: Order | undefined }>;
  readonly fills: Fill[];
  readonly settlements: Settlement[];
  readonly payouts: KeptPayout[];
  readonly moves: KeptEvent[];
  readonly equity: Map<Instant, EquityPoint>;
  verdict: ProvenVerdict | undefined;
};

export type KeptRow = OutboxRow & { readonly sequence: number; readonly at: number; isSent: boolean };

/** What the stores of one test keep in place of a database. */
export type MemoryWorld = {
  readonly accounts: Map<AccountId, KeptAccount>;
  readonly pinned: Map<PurchaseId, PinnedProgram & { readonly tierSlug: string }>;
  /** What became of the payments, by the assessment that each granted. */
  readonly holds: Map<AssessmentId, HoldKind>;
  /** The highest epoch that each shard was given. */
  readonly epochs: Map<number, number>;
  readonly outbox: KeptRow[];
  readonly inbox: Set<string>;
  readonly letters: Map<string, DeadLetter & { readonly id: string; readonly parkedAt: string }>;
  readonly reports: Map<ReportId, { readonly report: Report; readonly documents: ReportDocuments }>;
  readonly instruments: Map<InstrumentId, Instrument>;
};

export const memoryWorld = (): MemoryWorld => ({
  accounts: new Map(),
  pinned: new Map(),
  holds: new Map(),
  epochs: new Map(),
  outbox: [],
  inbox: new Set(),
  letters: new Map(),
  reports: new Map(),
  instruments: new Map(),
});

export const enqueueIn = (world: MemoryWorld, messages: readonly OutboxMessage[]): void => {
  for (const message of messages) {
    const { eventId, type, key } = message;
    const body = encodeEvent({ ...message, version: 1 });
    keepRow(world, { eventId, topic: topicOf(type), key, body });
  }
};

export const keepRow = (world: MemoryWorld, row: OutboxRow): void => {
  world.outbox.push({ ...row, sequence: world.outbox.length, at: performance.now(), isSent: false });
};

export const inboxKey = ({ consumer, eventId }: Inbox): string => `${consumer}/${eventId}`;

export const assessmentIn = (world: MemoryWorld, id: AssessmentId): KeptAccount | undefined =>
  [...world.accounts.values()].find(({ snapshot }) => snapshot.assessmentId === id);
