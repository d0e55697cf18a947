import fc from 'fast-check';
import {
  COMPARED_MAX,
  copySweep,
  type SeenFill,
} from '../../../../domain/assessment/surveillance/copy-trading-detection';
import { type AccountId, type InstrumentId, idOf, type UserId } from '../../../../domain/kernel/ids';
import { instant } from '../../../../domain/kernel/instant';

const MIDNIGHT = Date.UTC(2026, 2, 14);
const DAY = 86_400_000;

/** Accounts a and a2 are Ann's. Ann and Bob ask for 3 in half a second, Carl for 2 in 200 ms, Dora for 4 in a second. */
const ASKS: Readonly<Record<string, SeenFill['copySignal']>> = {
  a: { withinMs: 500, times: 3 },
  b: { withinMs: 500, times: 3 },
  c: { withinMs: 200, times: 2 },
  d: { withinMs: 1_000, times: 4 },
};

const fillOf = (account: string, name: string, side: 'buy' | 'sell', afterMs: number): SeenFill => ({
  userId: idOf<UserId>(`owner of ${account.charAt(0)}`),
  accountId: idOf<AccountId>(account),
  instrument: idOf<InstrumentId>(name),
  side,
  at: instant(MIDNIGHT + afterMs),
  copySignal: ASKS[account.charAt(0)] ?? { withinMs: 500, times: 2 },
});

/** `a+BTC@10`: account a bought bitcoin ten milliseconds after midnight. */
const fillsOf = (text: string): readonly SeenFill[] =>
  text.split(' ').map((word) => {
    const [, account = '', sign = '', name = '', at = ''] = /^(\w+)([+-])([A-Z]+)@(\d+)$/.exec(word) ?? [];
    return fillOf(account, name, sign === '+' ? 'buy' : 'sell', Number(at));
  });

function sweep(fills: readonly SeenFill[]) {
  const { see, found } = copySweep();
  for (const fill of fills) see(fill);
  return found();
}

const told = (text: string) =>
  sweep(fillsOf(text))
    .map(({ legs, times, from, until }) => {
      const sides = legs.map(({ accountId, side, instrument }) => `${accountId} ${side} ${instrument}`).join(' / ');
      return `${sides}, ${times} times ${from - MIDNIGHT}-${until - MIDNIGHT}`;
    })
    .join('; ');

/** Goal: whose orders are filled so near to one another and so often that somebody should look at it. */
test.each`
  story                                         | fills                                                                                           | found
  ${'three times at once'}                      | ${'a+BTC@0 b+BTC@0 a-BTC@1000 b-BTC@1000 a+BTC@2000 b+BTC@2000'}                                | ${'a long BTC / b long BTC, 3 times 0-2000'}
  ${'whoever comes first'}                      | ${'b+BTC@0 a+BTC@9 a+BTC@1000 b+BTC@1009 b+BTC@2000 a+BTC@2009'}                                | ${'a long BTC / b long BTC, 3 times 0-2009'}
  ${'only twice'}                               | ${'a+BTC@0 b+BTC@0 a-BTC@1000 b-BTC@1000'}                                                      | ${''}
  ${'half a second apart to the millisecond'}   | ${'a+BTC@0 b+BTC@500 a+BTC@2000 b+BTC@2500 a+BTC@4000 b+BTC@4500'}                              | ${'a long BTC / b long BTC, 3 times 0-4500'}
  ${'one of them a millisecond later'}          | ${'a+BTC@0 b+BTC@500 a+BTC@2000 b+BTC@2501 a+BTC@4000 b+BTC@4500'}                              | ${''}
  ${'over three instruments'}                   | ${'a+BTC@0 b+BTC@0 a+ETH@0 b+ETH@0 a+SOL@0 b+SOL@0'}                                            | ${'a long BTC / b long BTC, 3 times 0-0'}
  ${'the first match may be told last'}         | ${'a-BTC@10 b-BTC@10 a+ETH@20 b+ETH@20 a+SOL@0 b+SOL@5'}                                        | ${'a long SOL / b long SOL, 3 times 0-20'}
  ${'opposite sides'}                           | ${'a+BTC@0 b-BTC@0 a+BTC@1000 b-BTC@1000 a+BTC@2000 b-BTC@2000'}                                | ${''}
  ${'different instruments'}                    | ${'a+BTC@0 b+ETH@0 a+BTC@1000 b+ETH@1000 a+BTC@2000 b+ETH@2000'}                                | ${''}
  ${'one person with two accounts'}             | ${'a+BTC@0 a2+BTC@0 a+BTC@1000 a2+BTC@1000 a+BTC@2000 a2+BTC@2000'}                             | ${''}
  ${'three of one match one of the other once'} | ${'a+BTC@0 a+BTC@1 a+BTC@2 b+BTC@3'}                                                            | ${''}
  ${'three of one match three of the other'}    | ${'a+BTC@0 a+BTC@1 a+BTC@2 b+BTC@3 b+BTC@4 b+BTC@5'}                                            | ${'a long BTC / b long BTC, 3 times 0-5'}
  ${'the shorter of two windows'}               | ${'a+BTC@0 c+BTC@200 a+BTC@1000 c+BTC@1200 a+BTC@2000 c+BTC@2201'}                              | ${''}
  ${'the larger of two numbers'}                | ${'a+BTC@0 c+BTC@200 a+BTC@1000 c+BTC@1200 a+BTC@2000 c+BTC@2200'}                              | ${'a long BTC / c long BTC, 3 times 0-2200'}
  ${'a long window waits behind a short one'}   | ${'d+BTC@0 c+BTC@1 b+BTC@500 d+BTC@600 b+BTC@1000 d+BTC@1400 b+BTC@1401 d+BTC@1402 b+BTC@1403'} | ${'b long BTC / d long BTC, 4 times 0-1403'}
  ${'three people'}                             | ${'a+BTC@0 b+BTC@0 e+BTC@0 a+BTC@900 b+BTC@900 e+BTC@900 a+BTC@1900 b+BTC@1900'}                | ${'a long BTC / b long BTC, 3 times 0-1900'}
  ${'spread over two days'}                     | ${'a+BTC@0 b+BTC@0 a+BTC@1000 b+BTC@1000 a+BTC@86400000 b+BTC@86400000'}                        | ${''}
  ${'midnight parts what is near'}              | ${'a+BTC@0 b+BTC@0 a+BTC@1000 b+BTC@1000 a+BTC@86399999 b+BTC@86400000'}                        | ${''}
`('$story', ({ fills, found }) => {
  expect(told(fills)).toBe(found);
});

