import type { Api } from '../../web/lib/api-client';
import {
  type Command,
  foreseen,
  type Intent,
  isForeseeable,
  previewCommand,
  sendCommand,
} from '../../web/lib/commands';
import type { Ticket } from '../../web/lib/ticket-draft';
import { ACCOUNT } from './account';

const ticket: Ticket = {
  type: 'market',
  instrument: 'BTC-USD',
  side: 'buy',
  qty: '1',
  reduceOnly: false,
  takeProfit: null,
  stopLoss: null,
};
const placed = { orderId: 'o', status: 'filled', cancelReason: null, filledQty: '1', fills: [] };
const many = { orders: [placed, placed] };

/** An API that answers `value` and remembers what it was asked. */
function apiOf(value: unknown) {
  const asked: unknown[] = [];
  const call = async (key: string, given: unknown) => {
    asked.push([key, given]);
    return { ok: true, value };
  };
  return { api: { call } as unknown as Api, asked };
}

/** Goal: each thing a trader does at the desk is one call; what makes an order carries its id. */
test.each`
  command                                                  | value                           | key                                                          | given                                                                                  | orders | unpriced
  ${{ kind: 'place', ticket }}                             | ${placed}                       | ${'POST /accounts/{accountId}/orders'}                       | ${{ body: { ...ticket, orderId: 'new' } }}                                             | ${1}   | ${[]}
  ${{ kind: 'amend', orderId: 'o', change: { qty: '2' } }} | ${placed}                       | ${'PUT /accounts/{accountId}/orders/{orderId}'}              | ${{ params: { accountId: ACCOUNT, orderId: 'o' }, body: { qty: '2' } }}                | ${1}   | ${[]}
  ${{ kind: 'cancel', orderId: 'o' }}                      | ${placed}                       | ${'DELETE /accounts/{accountId}/orders/{orderId}'}           | ${{ params: { accountId: ACCOUNT, orderId: 'o' } }}                                    | ${1}   | ${[]}
  ${{ kind: 'cancel-all' }}                                | ${many}                         | ${'DELETE /accounts/{accountId}/orders'}                     | ${{}}                                                                                  | ${2}   | ${[]}
  ${{ kind: 'close', instrument: 'BTC-USD' }}              | ${placed}                       | ${'POST /accounts/{accountId}/positions/{instrument}/close'} | ${{ params: { accountId: ACCOUNT, instrument: 'BTC-USD' }, body: { orderId: 'new' } }} | ${1}   | ${[]}
  ${{ kind: 'close-all' }}                                 | ${{ ...many, unpriced: ['X'] }} | ${'POST /accounts/{accountId}/positions/close'}              | ${{}}                                                                                  | ${2}   | ${['X']}
`('$command.kind', async ({ command, value, key, given, orders, unpriced }) => {
  const { api, asked } = apiOf(value);
  const answer = await sendCommand(api, ACCOUNT, command as Command, 'new');
  expect(asked).toEqual([[key, { params: { accountId: ACCOUNT }, ...given }]]);
  expect(answer.ok && [answer.value.orders.length, answer.value.unpriced]).toEqual([orders, unpriced]);
});

/** Goal: what can be sent can be asked for beforehand, in the same words. */
test.each`
  intent                                                   | key                                                      | given
  ${{ kind: 'place', ticket }}                             | ${'POST /accounts/{accountId}/orders/preview'}           | ${{ body: { ...ticket, orderId: 'new' } }}
  ${{ kind: 'amend', orderId: 'o', change: { qty: '2' } }} | ${'POST /accounts/{accountId}/orders/{orderId}/preview'} | ${{ params: { accountId: ACCOUNT, orderId: 'o' }, body: { qty: '2' } }}
`('to $intent.kind is previewed', async ({ intent, key, given }) => {
  const { api, asked } = apiOf('previewed');
  expect(await previewCommand(api, ACCOUNT, intent as Intent, 'new')).toEqual({ ok: true, value: 'previewed' });
  expect(asked).toEqual([[key, { params: { accountId: ACCOUNT }, ...given }]]);
});

test('a refusal is handed on as it came', async () => {
  const refused = { ok: false, problem: { refusal: 'insufficient_margin' } };
  const api = { call: async () => refused } as unknown as Api;
  for (const kind of ['cancel-all', 'close-all'] as const) {
    expect(await sendCommand(api, ACCOUNT, { kind }, 'new')).toBe(refused);
  }
  expect(await sendCommand(api, ACCOUNT, { kind: 'place', ticket }, 'new')).toBe(refused);
});

const SOUND = { breach: null, pause: null, passes: false } as const;
const CLOSING = {
  closings: [],
  feeUsd: '9',
  netUsd: '-9',
  balanceUsd: '99',
  equityUsd: '99',
  rooms: [],
  left: ['X'],
  ...SOUND,
};
const PREVIEW = {
  fill: null,
  ifClosed: { feeUsd: '0', netUsd: '0', ...SOUND },
  whenFilled: null,
  exits: [],
  rooms: [],
  ...SOUND,
};

/** Goal: whatever can break a rule is asked about under the address of what it is. */
test.each`
  command                                                               | value      | key                                                                  | outlooks
  ${{ kind: 'close', instrument: 'BTC-USD' }}                           | ${CLOSING} | ${'POST /accounts/{accountId}/positions/{instrument}/close/preview'} | ${['Closed now']}
  ${{ kind: 'close-all' }}                                              | ${CLOSING} | ${'POST /accounts/{accountId}/positions/close/preview'}              | ${['Closed now']}
  ${{ kind: 'place', ticket }}                                          | ${PREVIEW} | ${'POST /accounts/{accountId}/orders/preview'}                       | ${[]}
  ${{ kind: 'amend', orderId: 'o', instrument: 'BTC-USD', change: {} }} | ${PREVIEW} | ${'POST /accounts/{accountId}/orders/{orderId}/preview'}             | ${[]}
`('what $command.kind leads to is asked for at $key', async ({ command, value, key, outlooks }) => {
  const { api, asked } = apiOf(value);
  if (!isForeseeable(command)) throw new Error('it can be foreseen');
  const answer = await foreseen(api, ACCOUNT, command, { newOrderId: 'new', tickOf: () => '0.1' });
  expect(asked).toMatchObject([[key, { params: { accountId: ACCOUNT } }]]);
  expect(answer.ok && answer.value.outlooks.map(({ name }) => name)).toEqual(outlooks);
});

test('to cancel an order leads to nothing', () => {
  expect([isForeseeable({ kind: 'cancel', orderId: 'o' }), isForeseeable({ kind: 'cancel-all' })]).toEqual([
    false,
    false,
  ]);
});
