import fc from 'fast-check';
import { parseUsd, type Usd, usd } from '../../../domain/kernel/money';
import {
  decidePayment,
  evolvePayment,
  type Notice,
  type Payment,
  statusOf,
  UNPAID,
} from '../../../domain/purchase/payment';
import { centsOf, priceFault, usdOfCents } from '../../../domain/purchase/price';

const dollars = (text: string): Usd => parseUsd(text) as Usd;
const PRICE = dollars('89');

const said = (refunded: string, disputes: Extract<Notice, { type: 'reversals' }>['disputes'] = {}): Notice => ({
  type: 'reversals',
  refundedUsd: dollars(refunded),
  disputes,
});

const WORDS: Readonly<Record<string, Notice>> = {
  paid: { type: 'paid', amountUsd: PRICE, currency: 'usd' },
  expired: { type: 'expired' },
  clean: said('0'),
  part: said('40'),
  refund: said('89'),
  dispute: said('0', { d1: 'open' }),
  won: said('0', { d1: 'won' }),
  lost: said('0', { d1: 'lost' }),
  both: said('89', { d1: 'open' }),
  second: said('0', { d1: 'won', d2: 'open' }),
};

/** What is left of a purchase after the notices, and how often it was granted on the way. */
function after(notices: readonly Notice[]): { readonly payment: Payment; readonly grants: number } {
  let grants = 0;
  const payment = notices.reduce<Payment>((state, notice) => {
    const decided = decidePayment(notice, state, PRICE);
    if (!decided.ok) return state;
    grants += decided.value.filter(({ type }) => type === 'granted').length;
    return decided.value.reduce(evolvePayment, state);
  }, UNPAID);
  return { payment, grants };
}

/** Goal: the state of a purchase and whether its assessment is granted, by what the provider told in which order. */
test.each`
  story                                   | told                          | status         | grants
  ${'nothing yet'}                        | ${''}                         | ${'pending'}   | ${0}
  ${'paid'}                               | ${'paid'}                     | ${'completed'} | ${1}
  ${'told ten times'}                     | ${'paid paid paid paid paid'} | ${'completed'} | ${1}
  ${'the checkout ran out'}               | ${'expired'}                  | ${'expired'}   | ${0}
  ${'a late expiry changes nothing'}      | ${'paid expired'}             | ${'completed'} | ${1}
  ${'an early expiry neither'}            | ${'expired paid'}             | ${'completed'} | ${1}
  ${'money back'}                         | ${'paid refund'}              | ${'refunded'}  | ${1}
  ${'money back before it came'}          | ${'refund paid'}              | ${'refunded'}  | ${0}
  ${'part of it back'}                    | ${'paid part'}                | ${'completed'} | ${1}
  ${'a refund that failed later'}         | ${'paid refund clean'}        | ${'completed'} | ${1}
  ${'part of the refunds failed'}         | ${'paid refund part'}         | ${'completed'} | ${1}
  ${'granted when an early refund fails'} | ${'refund paid clean'}        | ${'completed'} | ${1}
  ${'a dispute'}                          | ${'paid dispute'}             | ${'disputed'}  | ${1}
  ${'a dispute outweighs a refund'}       | ${'paid refund both'}         | ${'disputed'}  | ${1}
  ${'lost'}                               | ${'paid dispute lost'}        | ${'disputed'}  | ${1}
  ${'won'}                                | ${'paid dispute won'}         | ${'completed'} | ${1}
  ${'won, and lost in the end'}           | ${'paid dispute won lost'}    | ${'disputed'}  | ${1}
  ${'lost, and won in the end'}           | ${'paid dispute lost won'}    | ${'completed'} | ${1}
  ${'disputed before it was paid'}        | ${'dispute paid'}             | ${'disputed'}  | ${0}
  ${'granted when that dispute is won'}   | ${'dispute paid won'}         | ${'completed'} | ${1}
  ${'one won, another open'}              | ${'paid dispute won second'}  | ${'disputed'}  | ${1}
`('$story', ({ told, status, grants }: { told: string; status: string; grants: number }) => {
  const notices = told
    .split(' ')
    .filter(Boolean)
    .map((word) => WORDS[word] as Notice);
  const end = after(notices);
  expect([statusOf(end.payment, PRICE), end.grants]).toEqual([status, grants]);
});

test.each([
  ['too little', { amountUsd: dollars('88.99'), currency: 'usd' }],
  ['too much', { amountUsd: dollars('89.01'), currency: 'usd' }],
  ['another currency', { amountUsd: PRICE, currency: 'eur' }],
])('%s is no payment', (_, paid) => {
  expect(decidePayment({ type: 'paid', ...paid }, UNPAID, PRICE)).toEqual({
    ok: false,
    refusal: 'amount_mismatch',
    fault: { field: 'amount', rule: 'must be the price of the purchase, in US dollars' },
  });
});

const notice = fc.constantFrom(...Object.values(WORDS));

test('the latest word on reversals counts, whatever was said before and however often; it grants at most once', () => {
  fc.assert(
    fc.property(fc.array(notice, { maxLength: 12 }), notice, (notices, last) => {
      const end = after([...notices, ...notices, last]);
      expect(end.grants).toBeLessThanOrEqual(1);
      if (last.type === 'reversals') {
        expect(end.payment).toMatchObject({ refundedUsd: last.refundedUsd, disputes: last.disputes });
      }
      expect(end.payment.isPaid).toBe([...notices, last].some(({ type }) => type === 'paid'));
    }),
  );
});

test('a completed purchase has been granted, whatever the way there', () => {
  fc.assert(
    fc.property(fc.array(notice, { maxLength: 12 }), (notices) => {
      const { payment, grants } = after(notices);
      if (statusOf(payment, PRICE) === 'completed') expect([payment.isGranted, grants]).toEqual([true, 1]);
      expect(payment.isGranted).toBe(grants === 1);
      if (payment.isGranted) expect(payment.isPaid).toBe(true);
    }),
  );
});

test.each`
  price          | rule
  ${'0.50'}      | ${undefined}
  ${'89'}        | ${undefined}
  ${'999999.99'} | ${undefined}
  ${'0.49'}      | ${'must be at least 0.50'}
  ${'0'}         | ${'must be at least 0.50'}
  ${'-1'}        | ${'must be at least 0.50'}
  ${'10.001'}    | ${'must be whole cents'}
  ${'1000000'}   | ${'must be at most 999999.99'}
`('a price of $price: $rule', ({ price, rule }) => {
  expect(priceFault(dollars(price))).toEqual(rule && { field: 'priceUsd', rule });
});

test('cents come back as they went', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), (cents) => {
      expect(centsOf(usdOfCents(cents))).toBe(BigInt(cents));
    }),
  );
  expect(usdOfCents(1)).toBe(usd(10_000n));
});