test('each day of a pair is one of its own', () => {
  const day = 'a+BTC@0 b+BTC@0 a+BTC@1000 b+BTC@1000 a+BTC@2000 b+BTC@2000';
  const next = fillsOf(day).map((fill) => ({ ...fill, at: instant(fill.at + DAY) }));
  expect(sweep([...fillsOf(day), ...next]).map((found) => [found.day, found.times])).toEqual([
    [MIDNIGHT / DAY, 3],
    [MIDNIGHT / DAY + 1, 3],
  ]);
});

/** The most pairs of one of each, at most `withinMs` apart: of every way to choose them. */
function mostPairs(ours: readonly number[], theirs: readonly number[], withinMs: number): number {
  const most = Array.from({ length: ours.length + 1 }, () => new Array<number>(theirs.length + 1).fill(0));
  const at = (i: number, j: number) => most[i]?.[j] ?? 0;
  for (const [i, mine] of ours.entries()) {
    for (const [j, other] of theirs.entries()) {
      const paired = Math.abs(mine - other) <= withinMs ? at(i, j) + 1 : 0;
      (most[i + 1] ?? [])[j + 1] = Math.max(at(i, j + 1), at(i + 1, j), paired);
    }
  }
  return at(ours.length, theirs.length);
}

const times = (length: number) => fc.array(fc.integer({ min: 0, max: 4_000 }), { maxLength: length });

test('between two accounts no other way of pairing their fills gives more', () => {
  fc.assert(
    fc.property(times(COMPARED_MAX / 2), times(COMPARED_MAX / 2), (ours, theirs) => {
      const fills = [
        ...ours.map((at) => fillOf('a', 'BTC', 'buy', at)),
        ...theirs.map((at) => fillOf('b', 'BTC', 'buy', at)),
      ].sort((x, y) => x.at - y.at);
      const sorted = (list: readonly number[]) => [...list].sort((x, y) => x - y);
      const most = mostPairs(sorted(ours), sorted(theirs), 500);
      expect(sweep(fills).map((found) => found.times)).toEqual(most >= 3 ? [most] : []);
    }),
  );
});

test('in a crowd each is compared with few, and nobody is counted more often than was traded', () => {
  const crowd = Array.from({ length: 200 }, (_, index) => `x${index}`);
  const rounds = [0, 10_000, 20_000];
  const found = sweep(rounds.flatMap((at) => crowd.map((account) => fillOf(account, 'BTC', 'buy', at))));
  expect(found).toEqual([]);
  const people = rounds.flatMap((at) =>
    crowd.map((name, index) => ({ ...fillOf(name, 'BTC', 'buy', at), userId: idOf<UserId>(`p${index}`) })),
  );
  const pairs = sweep(people);
  expect(pairs.length).toBeLessThanOrEqual(crowd.length * COMPARED_MAX);
  expect(pairs.length).toBeGreaterThan(crowd.length);
  expect(Math.max(...pairs.map((pair) => pair.times))).toBe(rounds.length);
});
