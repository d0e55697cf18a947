import { askText, type Growth, growthText, type Offer, partOf, waitsOf } from '../../web/lib/payouts';

const gate = (name: string, have: string, need: string, isMet = false) =>
  ({ gate: name, have, need, isMet }) as Offer['gates'][number];

const offer = (...gates: readonly Offer['gates'][number][]): Offer => ({
  amountUsd: '1000.00',
  traderUsd: '800.00',
  firmUsd: '200.00',
  split: '0.8',
  safeUsd: '400.00',
  gates,
  isOpen: gates.every(({ isMet }) => isMet),
  opensAt: Date.UTC(2026, 2, 14, 12),
});

/** Goal: whoever may take nothing yet reads why, in the unit that it is counted in. */
test.each`
  given                                                           | text
  ${gate('days_since_start', '3', '14')}                          | ${/^The next payout may be taken from 14 Mar 2026.* on\.$/}
  ${gate('days_since_payout', '3', '14')}                         | ${/^The next payout may be taken from 14 Mar 2026.* on\.$/}
  ${gate('days_won', '2', '5')}                                   | ${'2 of 5 days are won since the last payout.'}
  ${gate('profit_usd', '250000000', '1000000000')}                | ${'The profit is $250 of the $1,000 that a payout needs.'}
  ${gate('profit_over_best_day_usd', '3000000000', '4000000000')} | ${/takes a profit of \$4,000, and there are \$3,000\.$/}
  ${gate('trader_usd', '0', '1')}                                 | ${'There is no profit that could be paid.'}
  ${gate('trader_usd', '20000000', '50000000')}                   | ${'Your part would be $20.00, and the least that is paid is $50.00.'}
  ${gate('open_positions', '1', '0')}                             | ${'1 position to be closed first.'}
  ${gate('working_orders', '2', '0')}                             | ${'2 orders to be cancelled first.'}
  ${gate('touched_limits', '1', '0')}                             | ${'A limit is touched: what becomes of it comes first.'}
  ${gate('holds', '1', '0')}                                      | ${'The payment is disputed or went back.'}
`('$given.gate: $text', ({ given, text }: { given: Offer['gates'][number]; text: string | RegExp }) => {
  expect(waitsOf(offer(given))[0]).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
});

test('what is met is not waited for', () => {
  expect(waitsOf(offer(gate('days_won', '5', '5', true)))).toEqual([]);
});

test.each`
  typed           | part
  ${'1000'}       | ${{ amountUsd: 1_000_000_000n, traderUsd: 800_000_000n }}
  ${' 0.000001 '} | ${{ amountUsd: 1n, traderUsd: 0n }}
  ${'0'}          | ${undefined}
  ${'-5'}         | ${undefined}
  ${'all'}        | ${undefined}
  ${''}           | ${undefined}
`('the trader’s part of "$typed"', ({ typed, part }) => {
  expect(partOf(offer(), typed)).toEqual(part);
});

test('before it is taken it is asked for with what is whose, and what it leaves', () => {
  expect(askText(offer(), '400')).toEqual([
    '$400.00 leaves the account for good: $320.00 is yours, the rest is the firm’s.',
  ]);
  expect(askText(offer(), '401')[1]).toMatch(/^With more than \$400 taken less than the whole width/);
  expect(askText(offer(), 'x')).toEqual([]);
});

const growth = (capitalUsd: string, ...gates: readonly Growth['gates'][number][]): Growth => ({
  capitalUsd,
  nextUsd: '125000.00',
  gates,
});

test('how far the capital is on its way to grow', () => {
  const days = { gate: 'days_since_growth', have: '30', need: '120', isMet: false } as const;
  const profit = { gate: 'profit_since_growth_usd', have: '5000000000', need: '10000000000', isMet: false } as const;
  const payouts = { gate: 'payouts_since_growth', have: '1', need: '2', isMet: false } as const;
  expect(growthText(growth('100000.00', days, profit, payouts))).toBe(
    'The account grows to $125,000 once there are 30 of 120 days, $5,000 of $10,000 profit, 1 of 2 payouts.',
  );
  expect(growthText(growth('100000.00', { ...days, isMet: true }))).toBe(
    'The account grows to $125,000 when the next trading day begins.',
  );
  expect(growthText(growth('125000.00', days))).toBeUndefined();
});
