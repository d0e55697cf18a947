import type { Instrument, Position } from '../lib/contract';
import { doubtWords } from '../lib/doubts';
import type { QuoteBoard } from '../lib/quotes';
import { Notice } from '../parts/notice';

type DoubtNoticesProps = {
  readonly instruments: readonly Instrument[];
  readonly selected: Instrument;
  readonly positions: readonly Position[];
  readonly board: QuoteBoard;
};

/** Says which prices of what is held, or looked at, fill and judge nothing at the moment, why, and since when. */
export function DoubtNotices({ instruments, selected, positions, board }: DoubtNoticesProps) {
  const held = new Set<string>(positions.map(({ instrument }) => instrument));
  const words = instruments
    .filter(({ id }) => id === selected.id || held.has(id))
    .flatMap((instrument) => {
      const seen = board.get(instrument.id);
      return seen ? doubtWords(instrument, seen.quote) : [];
    });
  return (
    <div className="desk-notices" aria-live="polite">
      {words.map(({ title, text }) => (
        <Notice key={title} tone="warn" title={title}>
          <p>{text}</p>
        </Notice>
      ))}
    </div>
  );
}
