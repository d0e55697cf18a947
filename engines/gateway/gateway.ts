import type * as z from 'zod';
import { boundedJson } from '../../contracts/requests/bounded-json';
import { plainRule } from '../../contracts/requests/plain-rule';
import { faultsOf } from '../../contracts/requests/request-faults';
import type { Envelope } from '../../contracts/topics/envelope';
import { CLOSE, clientMessage } from '../../contracts/ws/messages';
import type { AccountId, InstrumentId, SessionId, UserId } from '../../domain/kernel/ids';
import { instant } from '../../domain/kernel/instant';
import { listedIn } from '../../domain/market/listing';
import type { AccountMark } from '../../usecases/ports/accounts/account-marks';
import type { ConnectionRegistry } from '../../usecases/ports/gateway/connection-registry';
import type { Seat } from '../../usecases/ports/gateway/seats';
import type { Caller } from '../../usecases/ports/identity/session';
import { AccountStreams, type LoadAccount, type MissedEvents } from './account-streams';
import { type AdmissionParts, admit, type Handshake, TRY_AGAIN } from './admission';
import { BoardFeed, type BoardFeedParts } from './board-feed';
import { Connection, LIMITS, type Socket } from './connection';
import { type Body, changedBody, plainBody, traderBody } from './frames';
import type { GatewayMetrics } from './metrics';
import { QuoteBoard, type QuoteData } from './quote-board';
import { Registration } from './registration';

export type GatewayParts = AdmissionParts & {
  readonly load: LoadAccount;
  readonly missed: MissedEvents;
  /** Latest known quotes of instruments that this process has not heard of yet. */
  readonly quotes: (ids: readonly InstrumentId[]) => Promise<readonly QuoteData[]>;
  /** Asks for live marks of these accounts. */
  readonly watch: (ids: readonly AccountId[]) => Promise<void>;
  readonly areInstruments: (ids: readonly InstrumentId[]) => Promise<ReadonlySet<InstrumentId>>;
  readonly boards: BoardFeedParts;
  readonly registry: ConnectionRegistry;
  /** What operators know this process by. */
  readonly pod: string;
  readonly newId: () => string;
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly metrics: GatewayMetrics;
  readonly onFailure: (error: unknown, what: string) => void;
};

/** Quotes are gathered for this long before a frame leaves: a tenth of the cost, and nobody sees the difference. */
const FLUSH_MS = 15;
/** Over so long those who lose their server come back to another. */
const SPREAD_MS = 3_000;
const SESSION_ENDED = 'the session has ended';
/** Sessions that are asked for at the same time. */
const SESSIONS_AT_ONCE = 50;

/** All connections of one process, and what they follow. It knows the protocol and nothing of servers. */
export class Gateway {
  private readonly connections = new Map<Connection, Seat>();
  private readonly leaving = new Set<Promise<void>>();
  private readonly board: QuoteBoard;
  private readonly streams: AccountStreams;
  private readonly registration: Registration;
  private readonly boards: BoardFeed;
  private flushing: NodeJS.Timeout | undefined;

  constructor(private readonly parts: GatewayParts) {
    const { metrics, nowMs, load, missed, registry, pod } = parts;
    this.boards = new BoardFeed(parts.boards);
    this.registration = new Registration({ registry, pod, now: () => instant(nowMs()) });
    this.board = new QuoteBoard({ nowMs, onSent: (receivedAt) => metrics.quoteSent(nowMs() - receivedAt) });
    this.streams = new AccountStreams({
      load,
      missed,
      nowMs,
      onRecovered: () => metrics.recovered(),
      onFailure: (error) => parts.onFailure(error, 'an account could not be loaded'),
    });
  }

