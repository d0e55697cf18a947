import type { MailRequests } from '../../../usecases/ports/identity/mail-requests';
import type { Database } from '../connection/database';
import { outboxColumns } from '../events/outbox-columns';
import { findSentMail, keepSentMail, putMailRequest } from './mail-requests.sql';

/** The outbox carries a request to the topic, the inbox remembers what has been sent. */
export const makeMailRequests = (database: Database): MailRequests => ({
  put: async (request) => {
    await database.query(putMailRequest, outboxColumns([request]));
  },
  wasSent: async ({ consumer, eventId }) => (await database.query(findSentMail, [consumer, eventId])).length > 0,
  markSent: async ({ consumer, eventId }) => {
    await database.query(keepSentMail, [consumer, eventId]);
  },
});
