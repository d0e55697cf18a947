import * as z from 'zod';
import type {
  AccountId,
  AssessmentId,
  BlackoutId,
  DecisionId,
  EventId,
  FillId,
  InstrumentId,
  OrderId,
  PayoutId,
  PurchaseId,
  RegistrationId,
  ReportId,
  SessionId,
  SignalId,
  StudyId,
  TierId,
  UserId,
  ViolationId,
} from '../domain/kernel/ids';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const uuid = <Id extends string>() =>
  z.string().regex(UUID, 'must be a UUID in lower case') as unknown as z.ZodType<Id, string>;

export const userId = uuid<UserId>();
export const sessionId = uuid<SessionId>();
export const registrationId = uuid<RegistrationId>();
export const tierId = uuid<TierId>();
export const purchaseId = uuid<PurchaseId>();
export const assessmentId = uuid<AssessmentId>();
export const accountId = uuid<AccountId>();
export const orderId = uuid<OrderId>();
export const fillId = uuid<FillId>();
export const payoutId = uuid<PayoutId>();
export const violationId = uuid<ViolationId>();
export const reportId = uuid<ReportId>();
export const eventId = uuid<EventId>();
export const blackoutId = uuid<BlackoutId>();
export const signalId = uuid<SignalId>();
export const decisionId = uuid<DecisionId>();
export const studyId = uuid<StudyId>();

export const instrumentId = z
  .string()
  .min(3)
  .max(200)
  .regex(/^[A-Za-z0-9-]+$/, 'must be an instrument id such as BTC-USD') as unknown as z.ZodType<InstrumentId, string>;

/** What one venue lists: a coin that is not the default venue's names its own, `BTC-USD@coinbase`. */
export const listingId = z
  .string()
  .min(3)
  .max(200)
  .regex(/^[A-Za-z0-9-]+(@[a-z]+)?$/, 'must be a listing such as BTC-USD@coinbase') as unknown as z.ZodType<
  InstrumentId,
  string
>;
