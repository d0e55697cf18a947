import { Elysia } from 'elysia';
import { decodeEvent, type Envelope, encodeEvent } from '../../../contracts/topics/envelope';
import { type AccountId, type EventId, idOf, type SessionId, type UserId } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { SOCKET_SETTINGS, socketRoutes } from '../../../eks-workloads/websocket/socket-routes';
import { Gateway } from '../../../engines/gateway/gateway';
import { startEvery } from '../../../runtime/loop';
import { snapshotOf } from '../../fixtures/gateway-snapshot';
import { type QuoteData, quotesOnDemand } from './quote-source';

/**
 * The shipped gateway and its routes on Bun, in a process of its own. What it asks of database, Redis and identity is
 * answered from memory; events come as the text that a topic holds, and are decoded as there.
 */
const sent = new Map<string, number>();
const nothing = () => {};

const gateway = new Gateway({
  redeem: async (ticket) => ({ userId: idOf<UserId>(ticket), sessionId: idOf<SessionId>(ticket), roles: ['trader'] }),
  isSessionAlive: async () => true,
  seats: { take: async () => 'taken', keep: async () => {}, leave: async () => {} },
  registry: { tell: async ({ rows }) => rows.length, leave: async () => {} },
  pod: 'bench',
  boards: {
    find: async () => ({ ok: false, refusal: 'leaderboard_unknown' }),
    read: async () => Promise.reject(new Error('the bench has no leaderboards')),
    touch: async () => {},
    rank: async () => 0,
  },
  publicOrigin: 'http://127.0.0.1',
  load: async (id) => ({ userId: idOf<UserId>(id), snapshot: snapshotOf(id, sent.get(id) ?? 1) }),
  missed: async () => [],
  quotes: async () => [],
  watch: async () => {},
  areInstruments: async (ids) => new Set(ids),
  newId: () => crypto.randomUUID(),
  nowMs: () => Date.now(),
  random: Math.random,
  metrics: {
    opened: nothing,
    closed: nothing,
    turnedAway: nothing,
    quoteSent: nothing,
    eventSent: nothing,
    recovered: nothing,
  },
  onFailure: (error, what) => console.error(what, error),
});
startEvery(250, () => gateway.recoverGaps(), console.error);

const hear = (text: string): void => {
  const decoded = decodeEvent(text);
  if (!decoded.ok) throw new Error(decoded.reason);
  gateway.onEvent(decoded.event);
};

const envelope = (key: string, accountVersion: number | null) => ({
  eventId: idOf<EventId>('01890000-0000-7000-8000-00000000000e'),
  version: 1 as const,
  key,
  accountVersion,
  occurredAt: instant(Date.now()),
  correlationId: 'bench',
  traceparent: null,
});

quotesOnDemand(
  (quote: QuoteData) =>
    hear(encodeEvent({ ...envelope(quote.instrument, null), type: 'market-data.quote', data: quote } as Envelope)),
  (line) => {
    // `event ACCOUNT`: something happens to it.
    const accountId = idOf<AccountId>(line.split(' ')[1] ?? '');
    const version = (sent.get(accountId) ?? 1) + 1;
    sent.set(accountId, version);
    const data = {
      assessmentId: accountId,
      accountId,
      userId: accountId,
      day: '2026-01-05',
      dayAnchorUsd: 0n,
      dayPeakUsd: 0n,
    };
    hear(encodeEvent({ ...envelope(accountId, version), type: 'assessment.day-opened', data } as unknown as Envelope));
  },
);

const app = new Elysia({ websocket: SOCKET_SETTINGS })
  .use(
    socketRoutes(
      gateway,
      async () => '127.0.0.1',
      () => true,
    ),
  )
  .listen({ port: 0, hostname: '127.0.0.1' });
console.log(JSON.stringify({ port: app.server?.port }));
