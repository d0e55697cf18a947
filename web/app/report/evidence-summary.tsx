import type { Problem } from '../../../contracts/http/problem';
import { dateTime, dollarsText, priceText, qtyText } from '../../lib/display';
import { RULE_NAMES } from '../../lib/rules';
import { ProblemNotice } from '../../parts/notice';
import { ScrollTable } from '../../parts/scroll-table';
import type { Evidence } from './evidence';

type EvidenceSummaryProps = { readonly evidence: Evidence | undefined; readonly problem: Problem | undefined };

/** What the verdict was decided from: the arithmetic of each rule, the positions, and the prices with their proof. */
export const EvidenceSummary = ({ evidence, problem }: EvidenceSummaryProps) => (
  <section aria-labelledby="evidence">
    <h2 id="evidence">Evidence</h2>
    {problem && <ProblemNotice problem={problem} />}
    {evidence && (
      <div className="card evidence">
        <p>
          Decided at {dateTime(evidence.at)} on version {evidence.accountVersion} of the account, with equity of{' '}
          {dollarsText(evidence.judgement.equityUsd)}.
        </p>
        <RoomTable judgement={evidence.judgement} />
        <PriceTable evidence={evidence} />
      </div>
    )}
  </section>
);

const RoomTable = ({ judgement }: { readonly judgement: Evidence['judgement'] }) => (
  <ScrollTable label="Rules at the verdict">
    <caption>Rules at that moment</caption>
    <thead>
      <tr>
        <th scope="col">Rule</th>
        <th scope="col">Limit</th>
        <th scope="col">Used</th>
        <th scope="col">Room</th>
      </tr>
    </thead>
    <tbody>
      {judgement.rooms.map(({ rule, limitUsd, usedUsd, roomUsd }) => (
        <tr key={rule} className={rule === judgement.brokenRule ? 'row-broken' : undefined}>
          <th scope="row">
            {RULE_NAMES[rule]}
            {rule === judgement.brokenRule && <strong> · broken</strong>}
          </th>
          <td>{dollarsText(limitUsd)}</td>
          <td>{dollarsText(usedUsd)}</td>
          <td>{dollarsText(roomUsd)}</td>
        </tr>
      ))}
    </tbody>
  </ScrollTable>
);

const PriceTable = ({ evidence: { account, quotes } }: { readonly evidence: Evidence }) => (
  <ScrollTable label="Prices of the verdict">
    <caption>Positions and the prices they were judged at</caption>
    <thead>
      <tr>
        <th scope="col">Instrument</th>
        <th scope="col">Held</th>
        <th scope="col">Bid</th>
        <th scope="col">Ask</th>
        <th scope="col" className="words">
          Venue
        </th>
        <th scope="col">Sequence</th>
        <th scope="col">Venue’s proof</th>
      </tr>
    </thead>
    <tbody>
      {quotes.map(({ instrument, venue, sequence, venueProof, bid, ask }) => (
        <tr key={instrument}>
          <th scope="row">{instrument}</th>
          <td>{qtyText(account.positions.find((held) => held.instrument === instrument)?.qty ?? '0')}</td>
          <td>{priceText(bid, bid)}</td>
          <td>{priceText(ask, ask)}</td>
          <td className="words">{venue}</td>
          <td>{sequence}</td>
          <td>
            <code>{venueProof}</code>
          </td>
        </tr>
      ))}
    </tbody>
  </ScrollTable>
);
