import { makeTickets } from '../../adapters/redis/sessions/tickets';
import type { Caller } from '../../usecases/ports/identity/session';
import { openRedis } from '../redis';

export { TICKET_SECONDS, TICKETS_MAX } from '../../adapters/redis/sessions/tickets';

export const issueTicket = async (caller: Caller): Promise<string | undefined> =>
  makeTickets(await openRedis()).issue(caller);
