import { isIdSpent, unreachable } from '../../web/lib/answer';

test.each`
  refusal                   | isSpent
  ${'purchase_id_reused'}   | ${true}
  ${'checkout_expired'}     | ${true}
  ${'checkout_unavailable'} | ${false}
  ${'checkouts_open_max'}   | ${false}
  ${'unreachable'}          | ${false}
`('after $refusal the purchase begins under another id: $isSpent', ({ refusal, isSpent }) => {
  expect(isIdSpent({ ...unreachable('c-1'), refusal })).toBe(isSpent);
});
