'use client';

import { useState } from 'react';
import type { Instrument, Order } from '../lib/contract';
import { readQty } from '../lib/decimal';
import { priceText, qtyText } from '../lib/display';
import { type Naming, namingOf } from '../lib/naming';
import { lifeText, sideText, termsText } from '../lib/order-text';
import { ScrollTable } from '../parts/scroll-table';
import { AmendForm } from './amend-form';
import { CommandOutcome } from './command-outcome';
import type { Orders } from './use-orders';

type OrdersPanelProps = {
  readonly working: readonly Order[];
  readonly instruments: readonly Instrument[];
  readonly orders: Orders;
  readonly isClosed: boolean;
};

const COLUMNS = ['Order', 'Quantity', 'Filled', 'Works'] as const;

/** The orders that work: each can be changed where it stands, or cancelled. */
export function OrdersPanel({ working, instruments, orders, isClosed }: OrdersPanelProps) {
  const [amending, setAmending] = useState<string>();
  const naming = namingOf(instruments);
  const isOff = isClosed || orders.outcome.kind === 'sending';
  return (
    <section className="panel orders" aria-label="Open orders">
      <div className="panel-head">
        <h2>Open orders</h2>
        {working.length > 0 && (
          <button
            type="button"
            className="button button-small"
            disabled={isOff}
            onClick={() => orders.send({ kind: 'cancel-all' })}
          >
            Cancel all
          </button>
        )}
      </div>
      {working.length === 0 ? (
        <p className="muted empty-line">No order is waiting.</p>
      ) : (
        <ScrollTable label="Table of open orders">
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
            {working.map((order) =>
              amending === order.orderId ? (
                <tr key={order.orderId} className="order-amending">
                  <td colSpan={COLUMNS.length + 1}>
                    <AmendForm
                      order={order}
                      instrument={instruments.find(({ id }) => id === order.instrument)}
                      naming={naming}
                      orders={orders}
                      onClose={() => setAmending(undefined)}
                    />
                  </td>
                </tr>
              ) : (
                <OrderRow
                  key={order.orderId}
                  order={order}
                  naming={naming}
                  isOff={isOff}
                  onAmend={() => {
                    orders.clear();
                    setAmending(order.orderId);
                  }}
                  onCancel={() => orders.send({ kind: 'cancel', orderId: order.orderId })}
                />
              ),
            )}
          </tbody>
        </ScrollTable>
      )}
      <CommandOutcome outcome={orders.outcome} kinds={['cancel', 'cancel-all']} instruments={instruments} />
    </section>
  );
}

type OrderRowProps = {
  readonly order: Order;
  readonly naming: Naming;
  readonly isOff: boolean;
  readonly onAmend: () => void;
  readonly onCancel: () => void;
};

function OrderRow({ order, naming, isOff, onAmend, onCancel }: OrderRowProps) {
  const { unit, tick } = naming(order.instrument);
  const what = `${sideText(order.side)} ${unit}`;
  return (
    <tr>
      <th scope="row">
        <span className={order.side === 'buy' ? 'gain' : 'loss'}>{sideText(order.side)}</span> {unit}
        <span className="cell-note">
          {termsText(order.terms, tick)}
          {notesOf(order, tick)}
        </span>
      </th>
      <td>{qtyText(order.qty)}</td>
      <td>{readQty(order.filledQty) === 0n ? '—' : qtyText(order.filledQty)}</td>
      <td>{lifeText(order.terms)}</td>
      <td className="row-actions">
        <button type="button" className="button button-small" disabled={isOff} onClick={onAmend}>
          Change<span className="hidden"> order: {what}</span>
        </button>
        <button type="button" className="button button-small" disabled={isOff} onClick={onCancel}>
          Cancel<span className="hidden"> order: {what}</span>
        </button>
      </td>
    </tr>
  );
}

/** What else there is to know of an order, in a few words. */
function notesOf({ reduceOnly, attached, triggeredAt, entryId }: Order, tick: string): string {
  const notes = [
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
