import { dateTime, priceText, qtyText } from '../../lib/display';
import type { Evidence, EvidenceQuote } from '../../lib/evidence';
import { type Column, ScrollTable } from '../../parts/scroll-table';

const COLUMNS: readonly Column[] = [
  'Instrument',
  'Held',
  'Bid',
  'Ask',
  { name: 'Venue', kind: 'words' },
  'Sequence',
  'Received',
  'Venue’s proof',
];

/** The prices that were used, with what the venue numbered and signed them by. */
export const QuoteTable = ({ evidence: { account, quotes } }: { readonly evidence: Evidence }) => (
  <section aria-labelledby="quotes">
    <h2 id="quotes">The prices it was decided at</h2>
    <ScrollTable
      label="Prices of the verdict"
      className="card"
      caption="A long position is worth the bid, a short one the ask."
      columns={COLUMNS}
    >
      {quotes.map((quote) => (
        <QuoteRow
          key={quote.instrument}
          quote={quote}
          held={account.positions.find(({ instrument }) => instrument === quote.instrument)?.qty ?? '0'}
        />
      ))}
    </ScrollTable>
  </section>
);

function QuoteRow({ quote, held }: { readonly quote: EvidenceQuote; readonly held: string }) {
  const { instrument, venue, sequence, venueProof, receivedAt, bid, ask } = quote;
  return (
    <tr>
      <th scope="row">{instrument}</th>
      <td>{qtyText(held)}</td>
      <td>{bid === null ? '—' : priceText(bid, bid)}</td>
      <td>{ask === null ? '—' : priceText(ask, ask)}</td>
      <td className="words">{venue}</td>
      <td>{sequence}</td>
      <td>{dateTime(receivedAt)}</td>
      <td>
        <code>{venueProof}</code>
      </td>
    </tr>
  );
}
