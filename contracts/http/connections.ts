import * as z from 'zod';
import { sessionId, userId } from '../ids';
import { text } from '../text';
import { pageSize } from './paging';
import { route } from './route';

/** A live connection. The counts are of `toldAt`, half a minute ago at most. */
const connection = z.object({
  pod: z.string(),
  connectionId: z.string(),
  userId,
  sessionId,
  /** The network that it came from, such as `203.0.113.0/24`: no whole address is kept. */
  network: z.string(),
  connectedAt: z.int(),
  accounts: z.int(),
  instruments: z.int(),
  framesSent: z.int(),
  /** Sent, and not yet taken by its peer. */
  unreadBytes: z.int(),
  toldAt: z.int(),
});

/** One process of the gateway. */
const pod = z.object({ pod: z.string(), since: z.int(), connections: z.int() });

const WHY = 'must say why, in 1 to 500 characters';

export const connectionRoutes = {
  listConnections: route({
    method: 'GET',
    path: '/admin/connections',
    access: 'admin',
    summary: 'Who is connected to which gateway, page by page; `next` of one answer is `after` of the next',
    query: z.strictObject({
      /** An e-mail address, or how a pod, a network, or the id of a connection, a person or a session begins. */
      search: text().trim().min(3, 'must have at least 3 characters').max(254).optional(),
      after: text().max(300).optional(),
      limit: pageSize(200).optional(),
    }),
    status: 200,
    response: z.object({ pods: z.array(pod), connections: z.array(connection), next: z.string().nullable() }),
  }),
  endAnySession: route({
    method: 'POST',
    path: '/admin/sessions/{sessionId}/end',
    access: 'admin',
    summary: 'Ends a session: it opens nothing any more, and its connections on every gateway are closed',
    params: z.strictObject({ sessionId }),
    body: z.strictObject({ reason: text(WHY).trim().min(1, WHY).max(500, WHY) }),
    status: 204,
  }),
};
