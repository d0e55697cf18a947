import type * as z from 'zod';
import type { Envelope } from '../../../contracts/topics/envelope';
import { type EventData, eventData } from '../../../contracts/topics/events';
import type { ServerMessage } from '../../../contracts/ws/messages';
import { type AccountId, type InstrumentId, idOf, type SessionId, type UserId } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { ZERO_USD } from '../../../domain/kernel/money';
import type { Month } from '../../../domain/kernel/month';
import { refuse } from '../../../domain/kernel/result';
import type { Handshake } from '../../../engines/gateway/admission';
import type { BoardFeedParts } from '../../../engines/gateway/board-feed';
import type { Connection, Socket } from '../../../engines/gateway/connection';
import { Gateway, type GatewayParts } from '../../../engines/gateway/gateway';
import type { RankedLine } from '../../../usecases/ports/assessments/leaderboards';
import type { Caller } from '../../../usecases/ports/identity/session';
import { MemoryConnections } from '../../fakes/memory-connections';
import { MemorySeats } from '../../fakes/memory-seats';
import { snapshotOf } from '../../fixtures/gateway-snapshot';

export const ORIGIN = 'https://desk.example';
const ADDRESS = '203.0.113.7';
const uuid = (kind: number, n: number) => `0000000${kind}-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const accountOf = (n: number) => idOf<AccountId>(uuid(1, n));
export const userOf = (n: number) => idOf<UserId>(uuid(2, n));
export const sessionOf = (n: number) => idOf<SessionId>(uuid(3, n));
export const BTC = idOf<InstrumentId>('BTC-USD');
export const ETH = idOf<InstrumentId>('ETH-USD');

/** A browser as the gateway sees it: what it was sent, how it was closed, how slowly it reads. */
export class FakeSocket implements Socket {
  readonly got: ServerMessage[] = [];
  closedWith: number | undefined;
  backlog = 0;
  send = (text: string) => void this.got.push(JSON.parse(text) as ServerMessage);
  buffered = () => this.backlog;
  close = (code: number) => {
    this.closedWith = code;
  };
  ofType<T extends ServerMessage['type']>(type: T) {
    return this.got.filter((message): message is Extract<ServerMessage, { type: T }> => message.type === type);
  }
  /** What it was told about accounts: `s5` a snapshot as of 5, `r5` that it goes on after 5, `6` event 6. */
  story(): string {
    return this.got
      .flatMap((message) => {
        if (message.type === 'account-snapshot') return [`s${message.snapshot.version}`];
        if (message.type === 'account-resumed') return [`r${message.since}`];
        return message.type === 'account-event' ? [String(message.accountVersion)] : [];
      })
      .join(' ');
  }
}

export class World {
  now = 1_764_000_000_000;
  /** Versions of the accounts as stored; every account belongs to user 1. */
  readonly versions = new Map<AccountId, number>();
  readonly tickets = new Map<string, Caller>();
  readonly deadSessions = new Set<string>();
  readonly unknownSessions = new Set<string>();
  readonly seats = new MemorySeats(() => this.now);
  readonly registry = new MemoryConnections();
  /** Boards of the tier `sprint-10k`, by month; `ranks` is what a round does to them. */
  readonly lines = new Map<string, readonly RankedLine[]>();
  readonly touched: AccountId[] = [];
  ranks: () => void = () => {};
  private readonly boards: BoardFeedParts = {
    find: async ({ tier, month = '2026-03' as Month }) =>
      tier === 'sprint-10k'
        ? { ok: true, value: { tier, month } }
        : refuse('leaderboard_unknown', 'tier', 'must be the short name of a tier'),
    read: async (board) => {
      const lines = this.lines.get(board.month) ?? [];
      return { board, lines, total: lines.length, next: null, isWhole: true };
    },
    touch: async (ids) => void this.touched.push(...ids),
    rank: async () => this.ranks(),
  };
  readonly storedQuotes: EventData<'market-data.quote'>[] = [];
  readonly instruments = new Set<InstrumentId>([BTC, ETH]);
  readonly counted: string[] = [];
  readonly watchedNow: AccountId[] = [];
  isDatabaseDown = false;
  /** The journal begins after this version: what was before is lost. */
  journalAfter = 0;
  /** Held loads resolve only when the test lets them. */
  beforeLoad: () => Promise<void> = async () => {};
  readonly gateway: Gateway;
  private connections = 0;
  private issued = 0;

  constructor() {
    this.gateway = new Gateway(this.parts());
  }

  async connect(user = 1, handshake: Partial<Handshake> = {}) {
    const ticket = `ticket-${++this.issued}`;
    this.tickets.set(ticket, { userId: userOf(user), sessionId: sessionOf(user), roles: ['trader'] });
    const socket = new FakeSocket();
    const connection = await this.gateway.open(socket, { ticket, origin: ORIGIN, address: ADDRESS, ...handshake });
    return { socket, connection: connection as Connection, ticket };
  }

  say(connection: Connection, message: unknown): Promise<void> {
    return this.gateway.receive(connection, typeof message === 'string' ? message : JSON.stringify(message));
  }

  private parts(): GatewayParts {
    const count = (name: string) => () => void this.counted.push(name);
    return {
      redeem: async (ticket) => {
        const caller = this.tickets.get(ticket);
        this.tickets.delete(ticket);
        return caller;
      },
      seats: this.seats,
      registry: this.registry,
      pod: 'pod-1',
      boards: this.boards,
      isSessionAlive: async ({ sessionId }) => {
        if (this.unknownSessions.has(sessionId)) throw new Error('the session cannot be asked for');
        return !this.deadSessions.has(sessionId);
      },
      load: async (id) => {
        if (this.isDatabaseDown) throw new Error('the database is away');
        const version = this.versions.get(id);
        await this.beforeLoad();
        return version === undefined ? undefined : { userId: userOf(1), snapshot: snapshotOf(id, version) };
      },
      missed: async (id, after, limit) => {
        const to = this.versions.get(id) ?? 0;
        const versions = Array.from({ length: Math.min(limit, to - after) }, (_, index) => after + 1 + index);
        return after < this.journalAfter ? [] : versions.map((version) => ({ version, event: journaled(version) }));
      },
      quotes: async (ids) => this.storedQuotes.filter((quote) => ids.includes(quote.instrument)),
      watch: async (ids) => void this.watchedNow.splice(0, Number.MAX_SAFE_INTEGER, ...ids),
      areInstruments: async (ids) => new Set(ids.filter((id) => this.instruments.has(id))),
      publicOrigin: ORIGIN,
      newId: () => `connection-${++this.connections}`,
      nowMs: () => this.now,
      random: () => 0.5,
      metrics: {
        opened: count('opened'),
        closed: (code) => void this.counted.push(`closed ${code}`),
        turnedAway: (code) => void this.counted.push(`turned away ${code}`),
        quoteSent: (ms) => void this.counted.push(`quote ${ms}`),
        eventSent: count('event'),
        recovered: count('recovered'),
      },
      onFailure: (_, what) => void this.counted.push(what),
    };
  }
}

export const follow = (n: number) => ({ op: 'subscribe-account', accountId: accountOf(n) });

export const accountEvent = (n: number, accountVersion: number, occurredAt = 1_764_000_000_000): Envelope => ({
  eventId: idOf(uuid(4, accountVersion)),
  type: 'assessment.day-opened',
  version: 1,
  key: accountOf(n),
  accountVersion,
  occurredAt: instant(occurredAt),
  correlationId: `correlation-of-${accountVersion}`,
  traceparent: null,
  data: {
    accountId: accountOf(n),
    assessmentId: idOf(uuid(5, n)),
    userId: userOf(1),
    day: '2026-01-05',
    dayAnchorUsd: ZERO_USD,
    dayPeakUsd: ZERO_USD,
  },
});

/** Such an event as the journal keeps it. */
const journaled = (version: number) => {
  const { eventId, correlationId, type, occurredAt, data } = accountEvent(1, version);
  const json = { ...data, dayAnchorUsd: '0.00', dayPeakUsd: '0.00' };
  return { eventId, correlationId, type, occurredAt, data: json };
};

export const quoteData = (instrument: InstrumentId, sequence: number, bid: string, receivedAt: number) =>
  eventData['market-data.quote'].parse({
    instrument,
    venue: 'kraken',
    sequence,
    venueProof: '',
    quality: 'good',
    venueAt: receivedAt - 5,
    receivedAt,
    bid: { price: bid, qty: '1.5' },
    ask: null,
  });

export const quoteEvent = (data: EventData<'market-data.quote'>): Envelope => ({
  eventId: idOf(uuid(6, data.sequence)),
  type: 'market-data.quote',
  version: 1,
  key: data.instrument,
  accountVersion: null,
  occurredAt: instant(data.receivedAt),
  correlationId: 'quote',
  traceparent: null,
  data,
});

type Changed = z.input<(typeof eventData)['market-data.instrument-changed']>;

export const marketEvent = (changed: Changed): Envelope => ({
  eventId: idOf(uuid(7, 1)),
  type: 'market-data.instrument-changed',
  version: 1,
  key: changed.instrument,
  accountVersion: null,
  occurredAt: instant(1_764_000_000_000),
  correlationId: 'change',
  traceparent: null,
  data: eventData['market-data.instrument-changed'].parse(changed),
});

const NO_WAY_OUT = { breach: null, pause: null, passes: false, feeUsd: ZERO_USD, netUsd: ZERO_USD };

export const markOf = (accountId: AccountId) => ({
  accountId,
  equityUsd: 1_500_000n as never,
  worstUsd: 1_500_000n as never,
  bestUsd: 1_500_000n as never,
  unpriced: [],
  inDoubt: null,
  balanceUsd: 2_000_000n as never,
  rooms: [],
  deadlines: [],
  gates: [],
  waysOut: { positions: [], all: NO_WAY_OUT },
  at: instant(1),
});
