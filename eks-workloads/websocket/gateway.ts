import type * as z from 'zod';
import type { Envelope } from '../../contracts/topics/envelope';
import { CLOSE, clientMessage } from '../../contracts/ws/messages';
import type { AccountId, InstrumentId, UserId } from '../../domain/kernel/ids';
import { plainRule } from '../../runtime/plain-rule';
import type { AccountMark } from '../../usecases/ports/marks';
import type { Caller } from '../../usecases/ports/session';
import { AccountDesk, type LoadAccount } from './account-desk';
import { Connection, LIMITS, type Socket } from './connection';
import { type Body, changedBody, openedBody, plainBody } from './frames';
import type { GatewayMetrics } from './gateway-metrics';
import { QuoteBoard, type QuoteData } from './quote-board';

export type GatewayParts = {
  /** Takes a ticket: it opens one connection. */
  readonly redeem: (ticket: string) => Promise<Caller | undefined>;
  readonly isSessionAlive: (caller: Caller) => Promise<boolean>;
  readonly load: LoadAccount;
  /** Latest known quotes of instruments that this process has not heard of yet. */
  readonly quotes: (ids: readonly InstrumentId[]) => Promise<readonly QuoteData[]>;
  /** Asks for live marks of these accounts. */
  readonly watch: (ids: readonly AccountId[]) => Promise<void>;
  readonly areInstruments: (ids: readonly InstrumentId[]) => Promise<ReadonlySet<InstrumentId>>;
  readonly publicOrigin: string;
  readonly newId: () => string;
  readonly nowMs: () => number;
  readonly metrics: GatewayMetrics;
  readonly onFailure: (error: unknown, what: string) => void;
};

export type Handshake = { readonly ticket: string | undefined; readonly origin: string | undefined };

/** Quotes are gathered for this long before a frame leaves: a tenth of the cost, and nobody sees the difference. */
const FLUSH_MS = 15;
/** RFC 6455's registry: the server cannot do it now. */
const TRY_AGAIN = 1013;

/** All connections of one process, and what they follow. It knows the protocol and nothing of servers. */
export class Gateway {
  private readonly connections = new Set<Connection>();
  private readonly board: QuoteBoard;
  private readonly desk: AccountDesk;
  private flushing: NodeJS.Timeout | undefined;

  constructor(private readonly parts: GatewayParts) {
    const { metrics, nowMs, load } = parts;
    this.board = new QuoteBoard({ onSent: (receivedAt) => metrics.quoteSent(nowMs() - receivedAt) });
    this.desk = new AccountDesk({
      load,
      nowMs,
      onRecovered: () => metrics.recovered(),
      onFailure: (error) => parts.onFailure(error, 'an account could not be loaded'),
    });
  }

  /** Answers the connection when the handshake was in order; closes the socket by name otherwise. */
  async open(socket: Socket, { ticket, origin }: Handshake): Promise<Connection | undefined> {
    // A browser always names the page's origin; a program that names none has only its ticket to show.
    if (origin !== undefined && origin !== this.parts.publicOrigin) {
      return this.turnAway(socket, CLOSE.forbidden, 'this origin may not connect');
    }
    let caller: Caller | undefined;
    try {
      caller = ticket === undefined ? undefined : await this.parts.redeem(ticket);
    } catch (error) {
      this.parts.onFailure(error, 'a ticket could not be looked up');
      return this.turnAway(socket, TRY_AGAIN, 'try again in a moment');
    }
    if (!caller) return this.turnAway(socket, CLOSE.ticketInvalid, 'the ticket is missing, used or too old');
    const id = this.parts.newId();
    const connection = new Connection(id, caller, socket, (closed, code) => this.forget(closed, code));
    this.connections.add(connection);
    this.parts.metrics.opened();
    connection.send(plainBody({ type: 'welcome', connectionId: id }));
    return connection;
  }

  async receive(connection: Connection, text: string): Promise<void> {
    if (!connection.isOpen) return;
    if (!connection.mayTalk(this.parts.nowMs())) return connection.close(CLOSE.tooManyMessages, 'too many messages');
    if (Buffer.byteLength(text) > LIMITS.frameBytes) return connection.close(1009, 'the message is too big');
    const json = parsed(text);
    if (json === undefined) return connection.refuse('malformed_json', 'message', 'must be JSON');
    const read = clientMessage.safeParse(json, { error: plainRule });
    if (!read.success) {
      const [issue] = read.error.issues;
      return connection.refuse('invalid_request', issue?.path.join('.') || 'message', issue?.message ?? 'is malformed');
    }
    try {
      await this.obey(connection, read.data);
    } catch (error) {
      this.parts.onFailure(error, 'a message could not be answered');
      connection.refuse('not_ready', 'message', 'a part that this needs does not answer; try again in a moment');
    }
  }

  /** The peer is gone. */
  closed(connection: Connection, code: number): void {
    if (!connection.isOpen) return;
    connection.isOpen = false;
    this.forget(connection, code);
  }

