import fc from 'fast-check';
import { usd } from '../../../domain/kernel/money';
import { decidePayment, evolvePayment, type Notice, type Payment, UNPAID } from '../../../domain/purchase/payment';

const PRICE = usd(89_000_000n);

const notice: fc.Arbitrary<Notice> = fc.oneof(
  fc.constant<Notice>({ type: 'paid', amountUsd: PRICE, currency: 'usd' }),
  fc.constant<Notice>({ type: 'expired' }),
  fc
    .record({
      refundedUsd: fc.bigInt({ min: 0n, max: PRICE }).map(usd),
      disputes: fc.dictionary(fc.constantFrom('d1', 'd2'), fc.constantFrom('open', 'won', 'lost')),
    })
    .map((reversals): Notice => ({ type: 'reversals', ...reversals })),
);

function told(payment: Payment, said: Notice): Payment {
  const decided = decidePayment(said, payment, PRICE);
  return decided.ok ? decided.value.reduce(evolvePayment, payment) : payment;
}

test('what has been told says nothing the second time: no event, whatever came before', () => {
  fc.assert(
    fc.property(fc.array(notice, { maxLength: 12 }), notice, (before, one) => {
      const payment = [...before, one].reduce(told, UNPAID);
      expect(decidePayment(one, payment, PRICE)).toEqual({ ok: true, value: [] });
    }),
    { numRuns: 200 },
  );
});

test('a refused payment is refused again and changes nothing', () => {
  const wrong: Notice = { type: 'paid', amountUsd: usd(PRICE - 1n), currency: 'usd' };
  fc.assert(
    fc.property(fc.array(notice, { maxLength: 8 }), (before) => {
      const payment = before.reduce(told, UNPAID);
      expect(told(payment, wrong)).toBe(payment);
      expect(decidePayment(wrong, payment, PRICE)).toMatchObject({ ok: false, fault: { field: 'amount' } });
    }),
  );
});
