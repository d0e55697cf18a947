import { realtimeRoutes } from '../../contracts/http/realtime';
import { ok, refused } from '../../runtime/answers';
import { issueTicket, TICKET_SECONDS, TICKETS_MAX } from '../../runtime/compose/realtime';
import { authenticateCaller } from '../../runtime/compose/session';
import { httpFunction } from '../../runtime/http';

const tooMany = () =>
  refused('ticket_too_many', {
    field: 'ticket',
    rule: `at most ${TICKETS_MAX} that were not used may be out`,
    headers: { 'retry-after': String(TICKET_SECONDS) },
  });

export const handler = httpFunction(
  realtimeRoutes,
  {
    issueTicket: async ({ caller }) => {
      const ticket = await issueTicket(caller);
      return ticket === undefined ? tooMany() : ok({ ticket, expiresInS: TICKET_SECONDS });
    },
  },
  authenticateCaller,
);
