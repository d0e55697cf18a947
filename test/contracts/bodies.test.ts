import { email } from '../../contracts/email';
import { authRoutes } from '../../contracts/http/auth';
import { purchaseRoutes } from '../../contracts/http/purchases';
import { tradingRoutes } from '../../contracts/http/trading';
import { stripeEvent } from '../../contracts/webhooks/stripe';
import { told } from './told';

const ID = '01890000-0000-7000-8000-000000000001';

const order = { orderId: ID, instrument: 'BTC-USD', side: 'buy', type: 'market', qty: '0.5' };
const limit = { type: 'limit', limitPrice: '59000' };
const gtd = (expiresAt: unknown) => ({ ...limit, timeInForce: { kind: 'gtd', expiresAt } });

/** Goal: what an order may say. */
test.each<[string, object, string]>([
  ['an order', {}, 'ok'],
  ['an outcome', { instrument: 'PM-will-it-rain-YES' }, 'ok'],
  ['the smallest quantity', { qty: '0.00000001' }, 'ok'],
  ['nothing', { qty: '0' }, 'qty'],
  ['nothing, written long', { qty: '0.00000000' }, 'qty'],
  ['less than nothing', { qty: '-1' }, 'qty'],
  ['nine decimals', { qty: '0.000000001' }, 'qty'],
  ['forty decimals', { qty: `0.${'1'.repeat(40)}` }, 'qty'],
  ['a number', { qty: 0.5 }, 'qty'],
  ['no number', { qty: 'NaN' }, 'qty'],
  ['no end', { qty: 'Infinity' }, 'qty'],
  ['an exponent', { qty: '1e2' }, 'qty'],
  ['a tiny exponent', { qty: '1e-30' }, 'qty'],
  ['more than a double holds', { qty: '9007199254740993' }, 'qty'],
  ['a quadrillion', { qty: '1000000000000000' }, 'qty'],
  ['a type of tomorrow', { type: 'iceberg' }, 'type'],
  ['a side in capitals', { side: 'BUY' }, 'side'],
  ['an id in capitals', { orderId: 'A1890000-0000-7000-8000-000000000001' }, 'orderId'],
  ['an id with a line end', { orderId: `${ID}\n` }, 'orderId'],
  ['an id that is none', { orderId: '1' }, 'orderId'],
  ['a venue’s symbol', { instrument: 'BTC/USD' }, 'instrument'],
  ['a path', { instrument: '../BTC-USD' }, 'instrument'],
  ['a long name', { instrument: 'A'.repeat(201) }, 'instrument'],
  ['a price', { price: '1' }, 'body'],
  ['a limit price of a market order', { limitPrice: '1' }, 'body'],
  ['an account of another', { accountId: ID }, 'body'],
  ['an origin', { origin: 'desk' }, 'body'],
  ['two faults', { qty: '0', side: 'hold' }, 'side qty'],
  ['a limit order', limit, 'ok'],
  ['one without its price', { type: 'limit' }, 'limitPrice'],
  ['one for nothing', { ...limit, limitPrice: '0' }, 'limitPrice'],
  ['one below nothing', { ...limit, limitPrice: '-59000' }, 'limitPrice'],
  ['one at a number', { ...limit, limitPrice: 59_000 }, 'limitPrice'],
  ['one at nine decimals', { ...limit, limitPrice: '59000.000000001' }, 'limitPrice'],
  ['one at once or not at all', { ...limit, timeInForce: { kind: 'fok' } }, 'ok'],
  ['one until a time', gtd(1_773_489_600_000), 'ok'],
  ['one until no time', { ...limit, timeInForce: { kind: 'gtd' } }, 'timeInForce.expiresAt'],
  ['one until the last second of 9999', gtd(253_402_300_799_999), 'ok'],
  ['one until a year of five digits', gtd(253_402_300_800_000), 'timeInForce.expiresAt'],
  ['one until the end of what a number holds', gtd(Number.MAX_SAFE_INTEGER), 'timeInForce.expiresAt'],
  ['one until before 1970', gtd(-1), 'timeInForce.expiresAt'],
  ['one until half a millisecond', gtd(0.5), 'timeInForce.expiresAt'],
  ['one until a day', gtd('2026-03-14'), 'timeInForce.expiresAt'],
  ['one for a day', { ...limit, timeInForce: { kind: 'day' } }, 'timeInForce.kind'],
  ['one for ever and until a time', { ...limit, timeInForce: { kind: 'gtc', expiresAt: 1 } }, 'timeInForce'],
  ['a stop', { type: 'stop', stopPrice: '58000' }, 'ok'],
  ['a stop without its price', { type: 'stop' }, 'stopPrice'],
  ['a stop with a limit it does not have', { type: 'stop', stopPrice: '58000', limitPrice: '1' }, 'body'],
  ['a stop limit', { type: 'stop_limit', stopPrice: '58000', limitPrice: '57990' }, 'ok'],
  ['half a stop limit', { type: 'stop_limit', stopPrice: '58000' }, 'limitPrice'],
  ['a trail of dollars', { type: 'trailing_stop', trail: { kind: 'price', price: '500' } }, 'ok'],
  ['a trail of a share', { type: 'trailing_stop', trail: { kind: 'share', share: '0.01' } }, 'ok'],
  ['a trail of both', { type: 'trailing_stop', trail: { kind: 'share', share: '0.01', price: '5' } }, 'trail'],
  ['a trail of seven decimals', { type: 'trailing_stop', trail: { kind: 'share', share: '0.0000001' } }, 'trail.share'],
  ['no trail', { type: 'trailing_stop' }, 'trail'],
  ['exits', { takeProfit: '70000', stopLoss: '50000' }, 'ok'],
  ['an exit at nothing', { stopLoss: '0' }, 'stopLoss'],
  ['an exit at a number', { takeProfit: 70_000 }, 'takeProfit'],
  ['a purpose', { reduceOnly: true }, 'ok'],
  ['a purpose in words', { reduceOnly: 'true' }, 'reduceOnly'],
])('%s: %j is told %s', (_, change, verdict) => {
  const body = { ...order, ...change };
  expect(told(tradingRoutes.placeOrder.body, body)).toBe(verdict);
  expect(told(tradingRoutes.previewOrder.body, body)).toBe(verdict);
});