  /** Answers the connection when the handshake was in order; closes the socket by name otherwise. */
  async open(socket: Socket, handshake: Handshake): Promise<Connection | undefined> {
    const id = this.parts.newId();
    try {
      const admitted = await admit(this.parts, handshake, id);
      if ('code' in admitted) return this.turnAway(socket, admitted.code, admitted.reason);
      return this.welcome(socket, id, admitted.caller, admitted.seat);
    } catch (error) {
      this.parts.onFailure(error, 'a connection could not be admitted');
      return this.turnAway(socket, TRY_AGAIN, 'try again in a moment');
    }
  }

  async receive(connection: Connection, text: string): Promise<void> {
    if (!connection.isOpen) return;
    if (!connection.mayTalk(this.parts.nowMs())) return connection.close(CLOSE.tooMany, 'too many messages');
    if (Buffer.byteLength(text) > LIMITS.frameBytes) return connection.close(1009, 'the message is too big');
    const json = boundedJson(text);
    if (!json.ok) return connection.refuse(json.isJson ? 'invalid_request' : 'malformed_json', 'message', json.rule);
    const read = clientMessage.safeParse(json.value, { error: plainRule });
    if (!read.success) {
      const [fault] = faultsOf(read.error, 'message');
      return connection.refuse('invalid_request', fault?.field ?? 'message', fault?.rule ?? 'is malformed');
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
      this.board.tell(listedIn(event.data.instrument), changedBody(event.data));
      return;
    }
    const told = traderBody(event);
    if (told) this.tellTrader(told.userId, told.body);
    this.boards.post(event);
    if (this.streams.post(event)) {
      this.parts.metrics.eventSent(this.parts.nowMs() - event.occurredAt);
    }
  }

  onMark(mark: AccountMark): void {
    this.streams.mark(mark);
  }

  /** Asks for marks of the accounts that are followed; such a request expires, so it is repeated. */
  keepWatching(): Promise<void> {
    return this.parts.watch(this.streams.followed());
  }

  recoverGaps(): Promise<void> {
    return this.streams.recover();
  }

  /** Signing out, anywhere, closes every tab of the session. */
  endSessions(ids: readonly SessionId[]): void {
    for (const connection of [...this.connections.keys()]) {
      if (ids.includes(connection.caller.sessionId)) connection.close(CLOSE.ticketInvalid, SESSION_ENDED);
    }
  }

  /** Ends the connections whose session was ended, also those of which nobody said so. */
  async endDeadSessions(): Promise<void> {
    const bySession = new Map<string, Connection[]>();
    for (const connection of this.connections.keys()) {
      const { sessionId } = connection.caller;
      bySession.set(sessionId, [...(bySession.get(sessionId) ?? []), connection]);
    }
    const failures: unknown[] = [];
    const sessions = [...bySession.values()];
    for (let from = 0; from < sessions.length; from += SESSIONS_AT_ONCE) {
      const asked = sessions.slice(from, from + SESSIONS_AT_ONCE).map((connections) => this.endIfDead(connections));
      for (const answer of await Promise.allSettled(asked)) {
        if (answer.status === 'rejected') failures.push(answer.reason);
      }
    }
    // A session whose check failed is checked again in the next round; the others were not held up by it.
    if (failures.length > 0) throw failures[0];
  }

  /** Renews the seat of every open connection. */
  keepSeats(): Promise<void> {
    return this.parts.seats.keep([...this.connections.values()]);
  }

  keepBoards(): Promise<void> {
    return this.boards.round();
  }

  /** Tells operators who is connected to this process. */
  keepRegistered(): Promise<void> {
    return this.registration.keep(this.connections);
  }

  /** Resolves when every seat has been given back, so that all browsers can connect again at once. */
  async closeAll(): Promise<void> {
    clearTimeout(this.flushing);
    for (const connection of [...this.connections.keys()]) {
      connection.send(plainBody({ type: 'closing', reconnectInMs: Math.round(this.parts.random() * SPREAD_MS) }));
      connection.close(1001, 'the server restarts; connect again');
    }
    await this.registration
      .leave()
      .catch((error: unknown) => this.parts.onFailure(error, 'the process could not be taken off the list'));
    await Promise.all(this.leaving);
  }

