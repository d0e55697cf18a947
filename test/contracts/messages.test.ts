import * as z from 'zod';
import { markChannel } from '../../contracts/ws/marks';
import { CLOSE, clientMessage, type ServerMessage, serverMessage } from '../../contracts/ws/messages';

const ACCOUNT = '01890000-0000-7000-8000-00000000000a';
const names = (count: number) => Array.from({ length: count }, (_, n) => `BTC-${n}`);

const told = (message: unknown): string => {
  const { success, error } = clientMessage.safeParse(message);
  return success ? 'ok' : (error?.issues.map(({ path }) => path.join('.') || 'message').join(' ') ?? '');
};

/** Goal: what a browser may say, and which field is at fault when it may not. */
test.each<[string, unknown, string]>([
  ['quotes', { op: 'subscribe-quotes', instruments: ['BTC-USD'] }, 'ok'],
  ['a hundred of them', { op: 'subscribe-quotes', instruments: names(100) }, 'ok'],
  ['one more', { op: 'subscribe-quotes', instruments: names(101) }, 'instruments'],
  ['none', { op: 'subscribe-quotes', instruments: [] }, 'instruments'],
  ['a venue’s symbol', { op: 'subscribe-quotes', instruments: ['BTC-USD', 'BTC/USD'] }, 'instruments.1'],
  ['no more quotes', { op: 'unsubscribe-quotes', instruments: ['BTC-USD'] }, 'ok'],
  ['no instruments', { op: 'unsubscribe-quotes' }, 'instruments'],
  ['an account', { op: 'subscribe-account', accountId: ACCOUNT }, 'ok'],
  ['no more of it', { op: 'unsubscribe-account', accountId: ACCOUNT }, 'ok'],
  ['an account in capitals', { op: 'subscribe-account', accountId: ACCOUNT.toUpperCase() }, 'accountId'],
  ['a pattern', { op: 'subscribe-account', accountId: '*' }, 'accountId'],
  ['a ping', { op: 'ping', id: 1 }, 'ok'],
  ['a ping of half', { op: 'ping', id: 0.5 }, 'id'],
  ['a ping too large to be whole', { op: 'ping', id: 2 ** 60 }, 'id'],
  ['a field too many', { op: 'ping', id: 1, accountId: ACCOUNT }, 'message'],
  ['an operation of ours', { op: 'account-snapshot' }, 'op'],
  ['an operation of every object', { op: 'constructor' }, 'op'],
  ['no operation', {}, 'op'],
  ['text', 'ping', 'message'],
  ['nothing', null, 'message'],
  ['a list', [{ op: 'ping', id: 1 }], 'message'],
])('%s: %j is told %s', (_, message, verdict) => {
  expect(told(message)).toBe(verdict);
});

const position = {
  instrument: 'BTC-USD',
  qty: '-0.5',
  costUsd: '-30000.00',
  realizedUsd: '0.00',
  feesUsd: '78.00',
  openedAt: 1_773_489_600_000,
};
const order = {
  orderId: '01890000-0000-7000-8000-000000000004',
  instrument: 'BTC-USD',
  side: 'buy' as const,
  qty: '0.5',
  terms: { type: 'stop' as const, stopPrice: '61000.1' },
  reduceOnly: true,
  attached: null,
  status: 'open' as const,
  cancelReason: null,
  placedAt: 1_773_489_600_000,
  filledQty: '0',
  parts: 0,
  bookSequence: 7,
  triggeredAt: null,
  bestPrice: null,
  queueAhead: null,
  tapeSeenAt: 1_773_489_600_000,
  worksFrom: 1_773_489_600_000,
  entryId: null,
  origin: 'trader' as const,
};
const room = {
  rule: 'daily_loss' as const,
  limitUsd: '5000.00',
  usedUsd: '1578.00',
  roomUsd: '3422.00',
  floorUsd: '95000.00',
  leftUsd: '3229.00',
};
const wayOut = { feeUsd: '193.00', netUsd: '-161.20', breach: 'risk_per_trade' as const, pause: null, passes: false };
const standing = {
  startedAt: 1_773_400_000_000,
  activeAt: 1_773_489_600_000,
  highWaterUsd: '100000.00',
  dayPeakUsd: '100000.00',
  peakedAt: 1_773_400_000_000,
  dayBalanceUsd: '100000.00',
  dayOpened: 1,
  dayClosed: 0,
  tradesCounted: 0,
  worstTradeUsd: '0.00',
  daysCounted: 2,
  bestDayUsd: '0.00',
  winningDaysUsd: '0.00',
  isPaused: false,
  warned: { daily_loss: 50 },
  touched: { daily_loss: 1_773_489_900_000 },
  stopCorrections: [{ instrument: 'BTC-USD', openedAt: 1_773_489_600_000, dueAt: 1_773_489_900_000 }],
  tradeSizesUsd: '0.00',
  daySized: 0,
  reducedFromUsd: { 'BTC-USD': '60000.10' },
  bestTradeUsd: '0.00',
  excludedWinsUsd: '0.00',
  dayExcludedUsd: '0.00',
  holds: { now: { kind: 'dispute' as const, since: 1_773_489_600_000 }, heldMs: 0, endedAt: null },
};
const snapshot = {
  accountId: ACCOUNT,
  version: 4,
  status: 'active' as const,
  cashUsd: '129922.00',
  balanceUsd: '99922.00',
  tradesClosed: 0,
  day: '2026-03-14',
  dayAnchorUsd: '100000.00',
  isPaused: false,
  hold: null,
  positions: [position],
  orders: [order],
  standing,
  rooms: [room],
};