  onEvent(event: Envelope): void {
    if (event.type === 'market-data.quote') {
      if (this.board.post(event.data)) this.flushSoon();
      return;
    }
    if (event.type === 'market-data.instrument-changed') {
      this.board.tell(event.data.instrument, changedBody(event.data));
      return;
    }
    if (event.type === 'assessment.created') this.tellTrader(event.data.userId, openedBody(event.data));
    if (this.desk.post(event)) {
      this.parts.metrics.eventSent(this.parts.nowMs() - event.occurredAt);
    }
  }

  onMark(mark: AccountMark): void {
    this.desk.mark(mark);
  }

  /** Marks are published for accounts that somebody looks at: says so, and has to be said again. */
  keepWatching(): Promise<void> {
    return this.parts.watch(this.desk.followed());
  }

  recoverGaps(): Promise<void> {
    return this.desk.recover();
  }

  /** Ends the connections whose session was ended: signing out closes every tab. */
  async endDeadSessions(): Promise<void> {
    const bySession = new Map<string, Connection[]>();
    for (const connection of this.connections) {
      const { sessionId } = connection.caller;
      bySession.set(sessionId, [...(bySession.get(sessionId) ?? []), connection]);
    }
    for (const connections of bySession.values()) {
      const [first] = connections;
      if (!first || (await this.parts.isSessionAlive(first.caller))) continue;
      for (const connection of connections) connection.close(CLOSE.ticketInvalid, 'the session has ended');
    }
  }

  closeAll(): void {
    for (const connection of [...this.connections]) connection.close(1001, 'the server restarts; connect again');
    clearTimeout(this.flushing);
  }

  private async obey(connection: Connection, message: z.output<typeof clientMessage>): Promise<void> {
    switch (message.op) {
      case 'ping':
        return connection.send(plainBody({ type: 'pong', id: message.id }));
      case 'subscribe-quotes':
        return this.followQuotes(connection, [...new Set(message.instruments)]);
      case 'unsubscribe-quotes':
        return this.board.unfollow(connection, message.instruments);
      case 'subscribe-account':
        if (connection.accounts.size >= LIMITS.accounts && !connection.accounts.has(message.accountId)) {
          return connection.refuse('too_many_subscriptions', 'accountId', `at most ${LIMITS.accounts} at a time`);
        }
        await this.desk.follow(connection, message.accountId);
        this.keepWatching().catch((error: unknown) => this.parts.onFailure(error, 'marks were not asked for'));
        return;
      case 'unsubscribe-account':
        return this.desk.unfollow(connection, message.accountId);
    }
  }

  private async followQuotes(connection: Connection, wanted: readonly InstrumentId[]): Promise<void> {
    const added = wanted.filter((instrument) => !connection.instruments.has(instrument));
    if (connection.instruments.size + added.length > LIMITS.instruments) {
      return connection.refuse('too_many_subscriptions', 'instruments', `at most ${LIMITS.instruments} at a time`);
    }
    for (const instrument of added) connection.instruments.add(instrument);
    const unknown = await this.findUnknown(wanted);
    if (unknown !== undefined) {
      for (const instrument of added) connection.instruments.delete(instrument);
      return connection.refuse('instrument_unknown', 'instruments', `${unknown} is not an instrument`);
    }
    if (!connection.isOpen) return;
    const stillWanted = wanted.filter((instrument) => connection.instruments.has(instrument));
    this.board.follow(connection, stillWanted);
  }

  /** Asks for what this process has not heard of: a quote of earlier, or at least that the instrument exists. */
  private async findUnknown(instruments: readonly InstrumentId[]): Promise<InstrumentId | undefined> {
    const unheard = instruments.filter((instrument) => !this.board.has(instrument));
    if (unheard.length === 0) return undefined;
    for (const quote of await this.parts.quotes(unheard)) this.board.seed(quote);
    const silent = unheard.filter((instrument) => !this.board.has(instrument));
    if (silent.length === 0) return undefined;
    const known = await this.parts.areInstruments(silent);
    return silent.find((instrument) => !known.has(instrument));
  }

  /** Nobody follows an account that has just been opened: its trader is told on every connection. */
  private tellTrader(userId: UserId, body: Body): void {
    for (const connection of [...this.connections]) {
      if (connection.caller.userId === userId) connection.send(body);
    }
  }

  private flushSoon(): void {
    this.flushing ??= setTimeout(() => {
      this.flushing = undefined;
      this.board.flush();
    }, FLUSH_MS);
  }

  private turnAway(socket: Socket, code: number, reason: string): undefined {
    this.parts.metrics.turnedAway(code);
    socket.close(code, reason);
  }

  private forget(connection: Connection, code: number): void {
    this.connections.delete(connection);
    this.board.unfollow(connection, connection.instruments);
    for (const accountId of [...connection.accounts]) this.desk.unfollow(connection, accountId);
    this.parts.metrics.closed(code);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
