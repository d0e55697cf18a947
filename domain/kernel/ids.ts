import type { Brand } from './brand';

/** UUIDs, written in lower case. Commands bring theirs; the rest come from the edge's id source. */
export type UserId = Brand<string, 'UserId'>;
export type SessionId = Brand<string, 'SessionId'>;
export type RegistrationId = Brand<string, 'RegistrationId'>;
export type TierId = Brand<string, 'TierId'>;
export type PurchaseId = Brand<string, 'PurchaseId'>;
export type AssessmentId = Brand<string, 'AssessmentId'>;
export type AccountId = Brand<string, 'AccountId'>;
export type OrderId = Brand<string, 'OrderId'>;
export type FillId = Brand<string, 'FillId'>;
export type PayoutId = Brand<string, 'PayoutId'>;
export type ViolationId = Brand<string, 'ViolationId'>;
export type ReportId = Brand<string, 'ReportId'>;
export type EventId = Brand<string, 'EventId'>;
export type BlackoutId = Brand<string, 'BlackoutId'>;
export type SignalId = Brand<string, 'SignalId'>;
export type DecisionId = Brand<string, 'DecisionId'>;
export type StudyId = Brand<string, 'StudyId'>;
/**
 * Ours, readable: `BTC-USD`, or `PM-<slug>-YES` (`-UP`, `-FAZE`) for one outcome of a market of Polymarket, and
 * `KALSHI-<ticker>-YES` for one of Kalshi.
 */
export type InstrumentId = Brand<string, 'InstrumentId'>;

export const idOf = <Id extends string>(text: string): Id => text as Id;
