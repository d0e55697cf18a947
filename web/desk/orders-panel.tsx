'use client';

import { useEffect, useRef, useState } from 'react';
import type { Instrument, Order } from '../lib/contract';
import { priceText, qtyText } from '../lib/display';
import { type Naming, namingOf } from '../lib/naming';
import { lifeText, sideText, termsText, triggerPrice } from '../lib/order-text';
import { readQty } from '../lib/read-decimal';
import { AmendForm } from './amend-form';
import { CommandPanel, CommandRow, isOff } from './command-panel';
import type { Orders } from './use-orders';

type OrdersPanelProps = {
  readonly accountId: string;
  readonly working: readonly Order[];
  readonly instruments: readonly Instrument[];
  readonly orders: Orders;
  /** The platform's time. */
  readonly clock: () => number;
  readonly isClosed: boolean;
};

const COLUMNS = ['Order', 'Quantity', 'Filled', 'Works'] as const;

/** Which order is being changed, and which was: its button gets the keyboard back. */
type Amending = { readonly orderId: string | undefined; readonly left: string | undefined };

/** The orders that work: each can be changed where it stands, or cancelled. */
export function OrdersPanel({ accountId, working, instruments, orders, clock, isClosed }: OrdersPanelProps) {
  const [{ orderId: amending, left }, setAmending] = useState<Amending>({ orderId: undefined, left: undefined });
  const naming = namingOf(instruments);
  const rowOf = (order: Order) => {
    const { orderId } = order;
    if (amending !== orderId) {
      const amend = () => {
        orders.clear();
        setAmending({ orderId, left: undefined });
      };
      return (
        <OrderRow
          key={orderId}
          order={order}
          naming={naming}
          isOff={isOff({ orders, isClosed })}
          isLeft={left === orderId}
          onAmend={amend}
          onCancel={() => orders.send({ kind: 'cancel', orderId })}
        />
      );
    }
    return (
      <tr key={orderId} className="order-amending">
        <td colSpan={COLUMNS.length + 1}>
          <AmendForm
            accountId={accountId}
            order={order}
            instrument={instruments.find(({ id }) => id === order.instrument)}
            naming={naming}
            orders={orders}
            clock={clock}
            onClose={() => setAmending({ orderId: undefined, left: orderId })}
          />
        </td>
      </tr>
    );
  };
  return (
    <CommandPanel
      name="Open orders"
      className="orders"
      columns={COLUMNS}
      empty="No order is waiting."
      all={{ text: 'Cancel all', command: { kind: 'cancel-all' } }}
      kinds={['cancel', 'cancel-all']}
      orders={orders}
      isClosed={isClosed}
      instruments={instruments}
      rows={working.map(rowOf)}
    />
  );
}

type OrderRowProps = {
  readonly order: Order;
  readonly naming: Naming;
  readonly isOff: boolean;
  readonly isLeft: boolean;
  readonly onAmend: () => void;
  readonly onCancel: () => void;
};

function OrderRow({ order, naming, isOff, isLeft, onAmend, onCancel }: OrderRowProps) {
  const { unit, tick } = naming(order.instrument);
  const what = `${sideText(order.side)} ${unit}`;
  const change = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isLeft) change.current?.focus();
  }, [isLeft]);
  return (
    <CommandRow
      columns={COLUMNS}
      head={
        <>
          <span className={order.side === 'buy' ? 'gain' : 'loss'}>{sideText(order.side)}</span> {unit}
          <span className="cell-note">
            {termsText(order.terms, tick)}
            {notesOf(order, tick)}
          </span>
        </>
      }
      cells={[
        { shown: qtyText(order.qty) },
        { shown: readQty(order.filledQty) === 0n ? '—' : qtyText(order.filledQty) },
        { shown: lifeText(order.terms) },
      ]}
    >
      <button type="button" className="button button-small" ref={change} disabled={isOff} onClick={onAmend}>
        Change<span className="hidden"> order: {what}</span>
      </button>
      <button type="button" className="button button-small" disabled={isOff} onClick={onCancel}>
        Cancel<span className="hidden"> order: {what}</span>
      </button>
    </CommandRow>
  );
}

/** What else there is to know of an order, in a few words. */
function notesOf(order: Order, tick: string): string {
  const { reduceOnly, attached, triggeredAt, entryId, terms } = order;
  const trigger = terms.type === 'trailing_stop' ? triggerPrice(order) : undefined;
  const notes = [
    trigger !== undefined && `now at ${priceText(trigger, tick)}`,
    entryId !== null && 'exit of an entry',
    reduceOnly && entryId === null && 'reduce only',
    triggeredAt !== null && 'stop reached',
    attached?.takeProfit && `take profit ${priceText(attached.takeProfit, tick)}`,
    attached?.stopLoss && `stop loss ${priceText(attached.stopLoss, tick)}`,
  ];
  return notes
    .filter((note) => typeof note === 'string')
    .map((note) => ` · ${note}`)
    .join('');
}
