import type * as z from 'zod';
import { authRoutes, email } from '../../contracts/http/auth';
import { purchaseRoutes, tierRoutes } from '../../contracts/http/purchases';
import { tradingRoutes } from '../../contracts/http/trading';
import { stripeEvent } from '../../contracts/webhooks/stripe';

const ID = '01890000-0000-7000-8000-000000000001';

/** `ok`, or the fields at fault. */
const told = (schema: z.ZodType, body: unknown): string => {
  const { success, error } = schema.safeParse(body);
  return success ? 'ok' : (error?.issues.map(({ path }) => path.join('.') || 'body').join(' ') ?? '');
};

const order = { orderId: ID, instrument: 'BTC-USD', side: 'buy', type: 'market', qty: '0.5' };

/** Goal: what an order may say. */
test.each<[string, object, string]>([
  ['an order', {}, 'ok'],
  ['an outcome', { instrument: 'PM-will-it-rain-YES' }, 'ok'],
  ['the smallest quantity', { qty: '0.00000001' }, 'ok'],
  ['nothing', { qty: '0' }, 'qty'],
  ['nothing, written long', { qty: '0.00000000' }, 'qty'],
  ['less than nothing', { qty: '-1' }, 'qty'],
  ['nine decimals', { qty: '0.000000001' }, 'qty'],
  ['a number', { qty: 0.5 }, 'qty'],
  ['an exponent', { qty: '1e2' }, 'qty'],
  ['a quadrillion', { qty: '1000000000000000' }, 'qty'],
  ['a limit order', { type: 'limit' }, 'type'],
  ['a side in capitals', { side: 'BUY' }, 'side'],
  ['an id in capitals', { orderId: 'A1890000-0000-7000-8000-000000000001' }, 'orderId'],
  ['an id with a line end', { orderId: `${ID}\n` }, 'orderId'],
  ['an id that is none', { orderId: '1' }, 'orderId'],
  ['a venue’s symbol', { instrument: 'BTC/USD' }, 'instrument'],
  ['a path', { instrument: '../BTC-USD' }, 'instrument'],
  ['a long name', { instrument: 'A'.repeat(201) }, 'instrument'],
  ['a price', { price: '1' }, 'body'],
  ['an account of another', { accountId: ID }, 'body'],
  ['two faults', { qty: '0', side: 'hold' }, 'side qty'],
])('%s: %s is told %s', (_, change, verdict) => {
  expect(told(tradingRoutes.placeOrder.body, { ...order, ...change })).toBe(verdict);
});

test.each`
  address                             | verdict
  ${'ann@example.com'}                | ${'ok'}
  ${'ann+tag@mail.example.co.uk'}     | ${'ok'}
  ${"o'hara@example.com"}             | ${'ok'}
  ${'ann@example'}                    | ${'body'}
  ${'ann@@example.com'}               | ${'body'}
  ${'@example.com'}                   | ${'body'}
  ${'ann example@example.com'}        | ${'body'}
  ${'änn@example.com'}                | ${'body'}
  ${'ann@exämple.com'}                | ${'body'}
  ${'ann@example.com\nbcc: x@y.zz'}   | ${'body'}
  ${'ann@example.com '}               | ${'body'}
  ${'ann@example..com'}               | ${'body'}
  ${`${'a'.repeat(243)}@example.com`} | ${'body'}
`('the address $address is told $verdict', ({ address, verdict }) => {
  expect(told(email, address)).toBe(verdict);
});

const account = { email: 'ann@example.com', password: 'correct horse battery', displayName: 'Ann' };

test.each<[string, object, string]>([
  ['an account', {}, 'ok'],
  ['a name in any script', { displayName: 'アン 🐎' }, 'ok'],
  ['a short password', { password: 'short' }, 'password'],
  ['twelve characters', { password: '123456789012' }, 'ok'],
  ['a very long password', { password: 'x'.repeat(129) }, 'password'],
  ['a name of spaces', { displayName: '   ' }, 'displayName'],
  ['a name with a line end within', { displayName: 'Ann\r\nBcc: x' }, 'displayName'],
  ['a name with a direction mark', { displayName: 'Ann\u202e' }, 'displayName'],
  ['a role', { roles: ['admin'] }, 'body'],
])('registering %s: %s is told %s', (_, change, verdict) => {
  expect(told(authRoutes.register.body, { ...account, ...change })).toBe(verdict);
});

test.each`
  token                    | verdict
  ${'A'.repeat(43)}        | ${'ok'}
  ${`${'A'.repeat(41)}-_`} | ${'ok'}
  ${'A'.repeat(42)}        | ${'token'}
  ${'A'.repeat(44)}        | ${'token'}
  ${`${'A'.repeat(42)}+`}  | ${'token'}
  ${`${'A'.repeat(43)}\n`} | ${'token'}
`('the token $token is told $verdict', ({ token, verdict }) => {
  expect(told(authRoutes.verifyEmail.body, { token })).toBe(verdict);
});

const rules = {
  startingUsd: '10000',
  profitTargetUsd: '800',
  maxDrawdownUsd: '1000',
  dailyLossUsd: '500',
  riskPerTradeUsd: '300',
  tradesMin: 5,
  leverageMax: 5,
  dayZone: 'Europe/Prague',
  dayResetAt: '00:00',
};

test.each<[string, object, string]>([
  ['sound rules', {}, 'ok'],
  ['the last minute', { dayResetAt: '23:59' }, 'ok'],
  ['no such hour', { dayResetAt: '24:00' }, 'rules.dayResetAt'],
  ['one digit', { dayResetAt: '9:00' }, 'rules.dayResetAt'],
  ['half a trade', { tradesMin: 2.5 }, 'rules.tradesMin'],
  ['fewer than no trades', { tradesMin: -1 }, 'rules.tradesMin'],
  ['no leverage', { leverageMax: 0 }, 'rules.leverageMax'],
  ['too much of it', { leverageMax: 101 }, 'rules.leverageMax'],
  ['a number for money', { dailyLossUsd: 500 }, 'rules.dailyLossUsd'],
  ['a rule of tomorrow', { trailingUsd: '1' }, 'rules'],
])('publishing %s: %s is told %s', (_, change, verdict) => {
  const body = { name: 'Sprint', priceUsd: '89', rules: { ...rules, ...change } };
  expect(told(tierRoutes.publishTier.body, body)).toBe(verdict);
});

test.each`
  slug              | verdict
  ${'sprint-10k'}   | ${'ok'}
  ${'a'}            | ${'ok'}
  ${'Sprint'}       | ${'tierSlug'}
  ${'sprint--10k'}  | ${'tierSlug'}
  ${'-sprint'}      | ${'tierSlug'}
  ${'sprint/10k'}   | ${'tierSlug'}
  ${'s'.repeat(61)} | ${'tierSlug'}
`('buying $slug is told $verdict', ({ slug, verdict }) => {
  expect(told(purchaseRoutes.startPurchase.body, { purchaseId: ID, tierSlug: slug })).toBe(verdict);
});

test('an event of Stripe may carry more than we read; without id, type or object it is none', () => {
  const event = { id: 'evt_1', type: 'charge.refunded', created: 1_773_489_600, data: { object: {} }, livemode: false };
  expect(told(stripeEvent, event)).toBe('ok');
  expect(told(stripeEvent, { ...event, id: '' })).toBe('id');
  expect(told(stripeEvent, { ...event, created: '1773489600' })).toBe('created');
  expect(told(stripeEvent, { ...event, data: undefined })).toBe('data');
});
