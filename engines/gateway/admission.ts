import { CLOSE } from '../../contracts/ws/messages';
import type { Seat, Seats } from '../../usecases/ports/gateway/seats';
import type { Caller } from '../../usecases/ports/identity/session';

/** What a socket brings; `address` is the viewer's, as the edge saw it. */
export type Handshake = {
  readonly ticket: string | undefined;
  readonly origin: string | undefined;
  readonly address: string;
};

export type AdmissionParts = {
  /** Takes a ticket: it opens one connection. */
  readonly redeem: (ticket: string) => Promise<Caller | undefined>;
  readonly isSessionAlive: (caller: Caller) => Promise<boolean>;
  readonly seats: Seats;
  readonly publicOrigin: string;
};

type Admitted = { readonly caller: Caller; readonly seat: Seat };
type TurnedAway = { readonly code: number; readonly reason: string };

/** Close code 1013 (IANA's WebSocket registry): the server is overloaded, try again later. */
export const TRY_AGAIN = 1013;

const FULL = {
  person_full: { code: CLOSE.tooMany, reason: 'too many connections of yours are open' },
  address_full: { code: CLOSE.tooMany, reason: 'too many connections from your address are open' },
} as const;

/** Admits a connection that our own page or no page opened, with a ticket of a live session, while a seat is free. */
export async function admit(
  { redeem, isSessionAlive, seats, publicOrigin }: AdmissionParts,
  { ticket, origin, address }: Handshake,
  connectionId: string,
): Promise<Admitted | TurnedAway> {
  // A browser always names the page's origin; a program that names none has only its ticket to show.
  if (origin !== undefined && origin !== publicOrigin) {
    return { code: CLOSE.forbidden, reason: 'this origin may not connect' };
  }
  const caller = ticket === undefined ? undefined : await redeem(ticket);
  if (!caller) return { code: CLOSE.ticketInvalid, reason: 'the ticket is missing, used or too old' };
  // A ticket outlives the session that it was issued to, if only by seconds.
  if (!(await isSessionAlive(caller))) return { code: CLOSE.ticketInvalid, reason: 'the session has ended' };
  const seat = { connectionId, userId: caller.userId, address };
  const taken = await seats.take(seat);
  return taken === 'taken' ? { caller, seat } : FULL[taken];
}