  private welcome(socket: Socket, id: string, caller: Caller, seat: Seat): Connection {
    const opened = { id, at: instant(this.parts.nowMs()) };
    const connection = new Connection(opened, caller, socket, (closed, code) => this.forget(closed, code));
    this.connections.set(connection, seat);
    this.parts.metrics.opened();
    connection.send(plainBody({ type: 'welcome', connectionId: id }));
    return connection;
  }

  private async endIfDead(connections: readonly Connection[]): Promise<void> {
    const [first] = connections;
    if (!first || (await this.parts.isSessionAlive(first.caller))) return;
    for (const connection of connections) connection.close(CLOSE.ticketInvalid, SESSION_ENDED);
  }

  private async obey(connection: Connection, message: z.output<typeof clientMessage>): Promise<void> {
    switch (message.op) {
      case 'ping':
        return connection.send(plainBody({ type: 'pong', id: message.id }));
      case 'subscribe-quotes':
        connection.quotesEveryMs = message.everyMs ?? connection.quotesEveryMs;
        return this.followQuotes(connection, [...new Set(message.instruments)]);
      case 'unsubscribe-quotes':
        return this.board.unfollow(connection, message.instruments);
      case 'subscribe-account':
        if (connection.accounts.size >= LIMITS.accounts && !connection.accounts.has(message.accountId)) {
          return connection.refuse('too_many_subscriptions', 'accountId', `at most ${LIMITS.accounts} at a time`);
        }
        await this.streams.follow(connection, message.accountId, message.since);
        this.keepWatching().catch((error: unknown) => this.parts.onFailure(error, 'marks were not asked for'));
        return;
      case 'unsubscribe-account':
        return this.streams.unfollow(connection, message.accountId);
      case 'subscribe-leaderboard':
        return this.boards.follow(connection, message);
      case 'unsubscribe-leaderboard':
        return this.boards.unfollow(connection, message);
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

  /** Looks up instruments that no event has named yet: their last quote, or at least whether they exist. */
  private async findUnknown(instruments: readonly InstrumentId[]): Promise<InstrumentId | undefined> {
    const unheard = instruments.filter((instrument) => !this.board.has(instrument));
    if (unheard.length === 0) return undefined;
    for (const quote of await this.parts.quotes(unheard)) this.board.seed(quote);
    const silent = unheard.filter((instrument) => !this.board.has(instrument));
    if (silent.length === 0) return undefined;
    const known = await this.parts.areInstruments(silent);
    return silent.find((instrument) => !known.has(instrument));
  }

  /** Nobody follows an account that has just been opened, nor a study: its trader is told on every connection. */
  private tellTrader(userId: UserId, body: Body): void {
    for (const connection of [...this.connections.keys()]) {
      if (connection.caller.userId === userId) connection.send(body);
    }
  }

  private flushSoon(): void {
    this.flushing ??= setTimeout(() => {
      this.flushing = undefined;
      if (this.board.flush() === 'owing') this.flushSoon();
    }, FLUSH_MS).unref();
  }

  private turnAway(socket: Socket, code: number, reason: string): undefined {
    this.parts.metrics.turnedAway(code);
    socket.close(code, reason);
  }

  private leave(seat: Seat): void {
    const left = this.parts.seats
      .leave(seat)
      .catch((error: unknown) => this.parts.onFailure(error, 'a place was not given back'))
      .finally(() => this.leaving.delete(left));
    this.leaving.add(left);
  }

  private forget(connection: Connection, code: number): void {
    const seat = this.connections.get(connection);
    this.connections.delete(connection);
    if (seat) this.leave(seat);
    this.board.unfollow(connection, connection.instruments);
    this.boards.forget(connection);
    for (const accountId of [...connection.accounts]) this.streams.unfollow(connection, accountId);
    this.parts.metrics.closed(code);
  }
}
