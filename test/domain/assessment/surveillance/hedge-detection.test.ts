import fc from 'fast-check';
import {
  type HoldingSpan,
  hedgesAmong,
  holdingSpansOf,
} from '../../../../domain/assessment/surveillance/hedge-detection';
import type { HoldingMove } from '../../../../domain/assessment/surveillance/position-changes';
import { type AccountId, type InstrumentId, idOf } from '../../../../domain/kernel/ids';
import { instant } from '../../../../domain/kernel/instant';
import { qty } from '../../../../domain/kernel/money';
import { INSTRUMENTS } from '../../../fixtures/domain-story';

const NAMES: Readonly<Record<string, InstrumentId>> = {
  BTC: idOf('BTC-USD'),
  ETH: idOf('ETH-USD'),
  YES: idOf('PM-rain-YES'),
  NO: idOf('PM-rain-NO'),
  POLL: idOf('PM-poll-NO'),
};
const shortName = (id: InstrumentId) => Object.keys(NAMES).find((name) => NAMES[name] === id) ?? id;
const A = idOf<AccountId>('a');

/** `BTC+2@10`: two bought at second ten. */
const movesOf = (text: string): readonly HoldingMove[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      const [, name = '', amount = '', at = ''] = /^([A-Z]+)([+-]\d+)@(\d+)$/.exec(word) ?? [];
      return { instrument: NAMES[name] ?? idOf(name), qty: qty(BigInt(amount)), at: instant(Number(at) * 1000) };
    });

const toldSpans = (spans: readonly HoldingSpan[]) =>
  spans
    .map(({ instrument, side, from, until }) => `${shortName(instrument)} ${side} ${from / 1000}-${until / 1000}`)
    .join(', ');

/** Goal: when an account held what, from its fills. It is second 100. */
test.each`
  story                            | moves                           | spans
  ${'nothing traded'}              | ${''}                           | ${''}
  ${'bought and sold'}             | ${'BTC+1@10 BTC-1@20'}          | ${'BTC long 10-20'}
  ${'sold short and bought back'}  | ${'BTC-1@10 BTC+1@20'}          | ${'BTC short 10-20'}
  ${'a short that is enlarged'}    | ${'BTC-1@10 BTC-2@20 BTC+3@30'} | ${'BTC short 10-30'}
  ${'still open'}                  | ${'BTC+1@10'}                   | ${'BTC long 10-100'}
  ${'enlarged and reduced is one'} | ${'BTC+1@10 BTC+2@20 BTC-3@30'} | ${'BTC long 10-30'}
  ${'a part is closed'}            | ${'BTC+3@10 BTC-2@20'}          | ${'BTC long 10-100'}
  ${'reversed'}                    | ${'BTC+1@10 BTC-3@20 BTC+2@30'} | ${'BTC long 10-20, BTC short 20-30'}
  ${'opened again at once'}        | ${'BTC+1@10 BTC-1@20 BTC+1@20'} | ${'BTC long 10-20, BTC long 20-100'}
  ${'two instruments'}             | ${'BTC+1@10 ETH-1@15 BTC-1@20'} | ${'BTC long 10-20, ETH short 15-100'}
`('$story', ({ moves, spans }) => {
  const found = holdingSpansOf(A, movesOf(moves), instant(100_000));
  expect(toldSpans(found)).toBe(spans);
});

/** `a BTC long 10-20`, several with commas between. */
const spansFrom = (text: string): readonly HoldingSpan[] =>
  text.split(', ').map((each) => {
    const [account = '', name = '', side = '', times = ''] = each.split(' ');
    const [from = 0, until = 0] = times.split('-').map((second) => Number(second) * 1000);
    return {
      accountId: idOf(account),
      instrument: NAMES[name] ?? idOf(name),
      side: side === 'long' ? 'long' : 'short',
      from: instant(from),
      until: instant(until),
    };
  });

/** Account a signals after 10 s, b after 20 s, c never. */
const signalAfterMs = (account: AccountId) => ({ a: 10_000, b: 20_000 })[account as string] ?? null;

const toldHedges = (text: string) =>
  hedgesAmong(spansFrom(text), INSTRUMENTS, signalAfterMs)
    .map(({ legs, from, until }) => `${legs.map((leg) => leg.accountId).join('/')} ${from / 1000}-${until / 1000}`)
    .join(', ');

