'use client';

import { type FormEvent, useEffect, useState } from 'react';
import type { Problem } from '../../contracts/http/problem';
import { ruleOf } from '../lib/answer';
import type { Instrument, Position } from '../lib/contract';
import type { QuoteBoard } from '../lib/quotes';
import type { Side } from '../lib/ticket';
import {
  type Draft,
  emptyDraft,
  type Faults,
  faultsOf,
  hasLimit,
  TICKET_FIELDS,
  type TicketField,
  ticketOf,
} from '../lib/ticket-draft';
import type { Orders } from './use-orders';
import { usePreview } from './use-preview';
import { useQuote } from './use-quote';

export type TicketParts = {
  readonly accountId: string;
  readonly instrument: Instrument;
  readonly board: QuoteBoard;
  readonly orders: Orders;
  readonly held: Position | undefined;
  /** The platform's time. */
  readonly clock: () => number;
  readonly isClosed: boolean;
};

/** What is being written on the ticket, what is wrong with it, and what it would do. */
export function useTicket({ accountId, instrument, board, orders, held, clock, isClosed }: TicketParts) {
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [chosen, setChosen] = useState<Side>('buy');
  const [isSubmitted, setSubmitted] = useState(false);
  const seen = useQuote(board, instrument.id);
  useForgetPrices(instrument.id, setDraft, setSubmitted);
  // An outcome that is not held can only be bought.
  const side = instrument.kind === 'outcome' && !held ? 'buy' : chosen;
  const mayTrade = !isClosed && instrument.status === 'open';
  const own = faultsOf(draft, instrument, clock(), held?.qty.replace('-', ''));
  const ticket = mayTrade && Object.keys(own).length === 0 ? ticketOf(draft, instrument.id, side) : undefined;
  const previewed = usePreview(accountId, ticket && { kind: 'place', ticket });
  const refused = refusedHere(orders, instrument.id) ?? (previewed.kind === 'refused' ? previewed.problem : undefined);
  const isSending = orders.outcome.kind === 'sending';

  const change = (part: Partial<Draft>) => {
    const touch = (side === 'buy' ? seen?.quote.ask : seen?.quote.bid)?.[0];
    setDraft((before) => withTouch({ ...before, ...part }, part, touch));
    setSubmitted(false);
    if (!isSending) orders.clear();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSubmitted(true);
    if (ticket) orders.send({ kind: 'place', ticket });
  };
  return {
    draft,
    side,
    faults: shownFaults(TICKET_FIELDS, isSubmitted ? own : {}, refused),
    previewed,
    seen,
    isOff: !mayTrade || isSending,
    change,
    choose: setChosen,
    submit,
  };
}

/** Prices of one instrument mean nothing at another; type and quantity stay. */
function useForgetPrices(
  instrument: string,
  setDraft: (change: (before: Draft) => Draft) => void,
  setSubmitted: (isSubmitted: boolean) => void,
): void {
  useEffect(() => {
    if (instrument === '') return;
    setSubmitted(false);
    setDraft(({ type, qty, timeInForce, reduceOnly }) => ({ ...emptyDraft, type, qty, timeInForce, reduceOnly }));
  }, [instrument, setDraft, setSubmitted]);
}

/** Choosing a type that has a limit starts it at the touch. */
const withTouch = (draft: Draft, changed: Partial<Draft>, touch: string | undefined): Draft =>
  changed.type !== undefined && hasLimit(draft) && draft.limitPrice === '' && touch !== undefined
    ? { ...draft, limitPrice: touch }
    : draft;

function refusedHere({ outcome }: Orders, instrument: string): Problem | undefined {
  if (outcome.kind !== 'refused' || outcome.command.kind !== 'place') return undefined;
  return outcome.command.ticket.instrument === instrument ? outcome.problem : undefined;
}

/** The page's own findings first: where there are any, the platform has not been asked. */
export const shownFaults = (fields: readonly TicketField[], own: Faults, problem: Problem | undefined): Faults =>
  Object.fromEntries(fields.map((field) => [field, own[field] ?? ruleOf(problem, field)]));
