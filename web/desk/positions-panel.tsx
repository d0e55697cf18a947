'use client';

import { formatDecimal } from '../../domain/kernel/decimal';
import { PRICE_SCALE } from '../../domain/kernel/money';
import type { Instrument, Mark, Position } from '../lib/contract';
import { change, dollars, priceText, qtyText, toneOf } from '../lib/display';
import { namingOf } from '../lib/naming';
import { followsText, isGrave, wayOutText } from '../lib/outlook';
import type { QuoteBoard } from '../lib/quotes';
import { readQty, readUsd } from '../lib/read-decimal';
import { entryPrice, exitPrice, wayOutOf } from '../lib/standing';
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
  /** What the risk-engine says that getting out comes to. */
  readonly mark: Mark | undefined;
};

const COLUMNS = ['Instrument', 'Quantity', 'Entry', 'Exit now', 'Break-even', 'If closed now'] as const;

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
    note={rest.mark && positions.length > 1 && <AllOut way={rest.mark.waysOut.all} />}
    rows={positions.map((position) => <PositionRow key={position.instrument} position={position} {...rest} />)}
  />
);

type PositionRowProps = Omit<PositionsPanelProps, 'positions'> & { readonly position: Position };

const AllOut = ({ way }: { readonly way: Mark['waysOut']['all'] }) => (
  <p className="fine">
    All closed now: {wayOutText(way)}. {isGrave(way) && <strong className="loss">{followsText(way)}</strong>}
  </p>
);

/** Longs are worth the bid and shorts the ask; what a trade would have made counts every fee, the last one too. */
function PositionRow({ position, instruments, board, orders, isClosed, mark }: PositionRowProps) {
  const seen = useQuote(board, position.instrument);
  const state = usePriceState(seen);
  const { unit, tick } = namingOf(instruments)(position.instrument);
  const isLong = readQty(position.qty) > 0n;
  const exit = exitPrice(position, board.get);
  const way = wayOutOf(mark, position.instrument);
  const net = way && readUsd(way.netUsd);
  const result = (
    <>
      {net === undefined ? '—' : change(net)}
      <span className="cell-note">
        fees {dollars(readUsd(position.feesUsd))} paid{way && `, ${dollars(readUsd(way.feeUsd))} to get out`}
      </span>
      {way && isGrave(way) && <strong className="cell-note loss">{followsText(way)}</strong>}
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
        { shown: priceText(formatDecimal(entryPrice(position), PRICE_SCALE), tick) },
        { shown: exit === undefined ? '—' : priceText(exit, tick) },
        { shown: way?.breakEvenPrice ? priceText(way.breakEvenPrice, tick) : '—' },
        { shown: result, className: net === undefined ? undefined : toneOf(net) },
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
