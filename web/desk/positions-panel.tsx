'use client';

import type { Instrument, Position } from '../lib/contract';
import { PRICE_SCALE, readQty, readUsd, writeDecimal } from '../lib/decimal';
import { change, dollars, priceText, qtyText, toneOf } from '../lib/display';
import { namingOf } from '../lib/naming';
import type { QuoteBoard } from '../lib/quotes';
import { entryPrice, exitPrice, unrealized } from '../lib/standing';
import { CommandPanel, CommandRow, isOff } from './command-panel';
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

export const PositionsPanel = ({ positions, ...rest }: PositionsPanelProps) => (
  <CommandPanel
    name="Positions"
    className="positions"
    columns={COLUMNS}
    empty="No open position."
    all={{ text: 'Close all and cancel orders', command: { kind: 'close-all' } }}
    kinds={['close', 'close-all']}
    orders={rest.orders}
    isClosed={rest.isClosed}
    instruments={rest.instruments}
    rows={positions.map((position) => <PositionRow key={position.instrument} position={position} {...rest} />)}
  />
);

type PositionRowProps = Omit<PositionsPanelProps, 'positions'> & { readonly position: Position };

/** Longs are worth the bid and shorts the ask: what closing now would bring. */
function PositionRow({ position, instruments, board, orders, isClosed }: PositionRowProps) {
  const seen = useQuote(board, position.instrument);
  const state = usePriceState(seen);
  const { unit, tick } = namingOf(instruments)(position.instrument);
  const isLong = readQty(position.qty) > 0n;
  const exit = exitPrice(position, board.get);
  const gain = unrealized(position, board.get);
  const gained = (
    <>
      {gain === undefined ? '—' : change(gain)}
      <span className="cell-note">fees {dollars(readUsd(position.feesUsd))}</span>
    </>
  );
  return (
    <CommandRow
      columns={COLUMNS}
      head={
        <>
          {unit} <span className={`way way-${isLong ? 'long' : 'short'}`}>{isLong ? 'Long' : 'Short'}</span>
          <PriceBadge instrument={instruments.find(({ id }) => id === position.instrument)} state={state} />
        </>
      }
      cells={[
        { shown: qtyText(position.qty) },
        { shown: priceText(writeDecimal(entryPrice(position), PRICE_SCALE), tick) },
        { shown: exit === undefined ? '—' : priceText(exit, tick) },
        { shown: gained, className: gain === undefined ? undefined : toneOf(gain) },
      ]}
    >
      <button
        type="button"
        className="button button-small"
        disabled={isOff({ orders, isClosed })}
        onClick={() => orders.send({ kind: 'close', instrument: position.instrument })}
      >
        Close<span className="hidden"> position in {unit}</span>
      </button>
    </CommandRow>
  );
}
