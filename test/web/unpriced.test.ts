import type { Mark } from '../../web/lib/contract';
import { unpricedWords } from '../../web/lib/unpriced';

const LAST_AT = new Date(2026, 2, 14, 9, 30, 5).getTime();
const rain: Mark['unpriced'][number] = {
  instrument: 'PM-rain-YES' as never,
  worstUsd: '0',
  expectedUsd: '4.75',
  bestUsd: '5',
  lastPrice: '0.95',
  lastAt: LAST_AT,
};
const markWith = (over: Partial<Mark>): Mark =>
  ({ equityUsd: '95004.75', worstUsd: '95000', bestUsd: '95005', unpriced: [rain], inDoubt: null, ...over }) as Mark;
const naming = () => ({ unit: 'YES · Rain?', tick: '0.01' });

/** Goal: a trader reads what has no price, between which values it is judged, and why nothing else happened. */
test('what has no price is named, with its last one, what it counts as and what it can be worth', () => {
  const [words, judged] = unpricedWords(markWith({}), naming);
  expect(words?.title).toBe('No price for YES · Rain?');
  expect(words?.text).toMatch(
    /^The last good one was 0\.95, at 14 Mar 2026, .*: it counts as \$4\.75\. It can be worth \$0\.00 to \$5\.00\.$/,
  );
  expect(judged?.title).toBe('Judged between $95,000.00 and $95,005.00');
  expect(judged?.text).toContain('fails only if a limit is broken even at the highest of these values');
});

test('in doubt it says at which value the limit is broken, at which it is not, and that what has a price is closed', () => {
  const [, doubt, more] = unpricedWords(markWith({ inDoubt: 'daily_loss' }), naming);
  expect(doubt?.title).toMatch(/in doubt$/);
  expect(doubt?.text).toContain('At $95,004.75, with the last good prices, this limit is broken; at $95,005.00');
  expect(doubt?.text).toContain('nothing has failed, and everything that has a price is closed');
  expect(more).toBeUndefined();
});

test('what was never quoted counts as what it cost; while everything has a price nothing is said', () => {
  const never = { ...rain, lastPrice: null, lastAt: null };
  expect(unpricedWords(markWith({ unpriced: [never] }), naming)[0]?.text).toContain('the $4.75 that it cost');
  expect(unpricedWords(markWith({ unpriced: [] }), naming)).toEqual([]);
  expect(unpricedWords(undefined, naming)).toEqual([]);
});
