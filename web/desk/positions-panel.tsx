'use client';

import type { Instrument, Position } from '../lib/contract';
import { PRICE_SCALE, readQty, readUsd, writeDecimal } from '../lib/decimal';
import { change, dollars, priceText, qtyText, toneOf } from '../lib/display';
import { namingOf } from '../lib/naming';
import type { QuoteBoard } from '../lib/quotes';
import { entryPrice, exitPrice, unrealized } from '../lib/standing';
import { ScrollTable } from '../parts/scroll-table';
import { CommandOutcome } from './command-outcome';
import { PriceBadge } from './price-badge';
import type { Orders } from './use-orders';
import { usePriceState, useQuote } from './use-quote';

type PositionsPanelProps = {
  readonly positions: readonly Position[];
  readonly instruments: readonly Instrument[];
  readonly board: QuoteBoard;
  readonly orders: Orders;
  readonly isClosed: boolean;
};

const COLUMNS = ['Instrument', 'Quantity', 'Entry', 'Exit now', 'Unrealized'] as const;

export function PositionsPanel({ positions, ...rest }: PositionsPanelProps) {
  const { orders, instruments, isClosed } = rest;
  return (
    <section className="panel positions" aria-label="Positions">
      <div className="panel-head">
        <h2>Positions</h2>
        {positions.length > 0 && (
          <button
            type="button"
            className="button button-small"
            disabled={isClosed || orders.outcome.kind === 'sending'}
            onClick={() => orders.send({ kind: 'close-all' })}
          >
            Close all and cancel orders
          </button>
        )}
      </div>
      {positions.length === 0 ? (
        <p className="muted empty-line">No open position.</p>
      ) : (
        <ScrollTable label="Table of positions">
          <thead>
            <tr>
              {COLUMNS.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col">
                <span className="hidden">Action</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {positions.map((position) => (
              <PositionRow key={position.instrument} position={position} {...rest} />
            ))}
          </tbody>
        </ScrollTable>
      )}
      <CommandOutcome outcome={orders.outcome} kinds={['close', 'close-all']} instruments={instruments} />
    </section>
  );
}

type PositionRowProps = Omit<PositionsPanelProps, 'positions'> & { readonly position: Position };

/** Longs are worth the bid and shorts the ask: what closing now would bring. */
function PositionRow({ position, instruments, board, orders, isClosed }: PositionRowProps) {
  const seen = useQuote(board, position.instrument);
  const state = usePriceState(seen);
  const { unit, tick } = namingOf(instruments)(position.instrument);
  const isLong = readQty(position.qty) > 0n;
  const exit = exitPrice(position, board.get);
  const gain = unrealized(position, board.get);
  return (
    <tr>
      <th scope="row">
        {unit} <span className={`way way-${isLong ? 'long' : 'short'}`}>{isLong ? 'Long' : 'Short'}</span>
        <PriceBadge state={state} />
      </th>
      <td>{qtyText(position.qty)}</td>
      <td>{priceText(writeDecimal(entryPrice(position), PRICE_SCALE), tick)}</td>
      <td>{exit === undefined ? '—' : priceText(exit, tick)}</td>
      <td className={gain === undefined ? undefined : toneOf(gain)}>
        {gain === undefined ? '—' : change(gain)}
        <span className="cell-note">fees {dollars(readUsd(position.feesUsd))}</span>
      </td>
      <td>
        <button
          type="button"
          className="button button-small"
          disabled={isClosed || orders.outcome.kind === 'sending'}
          onClick={() => orders.send({ kind: 'close', instrument: position.instrument })}
        >
          Close<span className="hidden"> position in {unit}</span>
        </button>
      </td>
    </tr>
  );
}
