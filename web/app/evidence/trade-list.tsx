'use client';

import { useMemo } from 'react';
import type { CompletedTrade } from '../../lib/contract';
import { change, dateTime, priceText, qtyText, toneOf } from '../../lib/display';
import { type Evidence, figureText } from '../../lib/evidence';
import { CLOSED_FOR } from '../../lib/order-text';
import { readUsd } from '../../lib/read-decimal';
import { ProblemNotice } from '../../parts/notice';
import { ScrollTable } from '../../parts/scroll-table';
import { Waiting } from '../../parts/waiting';
import { useReply } from '../../session/use-reply';

type TradeListProps = { readonly assessmentId: string; readonly evidence: Evidence };

/** The trades that were complete when the verdict fell, each with the fills that its result follows from. */
export function TradeList({ assessmentId, evidence }: TradeListProps) {
  const given = useMemo(() => ({ params: { assessmentId } }), [assessmentId]);
  const { reply } = useReply('GET /assessments/{assessmentId}/evidence/trades', given);
  return (
    <section aria-labelledby="trades">
      <h2 id="trades">The trades behind it</h2>
      {reply.state === 'loading' && <Waiting text="Loading the trades…" />}
      {reply.state === 'problem' && <ProblemNotice problem={reply.problem} />}
      {reply.state === 'ok' && reply.value.trades.length === 0 && (
        <p className="muted">No trade was complete at that moment.</p>
      )}
      {reply.state === 'ok' && reply.value.trades.length > 0 && (
        <>
          <p className="fine">
            Complete at that moment, the latest first. What its fills moved in cash is what a trade realized; less their
            fees it is what it made. Amounts are in dollars, exact to the millionth.
          </p>
          {reply.value.trades.map((trade) => (
            <Trade key={`${trade.instrument} ${trade.openedAt} ${trade.closedAt}`} trade={trade} evidence={evidence} />
          ))}
        </>
      )}
    </section>
  );
}

/** Whether the limit of a single position was met by this one, closed. */
const isDecisive = ({ netUsd }: CompletedTrade, { judgement: { brokenRule, rooms } }: Evidence): boolean => {
  const room = brokenRule === 'risk_per_trade' ? rooms.find(({ rule }) => rule === brokenRule) : undefined;
  return room !== undefined && readUsd(room.usedUsd) === -readUsd(netUsd);
};

function Trade({ trade, evidence }: { readonly trade: CompletedTrade; readonly evidence: Evidence }) {
  const { instrument, direction, qty, entryPrice, exitPrice, realizedUsd, feesUsd, netUsd, closedFor, moves } = trade;
  const decides = isDecisive(trade, evidence);
  return (
    <details className="card evidence-trade" open={decides}>
      <summary>
        {direction === 'long' ? 'Long' : 'Short'} {qtyText(qty)} {instrument}, {priceText(entryPrice, '0.01')} to{' '}
        {priceText(exitPrice, '0.01')}: <strong className={toneOf(readUsd(netUsd))}>{change(readUsd(netUsd))}</strong>
        {decides && <strong className="loss"> · broke the rule</strong>}
        {closedFor && <span className="muted"> · closed by the platform: {CLOSED_FOR[closedFor]}</span>}
      </summary>
      <ScrollTable
        label={`Fills of the trade in ${instrument}`}
        caption={`Cash ${figureText(realizedUsd)}, less fees of ${figureText(feesUsd)}, made ${figureText(netUsd)}.`}
        columns={['When', 'Side', 'Quantity', 'Cash', 'Fee']}
      >
        {moves.map(({ side, qty: amount, cashUsd, feeUsd, filledAt }, nth) => (
          // Two fills may be alike in everything: their place tells them apart.
          <tr key={`${nth + 1} ${filledAt}`}>
            <th scope="row">{dateTime(filledAt)}</th>
            <td>{side === 'buy' ? 'Buy' : 'Sell'}</td>
            <td>{qtyText(amount)}</td>
            <td>{figureText(cashUsd)}</td>
            <td>{figureText(feeUsd)}</td>
          </tr>
        ))}
      </ScrollTable>
    </details>
  );
}
