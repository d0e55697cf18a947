import type { AccountId, AssessmentId, ReportId, UserId } from '../../../domain/kernel/ids';
import type { Instant } from '../../../domain/kernel/instant';
import type { Inbox } from '../events/outbox';
import type { OutboxMessage } from '../events/outbox-message';

export type Report = {
  readonly reportId: ReportId;
  readonly assessmentId: AssessmentId;
  readonly accountId: AccountId;
  readonly userId: UserId;
  readonly title: string;
  readonly createdAt: Instant;
  /** The hash of the HTML, in hex. */
  readonly sha256: string;
};

export type ReportDocuments = { readonly html: Uint8Array; readonly pdf: Uint8Array };

export type ReportStore = {
  /** Documents, inbox and `report.ready` (which takes the account's next version) in one statement. */
  readonly save: (
    report: Report,
    documents: ReportDocuments,
    inbox: Inbox,
    messageOf: (accountVersion: number) => OutboxMessage,
  ) => Promise<'saved' | 'duplicate' | 'stale'>;
  readonly listOf: (userId: UserId) => Promise<readonly Report[]>;
  readonly find: (id: ReportId) => Promise<Report | undefined>;
  readonly document: (id: ReportId, format: 'html' | 'pdf') => Promise<Uint8Array | undefined>;
};
