import type { Preview } from '../../web/lib/contract';
import { followsText, isGrave, outlookOfClosing, outlooksOf, wayOutText } from '../../web/lib/outlook';

const SOUND = { breach: null, pause: null, passes: false } as const;
const RISKY = { ...SOUND, breach: 'risk_per_trade' } as const;
const fill = (netUsd: string | null): Preview['fill'] => ({
  price: '60000',
  qty: '0.5',
  feeUsd: '120',
  realizedUsd: '0',
  levels: [],
  netUsd,
});
const planned = (price: string, over = {}) => ({
  side: 'sell' as const,
  price,
  qty: '0.5',
  feeUsd: '118',
  netUsd: '-738.5',
  ...SOUND,
  ...over,
});
const preview = (over: Partial<Preview> = {}): Preview => ({
  fill: null,
  restingQty: '0',
  marginUsedUsd: '0',
  marginMaxUsd: '0',
  leverageMax: 5,
  equityUsd: '10000',
  rooms: [],
  ifClosed: { feeUsd: '120', netUsd: '-240', ...SOUND },
  whenFilled: null,
  exits: [],
  ...SOUND,
  ...over,
});

const lines = (over: Partial<Preview>) =>
  outlooksOf(preview(over), '0.1').map(
    (outlook) => `${outlook.name}: ${outlook.netUsd ?? '-'} fee ${outlook.feeUsd}${isGrave(outlook) ? ' !' : ''}`,
  );

/** Goal: whoever sends an order has seen what it costs to get out of it, and whether that breaks a rule. */
test.each`
  story                               | over                                                                        | told
  ${'a purchase'}                     | ${{ fill: fill(null) }}                                                     | ${['Now: - fee 120', 'All closed again at once: -240 fee 120']}
  ${'one without a way out'}          | ${{ fill: fill(null), ifClosed: { feeUsd: '9', netUsd: '-9', ...RISKY } }}  | ${['Now: - fee 120', 'All closed again at once: -9 fee 9 !']}
  ${'one that fails at once'}         | ${{ fill: fill(null), ...RISKY }}                                           | ${['Now: - fee 120 !']}
  ${'a sale that ends a trade'}       | ${{ fill: fill('-161.2') }}                                                 | ${['Now: -161.2 fee 120']}
  ${'one that pauses the day'}        | ${{ fill: fill('-161.2'), pause: 'daily_loss' }}                            | ${['Now: -161.2 fee 120 !']}
  ${'an exit that waits'}             | ${{ whenFilled: planned('59000') }}                                         | ${['Once it fills at 59,000.00: -738.5 fee 118']}
  ${'an exit that will break a rule'} | ${{ whenFilled: planned('59000', RISKY) }}                                  | ${['Once it fills at 59,000.00: -738.5 fee 118 !']}
  ${'a purchase with exits'}          | ${{ fill: fill(null), exits: [planned('61000'), planned('59000', RISKY)] }} | ${['Now: - fee 120', 'All closed again at once: -240 fee 120', 'Its exit at 61,000.00: -738.5 fee 118', 'Its exit at 59,000.00: -738.5 fee 118 !']}
  ${'nothing that happens'}           | ${{}}                                                                       | ${[]}
`('$story', ({ over, told }) => {
  expect(lines(over)).toEqual(told);
});

test.each`
  follows                              | text
  ${SOUND}                             | ${undefined}
  ${RISKY}                             | ${'Fails the assessment: risk per trade'}
  ${{ ...SOUND, pause: 'daily_loss' }} | ${'Stops trading until the next day: daily loss'}
  ${{ ...SOUND, passes: true }}        | ${'Passes the assessment'}
`('$text', ({ follows, text }) => {
  expect(followsText(follows)).toBe(text);
});

test('a closing is told with its sums', () => {
  const closing = { feeUsd: '193.05', netUsd: '-353.96', balanceUsd: '9646.04', equityUsd: '9646.04', closings: [] };
  const told = outlookOfClosing({ ...closing, rooms: [], left: [], ...RISKY });
  expect(told).toEqual({ name: 'Closed now', feeUsd: '193.05', netUsd: '-353.96', ...RISKY });
  expect(wayOutText(closing)).toBe('−$353.96 after all fees, $193.05 of them to get out');
});
