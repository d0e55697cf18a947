import type { Announcement } from './announcement';
import type { Inbox } from './outbox';

/** Mails on their way to whoever sends them. */
export type MailRequests = {
  /** Asks for a mail for which nothing else has to be written. */
  readonly put: (request: Announcement) => Promise<void>;
  readonly wasSent: (inbox: Inbox) => Promise<boolean>;
  readonly markSent: (inbox: Inbox) => Promise<void>;
};
