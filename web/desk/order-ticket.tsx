'use client';

import { useEffect, useId, useState } from 'react';
import { ruleOf } from '../lib/answer';
import type { Instrument, Position } from '../lib/contract';
import { notional, parseDecimal, QTY_SCALE, readPrice, readQty } from '../lib/decimal';
import { dollars, priceText, qtyText } from '../lib/display';
import { unitOf } from '../lib/naming';
import { siblingOf } from '../lib/outcomes';
import type { QuoteBoard, SeenQuote } from '../lib/quotes';
import { qtyFault, type Side, stepQty } from '../lib/ticket';
import { OrderOutcome } from './order-outcome';
import { PriceBadge } from './price-badge';
import type { Orders } from './use-orders';
import { usePriceState, useQuote } from './use-quote';

type OrderTicketProps = {
  readonly instrument: Instrument;
  readonly instruments: readonly Instrument[];
  readonly board: QuoteBoard;
  readonly orders: Orders;
  readonly held: Position | undefined;
  readonly isClosed: boolean;
  readonly onSelect: (instrument: Instrument) => void;
};

export function OrderTicket(props: OrderTicketProps) {
  const { instrument, instruments, board, orders, held, isClosed, onSelect } = props;
  const [qty, setQty] = useState('');
  const [fault, setFault] = useState<string>();
  const seen = useQuote(board, instrument.id);
  const state = usePriceState(seen);
  const { outcome } = orders;
  const refused =
    outcome.kind === 'refused' && outcome.order.instrument === instrument.id ? outcome.problem : undefined;
  useEffect(() => {
    if (instrument.id) setFault(undefined);
  }, [instrument.id]);
  const send = (side: Side) => {
    const broken = qtyFault(qty, instrument);
    setFault(broken);
    if (broken === undefined) orders.place({ instrument: instrument.id, side, qty: qty.trim() });
  };
  const change = (text: string) => {
    setQty(text);
    setFault(undefined);
    if (outcome.kind !== 'sending') orders.clear();
  };
  const isOff = isClosed || outcome.kind === 'sending' || instrument.status !== 'open';
  return (
    <section className="panel ticket" aria-label="Order ticket">
      <h2>
        {unitOf(instrument)} <PriceBadge state={state} />
      </h2>
      <OutcomeChoice instrument={instrument} instruments={instruments} onSelect={onSelect} />
      <QtyField qty={qty} fault={fault ?? ruleOf(refused, 'qty')} instrument={instrument} onChange={change} />
      <Estimate qty={qty} seen={seen} />
      <div className="ticket-sides">
        {(['buy', 'sell'] as const).map((side) => (
          <SideButton
            key={side}
            side={side}
            price={(side === 'buy' ? seen?.quote.ask : seen?.quote.bid)?.[0]}
            tick={instrument.priceTick}
            isOff={isOff || (side === 'sell' && instrument.kind === 'outcome' && !held)}
            onPress={() => send(side)}
          />
        ))}
      </div>
      <OrderOutcome outcome={outcome} instruments={instruments} shownAtField={refused ? ['qty'] : []}>
        {held && `You hold ${qtyText(held.qty)}. `}
        {!held && instrument.kind === 'outcome' && 'Selling needs a position; to bet against it, buy the other side. '}
        Market orders fill against the venue’s book.
      </OrderOutcome>
    </section>
  );
}

type OutcomeChoiceProps = Pick<OrderTicketProps, 'instrument' | 'instruments' | 'onSelect'>;

/** YES or NO of a prediction market; both are instruments of their own. */
function OutcomeChoice({ instrument, instruments, onSelect }: OutcomeChoiceProps) {
  const sibling = siblingOf(instrument, instruments);
  if (!instrument.outcome) return null;
  const sides = [instrument, ...(sibling ? [sibling] : [])].sort((a) => (a.outcome?.side === 'yes' ? -1 : 1));
  return (
    <fieldset className="segments">
      <legend className="hidden">Outcome</legend>
      {sides.map((side) => (
        <button key={side.id} type="button" aria-pressed={side.id === instrument.id} onClick={() => onSelect(side)}>
          {side.outcome?.side.toUpperCase()}
        </button>
      ))}
    </fieldset>
  );
}

type QtyFieldProps = {
  readonly qty: string;
  readonly fault: string | undefined;
  readonly instrument: Instrument;
  readonly onChange: (text: string) => void;
};

function QtyField({ qty, fault, instrument, onChange }: QtyFieldProps) {
  const id = useId();
  const step = (steps: 1 | -1) => onChange(stepQty(qty, instrument, steps));
  return (
    <div className={fault ? 'field field-faulty' : 'field'}>
      <label htmlFor={id}>Quantity</label>
      <div className="stepper">
        <button type="button" aria-label="Less" onClick={() => step(-1)}>
          −
        </button>
        <input
          id={id}
          name="qty"
          inputMode="decimal"
          autoComplete="off"
          placeholder={instrument.qtyMin}
          value={qty}
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-note`}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            step(event.key === 'ArrowUp' ? 1 : -1);
          }}
        />
        <button type="button" aria-label="More" onClick={() => step(1)}>
          +
        </button>
      </div>
      <p id={`${id}-note`} className="field-note" aria-live="polite">
        {fault ?? `In steps of ${instrument.qtyStep}, at least ${instrument.qtyMin}`}
      </p>
    </div>
  );
}

function Estimate({ qty, seen }: { readonly qty: string; readonly seen: SeenQuote | undefined }) {
  const units = parseDecimal(qty, QTY_SCALE);
  const ask = seen?.quote.ask;
  const value = units !== undefined && units > 0n && ask ? dollars(notional(readPrice(ask[0]), units)) : '—';
  const exceeds = units !== undefined && ask !== undefined && ask !== null && units > readQty(ask[1]);
  return (
    <p className="estimate">
      <span>Value at the ask</span>
      <output>{value}</output>
      <span className="fine">{exceeds ? 'Beyond the best level: the average will be worse.' : ' '}</span>
    </p>
  );
}

type SideButtonProps = {
  readonly side: Side;
  readonly price: string | undefined;
  readonly tick: string;
  readonly isOff: boolean;
  readonly onPress: () => void;
};

const SideButton = ({ side, price, tick, isOff, onPress }: SideButtonProps) => (
  <button type="button" className={`button side-button side-${side}`} disabled={isOff} onClick={onPress}>
    <span>{side === 'buy' ? 'Buy' : 'Sell'}</span>
    <span className="side-price">{price === undefined ? '—' : priceText(price, tick)}</span>
  </button>
);
