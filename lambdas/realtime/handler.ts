import { realtimeRoutes } from '../../contracts/http/realtime';
import { ok, refused } from '../../runtime/answers';
import { connectionDesk } from '../../runtime/compose/connections';
import { issueTicket, TICKET_SECONDS, TICKETS_MAX } from '../../runtime/compose/realtime';
import { authenticateCaller } from '../../runtime/compose/session';
import { httpFunction } from '../../runtime/http';

const PAGE = 50;

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
    listConnections: async ({ query }) => {
      const page = await (await connectionDesk()).listConnections({ ...query, limit: query.limit ?? PAGE });
      return ok({ ...page, pods: [...page.pods], connections: [...page.connections] });
    },
    endAnySession: async ({ params, body, caller, trace }) =>
      (await connectionDesk()).endAnySession({ ...params, ...body, actor: caller.userId, trace }),
  },
  authenticateCaller,
);
