import { type Line, MergedBook } from '../../../../adapters/venues/doubled/merged-book';
import { idOf } from '../../../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../../../domain/kernel/instant';
import type { ListedBook } from '../../../../domain/market/mark';

const BEGUN = instant(1_795_428_000_000);

/**
 * What two lines say, one after the other: `A3` is the first one's good book with the mark 3, `B-` the second one's that
 * was lost, `A~` its sign of life; `+6s` is time that goes by. The answer is what is told, with a `~` where only that it
 * holds.
 */
function told(script: string): string {
  let now: Instant = BEGUN;
  const said: string[] = [];
  const sequences: number[] = [];
  const book = new MergedBook({
    now: () => now,
    onBook: ({ venueProof, sequence }) => {
      said.push(venueProof);
      sequences.push(sequence);
    },
    onHeld: ({ venueProof }) => void said.push(`${venueProof}~`),
  });
  const last = new Map<Line, ListedBook>();
  for (const word of script.split(' ')) {
    const seconds = /^\+(\d+)s$/.exec(word)?.[1];
    now = plusMs(now, seconds === undefined ? 1 : Number(seconds) * 1_000);
    if (seconds !== undefined) continue;
    const line: Line = word.startsWith('A') ? 0 : 1;
    const before = last.get(line);
    const what = word.slice(1);
    if (what === '~' && before) {
      last.set(line, { ...before, venueAt: now });
      book.hold(line, { ...before, venueAt: now });
      continue;
    }
    const next: ListedBook = {
      instrument: idOf('BTC-USD'),
      venue: 'kraken',
      sequence: 1,
      venueProof: word,
      venueAt: now,
      receivedAt: now,
      quality: what === '-' ? 'gapped' : 'good',
      bids: [],
      asks: [],
    };
    last.set(line, next);
    book.take(line, next, what === '-' ? undefined : Number(what));
  }
  expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
  const isBehind = ([0, 1] as const).filter((line) => book.behindMs(line) >= 3_000).map((line) => 'AB'[line]);
  return [...said, ...isBehind.map((line) => `${line} stalls`)].join(' ');
}

/** Goal: whichever is ahead is told, nothing that was no more, and a loss only where both have lost. */
test.each`
  story                                                      | script                         | answer
  ${'a state of both is told once'}                          | ${'A1 B1 B2 A2 A3 B3'}         | ${'A1 B2 A3'}
  ${'whichever is ahead leads'}                              | ${'A1 B1 B2 B3 A2 A3 A4'}      | ${'A1 B2 B3 A4'}
  ${'what comes late is not told'}                           | ${'A5 B1 B2 B3'}               | ${'A5'}
  ${'one is lost, and nobody hears of it'}                   | ${'A1 B1 A- B2 A3'}            | ${'A1 B2 A3'}
  ${'the other is behind, and does not lead back'}           | ${'A5 B3 A- B4 B5 B6'}         | ${'A5 B5 B6'}
  ${'one that does not lead is lost'}                        | ${'A1 B1 B- A2'}               | ${'A1 A2'}
  ${'both are lost'}                                         | ${'A1 B1 A- B- B2'}            | ${'A1 B- B2'}
  ${'both are lost, and who comes back is behind'}           | ${'A5 B3 A- B- B4 B5'}         | ${'A5 B- B5'}
  ${'a count that begins anew is believed after a while'}    | ${'A5 A- B1 +6s B2'}           | ${'A5 A- B2'}
  ${'the leader alone tells the same again'}                 | ${'A1 B1 B1 A1'}               | ${'A1 A1'}
  ${'who took over tells the same again, so it stays new'}   | ${'A1 B1 A- B1'}               | ${'A1 B1'}
  ${'either says that it holds'}                             | ${'A1 B1 A~ B~'}               | ${'A1 A1~ A1~'}
  ${'one that is behind says nothing of what was told'}      | ${'A2 B1 B~'}                  | ${'A2'}
  ${'one stands still'}                                      | ${'A1 B1 A2 +3s A3'}           | ${'A1 A2 A3 B stalls'}
  ${'one is behind again and again, and never for long'}     | ${'A1 B1 A2 +2s B2 A3 +2s B3'} | ${'A1 A2 A3'}
  ${'one that has lost its book is not said to stand still'} | ${'A1 B1 B- A2 +9s A3'}        | ${'A1 A2 A3'}
`('$story', ({ script, answer }: { script: string; answer: string }) => {
  expect(told(script)).toBe(answer);
});
