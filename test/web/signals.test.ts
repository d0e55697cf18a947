import type { Instrument, Signal } from '../../web/lib/contract';
import { namingOf } from '../../web/lib/naming';
import { decisionText, legTexts, seenText } from '../../web/lib/signals';
import { btc } from './account';

const [ANN, BOB] = ['0190a000-0000-7000-8000-0000000000a1', '0190a000-0000-7000-8000-0000000000b1'];
const NOON = new Date(2026, 2, 14, 12).getTime();

const signal = (more: Partial<Signal> = {}): Signal => ({
  signalId: '0190a000-0000-7000-8000-000000000051',
  kind: 'hedging',
  userId: ANN,
  beganAt: NOON,
  seenUntil: NOON,
  detectedAt: NOON,
  legs: [],
  verdict: null,
  copied: null,
  payment: null,
  decisions: [],
  ...more,
});
const lasting = (ms: number) => ({ seenUntil: NOON + ms });

/** Goal: whoever decides reads what was seen, in words. */
test.each`
  kind              | more                                                   | text
  ${'hedging'}      | ${lasting(60_000)}                                     | ${'Opposite positions in two accounts of one person, seen for 1 minute'}
  ${'hedging'}      | ${lasting(3_599_999)}                                  | ${'Opposite positions in two accounts of one person, seen for 59 minutes'}
  ${'hedging'}      | ${lasting(90_000_123)}                                 | ${'Opposite positions in two accounts of one person, seen for 25 hours'}
  ${'reversing'}    | ${{}}                                                  | ${'Closed, and the opposite opened at the same moment'}
  ${'reversing'}    | ${lasting(999)}                                        | ${'Closed, and the opposite opened 999 milliseconds later'}
  ${'reversing'}    | ${lasting(30_400)}                                     | ${'Closed, and the opposite opened 30 seconds later'}
  ${'copying'}      | ${{ copied: { times: 7, otherUserId: BOB } }}          | ${'Two people did the same nearly at once, 7 times on one day'}
  ${'wrong_payout'} | ${{ verdict: { given: 'passed', rightly: 'active' } }} | ${'Ended as passed; with the right payout it is still open'}
  ${'payment'}      | ${{ payment: { reversal: 'chargeback' } }}             | ${'The payment was taken back by the bank'}
  ${'payment'}      | ${{ payment: { reversal: null } }}                     | ${'The payment stands again'}
`('$kind: $text', ({ kind, more, text }) => {
  expect(seenText(signal({ kind, ...more }))).toBe(text);
});

test('each leg names its account and what it held', () => {
  const legs: Signal['legs'] = [
    { accountId: ANN ?? '', instrument: 'BTC-USD', side: 'long' },
    { accountId: BOB ?? '', instrument: 'GONE-USD', side: 'short' },
  ];
  expect(legTexts(signal({ legs }), namingOf([btc as Instrument]))).toEqual([
    `${ANN} long BTC`,
    `${BOB} short GONE-USD`,
  ]);
});

test.each`
  decidedBy | text
  ${ANN}    | ${'Confirmed by you, 14 Mar 2026, 12:00:00: They are one person'}
  ${BOB}    | ${`Confirmed by ${BOB}, 14 Mar 2026, 12:00:00: They are one person`}
`('$text', ({ decidedBy, text }) => {
  const decision = { decisionId: 'd', outcome: 'confirmed', reason: 'They are one person', decidedAt: NOON } as const;
  expect(decisionText({ ...decision, decidedBy }, ANN ?? '')).toBe(text);
});
