import type { Inbox } from '../events/outbox';
import type { OutboxMessage } from '../events/outbox-message';

/** Mails on their way to whoever sends them. */
export type MailRequests = {
  /** Asks for a mail for which nothing else has to be written. */
  readonly put: (request: OutboxMessage) => Promise<void>;
  readonly wasSent: (inbox: Inbox) => Promise<boolean>;
  readonly markSent: (inbox: Inbox) => Promise<void>;
};
