import { createHash, webcrypto } from 'node:crypto';
import { DAY_MS } from '../../domain/kernel/instant';
import { type Evidence, figureText, readEvidence, verdictSentence } from '../../web/lib/evidence';
import { compare, sha256Of } from '../../web/lib/fingerprint';
import { rules } from './account';

const AT = Date.UTC(2026, 2, 1, 12, 30, 5);

const daily = { rule: 'daily_loss', limitUsd: '500', usedUsd: '501', roomUsd: '-1', floorUsd: '9500' } as const;

const evidence = (over: Partial<Evidence['judgement']>): Evidence => ({
  format: 2,
  accountVersion: 7,
  ruleSetVersion: 1,
  ruleSetHash: 'hash',
  rules,
  at: AT,
  account: { cashUsd: '9499', positions: [] },
  quotes: [],
  judgement: {
    equityUsd: '9499',
    worstUsd: '9499',
    bestUsd: '9499',
    unpriced: [],
    inDoubt: null,
    balanceUsd: '9499',
    rooms: [daily],
    deadlines: [],
    gates: [],
    verdict: 'failed',
    brokenRule: null,
    ...over,
  },
  arithmetic: [],
});

const trade = { ...daily, rule: 'risk_per_trade', floorUsd: null } as const;
const target = { gate: 'target_usd', have: '1000500000', need: '1000000000', isMet: true } as const;

const spread = (gate: 'best_day_ppm' | 'best_trade_ppm') => ({ gate, have: '666667', need: '500000', isMet: false });

/** Goal: the verdict in one sentence, with the figures that decided it. */
test.each`
  judgement                                                                                | sentence
  ${{ brokenRule: 'daily_loss' }}                                                          | ${/^Failed: the daily loss was broken on 01 Mar 2026, .*\. \$501\.00 of \$500 were used: equity was \$9,499\.00, the floor \$9,500\.00\.$/}
  ${{ brokenRule: 'daily_loss', unpriced: ['PM-rain-YES'], bestUsd: '9499.9' }}            | ${/^Failed: the daily loss was broken on .*, whatever that may be worth that had no price\. Equity was at most \$9,499\.90, the floor \$9,500\.00\.$/}
  ${{ brokenRule: 'risk_per_trade', rooms: [trade] }}                                      | ${/^Failed: the risk per trade was broken on .*\. \$501\.00 of \$500 were used\.$/}
  ${{ brokenRule: 'inactivity', deadlines: [{ rule: 'inactivity', dueAt: AT - DAY_MS }] }} | ${/^Failed: inactivity\. It was due on 28 Feb 2026, .* and had not happened\.$/}
  ${{ brokenRule: 'consistency', gates: [target, spread('best_trade_ppm')] }}              | ${/^Failed on 01 Mar 2026, .*: everything else was met, but the best trade made 66\.6667\u00a0% of the profit, at most 50\u00a0% were allowed\.$/}
  ${{ brokenRule: 'consistency', gates: [target, spread('best_day_ppm')] }}                | ${/but the best day made 66\.6667\u00a0% of the profit/}
  ${{ verdict: 'passed', gates: [target] }}                                                | ${/^Passed on 01 Mar 2026, .* with a profit of \$1,000\.50, \$1,000\.00 were needed, and every rule was kept\.$/}
`('$sentence', ({ judgement, sentence }: { judgement: Partial<Evidence['judgement']>; sentence: RegExp }) => {
  expect(verdictSentence(evidence(judgement))).toMatch(sentence);
});

test.each`
  value            | shown
  ${'9499.123456'} | ${'9,499.123456'}
  ${'-1234567'}    | ${'−1,234,567'}
  ${'0.4'}         | ${'0.4'}
  ${'BTC-USD'}     | ${'BTC-USD'}
`('$value is shown exactly', ({ value, shown }) => {
  expect(figureText(value)).toBe(shown);
});

test('a time is shown in the reader’s own, beside what is stored', () => {
  expect(figureText('2026-03-01T12:30:05.000Z')).toMatch(/^01 Mar 2026, .*\(2026-03-01T12:30:05\.000Z\)$/);
});

test('a format that the page does not know is left alone', () => {
  expect(readEvidence('{"format":3}')).toBeUndefined();
  expect(readEvidence('{"format":2,"at":1}')).toEqual({ format: 2, at: 1 });
});

/** Goal: the hash is taken over the bytes as they came, and says when it cannot be. */
test('the browser’s hash is the one that other tools print', async () => {
  const text = '{\n  "format": 2\n}';
  const bytes = Uint8Array.from(Buffer.from(text)).buffer;
  const expected = createHash('sha256').update(text).digest('hex');
  expect(await sha256Of(bytes, webcrypto.subtle as unknown as SubtleCrypto)).toBe(expected);
  expect(await sha256Of(bytes, undefined)).toBeUndefined();
});

test.each`
  computed     | stored       | check
  ${'ab'}      | ${'ab'}      | ${'same'}
  ${'ab'}      | ${'cd'}      | ${'differs'}
  ${undefined} | ${'ab'}      | ${'unknown'}
  ${'ab'}      | ${undefined} | ${'unknown'}
`('$computed against $stored: $check', ({ computed, stored, check }) => {
  expect(compare(computed, stored)).toBe(check);
});
