'use client';

import type { Instrument, Trade } from '../../lib/contract';
import { change, dateTime, dollarsText, priceText, qtyText, toneOf } from '../../lib/display';
import { type Naming, namingOf } from '../../lib/naming';
import { CLOSED_FOR } from '../../lib/order-text';
import { readUsd } from '../../lib/read-decimal';
import { ProblemNotice } from '../../parts/notice';
import { type Column, ScrollTable } from '../../parts/scroll-table';
import { Waiting } from '../../parts/waiting';
import { type Loaded, useReply } from '../../session/use-reply';

const NOTHING = { query: {} };
const NONE: readonly Instrument[] = [];

const COLUMNS: readonly Column[] = [
  'Time',
  { name: 'Side', kind: 'words' },
  { name: 'Instrument', kind: 'words' },
  'Quantity',
  'Price',
  { name: 'Liquidity', kind: 'words' },
  'Fee',
  'Realized',
];

type TradeTableProps = { readonly reply: Loaded<{ readonly trades: readonly Trade[] }> };

export function TradeTable({ reply }: TradeTableProps) {
  const listed = useReply('GET /instruments', NOTHING).reply;
  const naming = namingOf(listed.state === 'ok' ? listed.value.instruments : NONE);
  if (reply.state === 'loading') return <Waiting text="Loading the trades…" />;
  if (reply.state === 'problem') return <ProblemNotice problem={reply.problem} />;
  if (reply.value.trades.length === 0) return <p className="muted">Nothing was traded.</p>;
  return (
    <ScrollTable label="Table of trades" className="card" columns={COLUMNS}>
      {reply.value.trades.map((trade) => (
        <TradeRow key={trade.fillId} trade={trade} naming={naming} />
      ))}
    </ScrollTable>
  );
}

function TradeRow({ trade, naming }: { readonly trade: Trade; readonly naming: Naming }) {
  const { unit, tick } = naming(trade.instrument);
  const realized = readUsd(trade.realizedUsd);
  return (
    <tr>
      <th scope="row">{dateTime(trade.filledAt)}</th>
      <td className="words">
        {trade.side === 'buy' ? 'Buy' : 'Sell'}
        {trade.closedFor && <span className="muted"> · by the platform: {CLOSED_FOR[trade.closedFor]}</span>}
      </td>
      <td className="words">{unit}</td>
      <td>{qtyText(trade.qty)}</td>
      <td>{priceText(trade.price, tick)}</td>
      <td className="words">
        {trade.liquidity === 'maker' ? 'Maker' : 'Taker'}
        {trade.part > 1 && <span className="muted"> · part {trade.part}</span>}
      </td>
      <td>{dollarsText(trade.feeUsd)}</td>
      <td className={toneOf(realized)}>{realized === 0n ? '—' : change(realized)}</td>
    </tr>
  );
}
