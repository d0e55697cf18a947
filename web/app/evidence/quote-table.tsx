import { dateTime, priceText, qtyText } from '../../lib/display';
import type { Evidence, EvidenceLast, EvidenceQuote } from '../../lib/evidence';
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

/** A price, or that there was none, and the last good one. */
const sideText = (price: string | null, last: EvidenceLast | null): string => {
  if (price !== null) return priceText(price, price);
  return last ? `none since ${priceText(last.price, last.price)}, ${dateTime(last.receivedAt)}` : '—';
};

function QuoteRow({ quote, held }: { readonly quote: EvidenceQuote; readonly held: string }) {
  const { instrument, venue, sequence, venueProof, receivedAt, bid, ask, lastBid, lastAsk } = quote;
  return (
    <tr>
      <th scope="row">{instrument}</th>
      <td>{qtyText(held)}</td>
      <td>{sideText(bid, lastBid)}</td>
      <td>{sideText(ask, lastAsk)}</td>
      <td className="words">{venue}</td>
      <td>{sequence}</td>
      <td>{dateTime(receivedAt)}</td>
      <td>
        <code>{venueProof}</code>
      </td>
    </tr>
  );
}