test('what an order leaves out is what most traders mean', () => {
  expect(tradingRoutes.placeOrder.body.parse({ ...order, ...limit })).toMatchObject({
    reduceOnly: false,
    takeProfit: null,
    stopLoss: null,
    timeInForce: { kind: 'gtc' },
  });
});

test.each<[string, unknown, string]>([
  ['a quantity', { qty: '0.4' }, 'ok'],
  ['a price and an expiry', { limitPrice: '59000', timeInForce: { kind: 'gtd', expiresAt: 1 } }, 'ok'],
  ['no quantity', { qty: '0' }, 'qty'],
  ['another side', { side: 'sell' }, 'body'],
  ['another instrument', { instrument: 'ETH-USD' }, 'body'],
  ['another type', { type: 'stop' }, 'body'],
  ['a price of nothing', { stopPrice: '0' }, 'stopPrice'],
  ['half a trail', { trail: { kind: 'price' } }, 'trail.price'],
  ['no object', [], 'body'],
])('amending %s: %j is told %s', (_, body, verdict) => {
  expect(told(tradingRoutes.amendOrder.body, body)).toBe(verdict);
  expect(told(tradingRoutes.previewAmend.body, body)).toBe(verdict);
});

test.each<[string, unknown, string]>([
  ['under an id', { orderId: ID }, 'ok'],
  ['under none', {}, 'orderId'],
  ['a part', { orderId: ID, qty: '0.1' }, 'body'],
])('closing a position %s: %j is told %s', (_, body, verdict) => {
  expect(told(tradingRoutes.closePosition.body, body)).toBe(verdict);
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
  ${'ann@example.com\nbcc: x@y.zz'}   | ${'body'}
  ${'ann@example.com '}               | ${'body'}
  ${'ann@example..com'}               | ${'body'}
  ${`${'a'.repeat(243)}@example.com`} | ${'body'}
  ${'müller@bücher.example'}          | ${'ok'}
  ${'ann@xn--bcher-kva.example'}      | ${'ok'}
  ${'用户@例子.广告'}                 | ${'ok'}
  ${'राम@मोहन.ईन्फो'}                  | ${'ok'}
  ${'b\u0435a@example.com'}           | ${'body'}
  ${'ann@\u0430pple.com'}             | ${'body'}
  ${'ann\u202e@example.com'}          | ${'body'}
  ${'ann@exa\u200dmple.com'}          | ${'body'}
  ${'ann\u0000@example.com'}          | ${'body'}
  ${'\uff41nn@example.com'}           | ${'body'}
  ${'ann@127.0.0.1'}                  | ${'body'}
  ${'ann@0x7f.1'}                     | ${'body'}
  ${'ann@example.com:25'}             | ${'body'}
  ${'ann@ex%61mple.com'}              | ${'body'}
  ${`${'ä'.repeat(33)}@example.com`}  | ${'body'}
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
  ['a Persian name with its joiner', { displayName: 'نامه\u200cای' }, 'ok'],
  ['a Sinhala name with its joiner', { displayName: 'ශ්\u200dරී' }, 'ok'],
  ['a family', { displayName: '👨\u200d👩\u200d👧\u200d👦 Miller' }, 'ok'],
  ['a flag of two', { displayName: '🏳\ufe0f\u200d🌈' }, 'ok'],
  ['a joiner that only hides', { displayName: 'A\u200dnn' }, 'displayName'],
  ['a joiner at the end', { displayName: 'نامه\u200c' }, 'displayName'],
  ['a name without a width', { displayName: 'Ann\u200b' }, 'displayName'],
  ['a letter that shows nothing', { displayName: '\u3164' }, 'displayName'],
  ['half a character', { displayName: 'Ann\ud83d' }, 'displayName'],
  ['a name with a zero', { displayName: 'Ann\u0000' }, 'displayName'],
  ['an initial', { displayName: 'J.R. Smith' }, 'ok'],
  ['markup, which is shown as it is', { displayName: '<b>Ann</b>' }, 'ok'],
  ['a link', { displayName: 'http://evil.example' }, 'displayName'],
  ['what a program would make a link of', { displayName: 'evil.example/x' }, 'displayName'],
  ['the same without a path', { displayName: 'Claim at evil.com' }, 'displayName'],
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
  expect(told(authRoutes.verifyEmail.body, { token, password: 'x' })).toBe(verdict);
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
