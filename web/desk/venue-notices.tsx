import type { Instrument, Position } from '../lib/contract';
import type { QuoteBoard } from '../lib/quotes';
import { type Primary, venueNotices } from '../lib/venues';
import { Notice } from '../parts/notice';

type VenueNoticesProps = {
  readonly instruments: readonly Instrument[];
  readonly selected: Instrument;
  readonly positions: readonly Position[];
  readonly board: QuoteBoard;
  readonly primary: Primary;
};

/** Says which coins of those that are held, or looked at, nobody can trade now, or not at the account's own venue. */
export function VenueNotices({ instruments, selected, positions, board, primary }: VenueNoticesProps) {
  const held = new Set<string>(positions.map(({ instrument }) => instrument));
  const words = instruments
    .filter(({ id }) => id === selected.id || held.has(id))
    .flatMap((instrument) => {
      const seen = board.get(instrument.id);
      return seen ? venueNotices(instrument, seen.quote, primary) : [];
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
