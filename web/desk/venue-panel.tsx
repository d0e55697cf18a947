'use client';

import type { Instrument } from '../lib/contract';
import { priceText } from '../lib/display';
import type { QuoteBoard } from '../lib/quotes';
import { type Primary, type VenueLine, venueLines } from '../lib/venues';
import { useQuote } from './use-quote';

type VenuePanelProps = {
  readonly instrument: Instrument;
  readonly board: QuoteBoard;
  readonly primary: Primary;
};

/** What a coin is marked at, and what each venue says to it; of an outcome, which has one venue, nothing. */
export function VenuePanel({ instrument, board, primary }: VenuePanelProps) {
  const seen = useQuote(board, instrument.id);
  const lines = seen ? venueLines(seen.quote) : [];
  if (!seen || lines.length === 0) return null;
  const { bid, ask } = seen.quote;
  const tick = instrument.priceTick;
  return (
    <section className="panel venues" aria-label="Venues">
      <h2>Venues</h2>
      <table>
        <caption className="hidden">What each venue shows, and the mark that they make together</caption>
        <thead>
          <tr>
            <th scope="col" className="words">
              Venue
            </th>
            <th scope="col">Bid</th>
            <th scope="col">Ask</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <VenueRow key={line.venue} line={line} tick={tick} isOwn={line.venue === primary} />
          ))}
        </tbody>
        <tfoot>
          <tr className="venues-mark">
            <th scope="row">Mark</th>
            <td>{bid ? priceText(bid[0], tick) : '—'}</td>
            <td>{ask ? priceText(ask[0], tick) : '—'}</td>
          </tr>
        </tfoot>
      </table>
      <p className="fine">Positions are valued and stops triggered by the mark. Two venues have to agree on it.</p>
    </section>
  );
}

type VenueRowProps = { readonly line: VenueLine; readonly tick: string; readonly isOwn: boolean };

function VenueRow({ line: { name, bid, ask, isInTethers, why }, tick, isOwn }: VenueRowProps) {
  const note = [isOwn ? 'fills your orders' : '', isInTethers ? 'in USDT' : ''].filter(Boolean).join(', ');
  const shown = (text: string | null) => (text === null ? '—' : priceText(text, tick));
  return (
    <>
      <tr className={why === undefined ? undefined : 'venues-out'}>
        <th scope="row" rowSpan={why === undefined ? 1 : 2}>
          {name} {note !== '' && <span className="muted">{note}</span>}
        </th>
        <td>{shown(bid)}</td>
        <td>{shown(ask)}</td>
      </tr>
      {why !== undefined && (
        <tr className="venues-why">
          <td colSpan={2}>Left out: {why}</td>
        </tr>
      )}
    </>
  );
}
