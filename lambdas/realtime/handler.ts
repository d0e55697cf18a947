import { realtimeRoutes } from '../../contracts/http/realtime';
import { accept } from '../../domain/kernel/result';
import { issueTicket, TICKET_SECONDS } from '../../runtime/compose-realtime';
import { authenticateCaller } from '../../runtime/compose-session';
import { httpFunction } from '../../runtime/http';

export const handler = httpFunction(
  realtimeRoutes,
  { issueTicket: async ({ caller }) => accept({ ticket: await issueTicket(caller), expiresInS: TICKET_SECONDS }) },
  authenticateCaller,
);
