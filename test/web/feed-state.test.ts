import { feedState } from '../../web/lib/feed-state';
import type { SeenQuote } from '../../web/lib/quotes';
import { btc, quote, rain } from './account';

const NOW = 100_000;
const fresh: SeenQuote = { quote: quote(), seenAt: NOW - 1_000 };
const old: SeenQuote = { quote: quote(), seenAt: NOW - 10_001 };
const gapped: SeenQuote = { quote: quote({ quality: 'gapped' }), seenAt: NOW };
const later: SeenQuote = { quote: quote(), seenAt: NOW + 500 };

/** Goal: "Live" is said of prices, not of a socket. */
test.each`
  story                                     | status            | seen                                        | closed                 | said
  ${'no line'}                              | ${'reconnecting'} | ${{ 'BTC-USD': fresh }}                     | ${[]}                  | ${'reconnecting'}
  ${'a fresh price'}                        | ${'live'}         | ${{ 'BTC-USD': fresh }}                     | ${[]}                  | ${'live'}
  ${'one that came after the clock ticked'} | ${'live'}         | ${{ 'BTC-USD': later }}                     | ${[]}                  | ${'live'}
  ${'nothing yet'}                          | ${'live'}         | ${{}}                                       | ${[]}                  | ${'waiting'}
  ${'all silent'}                           | ${'live'}         | ${{ 'BTC-USD': old }}                       | ${[]}                  | ${'stale'}
  ${'all in a gap'}                         | ${'live'}         | ${{ 'BTC-USD': gapped }}                    | ${[]}                  | ${'stale'}
  ${'one of two is good'}                   | ${'live'}         | ${{ 'PM-rain-YES': fresh }}                 | ${[]}                  | ${'live'}
  ${'a closed market owes no price'}        | ${'live'}         | ${{ 'BTC-USD': fresh }}                     | ${['outcome']}         | ${'live'}
  ${'nor does it make the others live'}     | ${'live'}         | ${{ 'PM-rain-YES': fresh, 'BTC-USD': old }} | ${['outcome']}         | ${'stale'}
  ${'no market is open'}                    | ${'live'}         | ${{}}                                       | ${['outcome', 'spot']} | ${'live'}
`('$story', ({ status, seen, closed, said }) => {
  const listed = [btc, rain('yes')].map((one) => (closed.includes(one.kind) ? { ...one, status: 'closed' } : one));
  const quotes = (id: string) => (seen as Record<string, SeenQuote>)[id];
  expect(feedState(status, listed as never, quotes, NOW)).toBe(said);
});
