import * as z from 'zod';
import { markChannel } from '../../contracts/ws/marks';
import { CLOSE, clientMessage, serverMessage } from '../../contracts/ws/messages';
import { ACCOUNT, SENT } from './frame-samples';

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
