import { feedState } from '../../web/lib/feed-state';
import type { SeenQuote } from '../../web/lib/quotes';
import { btc, quote, rain } from './account';

const NOW = 100_000;
const fresh: SeenQuote = { quote: quote(), seenAt: NOW - 1_000 };
const old: SeenQuote = { quote: quote(), seenAt: NOW - 10_001 };
const gapped: SeenQuote = { quote: quote({ quality: 'gapped' }), seenAt: NOW };
const later: SeenQuote = { quote: quote(), seenAt: NOW + 500 };

/** Goal: "Live" is said of prices, not of a socket: of BTC at one venue, and YES and NO at another. */
test.each`
  story                                     | status            | seen                                   | closed                 | said
  ${'no line'}                              | ${'reconnecting'} | ${{ BTC: fresh, YES: fresh }}          | ${[]}                  | ${'reconnecting'}
  ${'fresh prices'}                         | ${'live'}         | ${{ BTC: fresh, YES: fresh }}          | ${[]}                  | ${'live'}
  ${'one that came after the clock ticked'} | ${'live'}         | ${{ BTC: later, NO: later }}           | ${[]}                  | ${'live'}
  ${'nothing yet'}                          | ${'live'}         | ${{}}                                  | ${[]}                  | ${'waiting'}
  ${'nothing yet from one of them'}         | ${'live'}         | ${{ BTC: fresh }}                      | ${[]}                  | ${'waiting'}
  ${'all silent'}                           | ${'live'}         | ${{ BTC: old, YES: old, NO: old }}     | ${[]}                  | ${'stale kraken polymarket'}
  ${'one venue is silent'}                  | ${'live'}         | ${{ BTC: old, YES: fresh }}            | ${[]}                  | ${'stale kraken'}
  ${'one venue is in a gap'}                | ${'live'}         | ${{ BTC: gapped, YES: fresh }}         | ${[]}                  | ${'stale kraken'}
  ${'one market of two is quiet'}           | ${'live'}         | ${{ BTC: fresh, YES: fresh, NO: old }} | ${[]}                  | ${'live'}
  ${'a closed market owes no price'}        | ${'live'}         | ${{ BTC: fresh, YES: old }}            | ${['outcome']}         | ${'live'}
  ${'nor does it make the others live'}     | ${'live'}         | ${{ BTC: old, YES: fresh }}            | ${['outcome']}         | ${'stale kraken'}
  ${'no market is open'}                    | ${'live'}         | ${{}}                                  | ${['outcome', 'spot']} | ${'live'}
`('$story: $said', ({ status, seen, closed, said }) => {
  const ids = { BTC: btc.id, YES: rain('yes').id, NO: rain('no').id } as const;
  const listed = [btc, rain('yes'), rain('no')].map((one) =>
    closed.includes(one.kind) ? ({ ...one, status: 'closed' } as const) : one,
  );
  const quotes = (id: string) => {
    const name = (Object.keys(ids) as (keyof typeof ids)[]).find((key) => ids[key] === id);
    return name && (seen as Partial<Record<typeof name, SeenQuote>>)[name];
  };
  const state = feedState(status, listed, quotes, NOW);
  expect(state.kind === 'stale' ? ['stale', ...state.venues].join(' ') : state.kind).toBe(said);
});