/** Goal: which positions of one person in two accounts cancel each other out for long enough to be told. */
test.each`
  story                                        | spans                                                      | hedges
  ${'one of a kind'}                           | ${'a BTC long 0-100'}                                      | ${''}
  ${'opposite, together for a minute'}         | ${'a BTC long 0-60, b BTC short 0-60'}                     | ${'a/b 0-60'}
  ${'the later one first'}                     | ${'b BTC short 30-90, a BTC long 0-60'}                    | ${'a/b 30-60'}
  ${'the same direction'}                      | ${'a BTC long 0-60, b BTC long 0-60'}                      | ${''}
  ${'one account may do so'}                   | ${'a BTC long 0-60, a BTC short 0-60'}                     | ${''}
  ${'another instrument'}                      | ${'a BTC long 0-60, b ETH short 0-60'}                     | ${''}
  ${'one after the other'}                     | ${'a BTC long 0-30, b BTC short 30-60'}                    | ${''}
  ${'a millisecond short of the shorter time'} | ${'a BTC long 0-60, b BTC short 50.001-70'}                | ${''}
  ${'exactly the shorter time'}                | ${'a BTC long 0-60, b BTC short 50-70'}                    | ${'a/b 50-60'}
  ${'only the other account asks'}             | ${'b BTC long 0-60, c BTC short 40-70'}                    | ${'b/c 40-60'}
  ${'not long enough for the one that asks'}   | ${'b BTC long 0-60, c BTC short 41-70'}                    | ${''}
  ${'nobody asks'}                             | ${'c BTC long 0-60, d BTC short 0-60'}                     | ${''}
  ${'YES here and NO there'}                   | ${'a YES long 0-60, b NO long 0-60'}                       | ${'a/b 0-60'}
  ${'YES of one market, NO of another'}        | ${'a YES long 0-60, b POLL long 0-60'}                     | ${''}
  ${'YES in both'}                             | ${'a YES long 0-60, b YES long 0-60'}                      | ${''}
  ${'YES and NO in one account'}               | ${'a YES long 0-60, a NO long 0-60'}                       | ${''}
  ${'something nobody knows any more'}         | ${'a OLD long 0-60, b OLD short 0-60'}                     | ${'a/b 0-60'}
  ${'two that follow one another'}             | ${'a BTC long 0-100, b BTC short 0-20, b BTC short 40-60'} | ${'a/b 0-20, a/b 40-60'}
  ${'three accounts'}                          | ${'a BTC long 0-60, b BTC short 0-60, c BTC short 0-60'}   | ${'a/b 0-60, a/c 0-60'}
`('$story', ({ spans, hedges }) => {
  expect(toldHedges(spans)).toBe(hedges);
});

test('whatever the order in which spans are given, the same hedges are found', () => {
  const span = fc.record({
    accountId: fc.constantFrom('a', 'b', 'c').map((id) => idOf<AccountId>(id)),
    instrument: fc.constantFrom(...Object.values(NAMES)),
    side: fc.constantFrom('long' as const, 'short' as const),
    from: fc.integer({ min: 0, max: 100 }).map((second) => instant(second * 1000)),
    lasts: fc.integer({ min: 1, max: 60 }),
  });
  const given = fc.array(span, { maxLength: 12 }).chain((spans) => {
    const made = spans.map(({ lasts, ...rest }) => ({ ...rest, until: instant(rest.from + lasts * 1000) }));
    return fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length }));
  });
  const told = (spans: readonly HoldingSpan[]) =>
    hedgesAmong(spans, INSTRUMENTS, signalAfterMs)
      .map(({ legs, from, until }) => {
        const sides = legs.map((leg) => `${leg.accountId} ${leg.instrument} ${leg.side} ${leg.from}-${leg.until}`);
        return `${sides.sort().join(' & ')}: ${from}-${until}`;
      })
      .sort();
  fc.assert(
    fc.property(given, ([spans, shuffled]) => {
      const found = told(spans);
      expect(told(shuffled)).toEqual(found);
      for (const { legs, from, until } of hedgesAmong(spans, INSTRUMENTS, signalAfterMs)) {
        expect(legs[0].accountId < legs[1].accountId).toBe(true);
        expect(until - from).toBeGreaterThanOrEqual(10_000);
        expect(legs.every((leg) => leg.from <= from && until <= leg.until)).toBe(true);
      }
    }),
  );
});