/** One of each: as it stands in a frame. */
const SENT: { readonly [T in ServerMessage['type']]: Extract<ServerMessage, { type: T }> } = {
  welcome: { type: 'welcome', n: 1, connectionId: 'c-1' },
  quotes: {
    type: 'quotes',
    n: 2,
    quotes: [
      {
        instrument: 'BTC-USD',
        sequence: 7,
        quality: 'stale',
        bid: ['59999.9', '1'],
        ask: null,
        venueAt: 1_773_489_599_980,
        receivedAt: 1_773_489_600_000,
      },
    ],
  },
  'account-snapshot': { type: 'account-snapshot', n: 3, snapshot },
  'account-resumed': { type: 'account-resumed', n: 3, accountId: ACCOUNT, since: 2, version: 4 },
  closing: { type: 'closing', n: 9, reconnectInMs: 1_500 },
  'account-event': {
    type: 'account-event',
    n: 4,
    accountId: ACCOUNT,
    accountVersion: 5,
    eventId: '01890000-0000-7000-8000-00000000000e',
    event: 'trading.order-filled',
    occurredAt: 1_773_489_600_000,
    correlationId: 'c-1',
    data: { feeUsd: '78.00' },
  },
  'account-mark': {
    type: 'account-mark',
    n: 5,
    mark: {
      accountId: ACCOUNT,
      equityUsd: '98422.00',
      worstUsd: '93672.00',
      bestUsd: '98922.00',
      unpriced: [
        {
          instrument: 'PM-rain-YES',
          worstUsd: '0.00',
          expectedUsd: '4750.00',
          bestUsd: '5250.00',
          lastPrice: '0.95',
          lastAt: 1_773_489_000_000,
        },
      ],
      inDoubt: null,
      balanceUsd: '99922.00',
      rooms: [room],
      waysOut: { positions: [{ instrument: 'BTC-USD', breakEvenPrice: '61000.1', ...wayOut }], all: wayOut },
      deadlines: [{ rule: 'inactivity', dueAt: 1_773_489_600_000 }],
      gates: [{ gate: 'best_day_ppm', have: '1000000', need: '500000', isMet: false }],
      at: 1_773_489_600_000,
    },
  },
  'assessment-opened': {
    type: 'assessment-opened',
    n: 6,
    accountId: ACCOUNT,
    assessmentId: '01890000-0000-7000-8000-00000000000b',
    tierName: 'Master 100K',
    phase: 2,
    phases: 2,
    attempt: 1,
  },
  'instrument-changed': { type: 'instrument-changed', n: 6, instrument: 'BTC-USD', status: 'halted', payout: null },
  pong: { type: 'pong', n: 6, id: 1 },
  error: { type: 'error', n: 7, refusal: 'malformed_message', field: 'op', rule: 'must be known' },
};

test.each(Object.entries(SENT))('%s is read and written again as the same text', (_, message) => {
  const text = JSON.stringify(message);
  const read = serverMessage.parse(JSON.parse(text));
  expect(JSON.parse(JSON.stringify(z.encode(serverMessage, read)))).toEqual(message);
});

test('there is a sample of each kind of frame', () => {
  const kinds = serverMessage.options.map(({ shape }) => shape.type.value);
  expect(Object.keys(SENT).sort()).toEqual([...kinds].sort());
});

test.each(Object.entries(SENT))('%s without its number is no frame: a gap could not be seen', (_, message) => {
  const { n: _n, ...rest } = message;
  expect(serverMessage.safeParse(rest).error?.issues.map(({ path }) => path.join('.'))).toEqual(['n']);
});

test('amounts of a snapshot are exact inside', () => {
  const read = serverMessage.parse(SENT['account-snapshot']);
  if (read.type !== 'account-snapshot') throw new Error(read.type);
  expect([read.snapshot.cashUsd, read.snapshot.positions[0]?.qty]).toEqual([129_922_000_000n, -50_000_000n]);
});

test('close codes are ours and tell the reasons apart', () => {
  const codes = Object.values(CLOSE);
  expect(codes.filter((code) => code < 4_000 || code > 4_999)).toEqual([]);
  expect(new Set(codes).size).toBe(codes.length);
});

test('each account has its own channel of marks', () => {
  expect(markChannel(ACCOUNT)).toBe(`mark:${ACCOUNT}`);
});
