'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Instrument, Order } from '../lib/contract';
import type { Naming } from '../lib/naming';
import { ticketText } from '../lib/order-text';
import { AMEND_FIELDS, changeOf, type Draft, draftOf, faultsOf } from '../lib/ticket-draft';
import { Refused } from './order-outcome';
import { OrderPreview } from './order-preview';
import { TicketFields } from './ticket-fields';
import type { Orders } from './use-orders';
import { usePreview } from './use-preview';
import { shownFaults } from './use-ticket';

type AmendFormProps = {
  readonly accountId: string;
  readonly order: Order;
  /** Undefined when it is no longer listed; its order can be cancelled only. */
  readonly instrument: Instrument | undefined;
  readonly naming: Naming;
  readonly orders: Orders;
  /** The platform's time. */
  readonly clock: () => number;
  readonly onClose: () => void;
};

/** Changes quantity, prices or life of an order in its own row. Only what was changed is sent. */
export function AmendForm({ accountId, order, instrument, naming, orders, clock, onClose }: AmendFormProps) {
  const [before] = useState(() => draftOf(order));
  const [draft, setDraft] = useState<Draft>(before);
  const [isSubmitted, setSubmitted] = useState(false);
  const { outcome } = orders;
  const isMine =
    outcome.kind !== 'none' && outcome.command.kind === 'amend' && outcome.command.orderId === order.orderId;
  const refused = isMine && outcome.kind === 'refused' ? outcome.problem : undefined;
  const isDone = isMine && outcome.kind === 'done';
  useEffect(() => {
    if (isDone) onClose();
  }, [isDone, onClose]);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const own = instrument ? faultsOf(draft, instrument, clock(), before.qty) : {};
  const change = changeOf(before, draft);
  const isChange = instrument && Object.keys(change).length > 0 && Object.keys(own).length === 0;
  const intent = isChange
    ? ({ kind: 'amend', orderId: order.orderId, instrument: instrument.id, change } as const)
    : undefined;
  const previewed = usePreview(accountId, intent);
  if (!instrument) return null;
  const problem = refused ?? (previewed.kind === 'refused' ? previewed.problem : undefined);
  const write = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    if (refused) orders.clear();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSubmitted(true);
    if (Object.keys(own).length > 0) return;
    if (!intent) return onClose();
    orders.send(intent);
  };
  return (
    <form className="amend" ref={form} onSubmit={submit} noValidate aria-label="Change of an order">
      <p className="fine">{ticketText(order, naming)}. A change gives up its place in the queue.</p>
      <div className="amend-fields">
        <TicketFields
          draft={draft}
          instrument={instrument}
          faults={shownFaults(AMEND_FIELDS, isSubmitted ? own : {}, problem)}
          onChange={write}
        />
      </div>
      <OrderPreview previewed={previewed} instrument={instrument} shownAtField={AMEND_FIELDS} what="change" />
      {refused && previewed.kind !== 'refused' && <Refused problem={refused} shownAtField={AMEND_FIELDS} />}
      <p className="row-actions">
        <button type="submit" className="button button-small button-main" aria-disabled={outcome.kind === 'sending'}>
          Save change
        </button>
        <button type="button" className="button button-small" onClick={onClose}>
          Keep as it is
        </button>
      </p>
    </form>
  );
}
