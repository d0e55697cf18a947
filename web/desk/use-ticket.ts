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
  freshDraft,
  hasLimit,
  TICKET_FIELDS,
  type TicketField,
  ticketOf,
} from '../lib/ticket-draft';
import { type Primary, touchAt } from '../lib/venues';
import type { Orders } from './use-orders';
import { usePreview } from './use-preview';
import { useQuote } from './use-quote';

export type TicketParts = {
  readonly accountId: string;
  readonly instrument: Instrument;
  readonly board: QuoteBoard;
  readonly orders: Orders;
  readonly held: Position | undefined;
  /** The venue whose book fills coins. */
  readonly primary: Primary;
  /** The platform's time. */
  readonly clock: () => number;
  readonly isClosed: boolean;
};

/** What is being written on the ticket, what is wrong with it, and what it would do. */
export function useTicket({ accountId, instrument, board, orders, held, primary, clock, isClosed }: TicketParts) {
  const [written, setWritten] = useState<Written>(() => nothingWritten(instrument.id));
  const { draft, chosen, isSubmitted } = writtenFor(written, instrument.id);
  const write = (part: (before: Written) => Partial<Written>) =>
    setWritten((before) => {
      const here = writtenFor(before, instrument.id);
      return { ...here, ...part(here) };
    });
  const seen = useQuote(board, instrument.id);
  const touch = touchAt(seen?.quote, primary);
  useFreshAfterPlacing(orders, setWritten);
  // An outcome that is not held can only be bought.
  const side = instrument.kind === 'outcome' && !held ? 'buy' : chosen;
  const mayTrade = !isClosed && instrument.status === 'open';
  const own = faultsOf(draft, instrument, clock(), held?.qty.replace('-', ''));
  const ticket = mayTrade && Object.keys(own).length === 0 ? ticketOf(draft, instrument.id, side) : undefined;
  const isSending = orders.outcome.kind === 'sending';
  const previewed = usePreview(accountId, ticket && { kind: 'place', ticket }, isSending);
  const refused = refusedHere(orders, instrument.id) ?? (previewed.kind === 'refused' ? previewed.problem : undefined);

  const change = (part: Partial<Draft>) => {
    const best = side === 'buy' ? touch.ask : touch.bid;
    write((before) => ({ draft: withTouch({ ...before.draft, ...part }, part, best), isSubmitted: false }));
    if (!isSending) orders.clear();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    write(() => ({ isSubmitted: true }));
    if (ticket) orders.send({ kind: 'place', ticket });
  };
  return {
    draft,
    side,
    ticket,
    faults: shownFaults(TICKET_FIELDS, isSubmitted ? own : {}, refused),
    previewed,
    seen,
    touch,
    isOff: !mayTrade || isSending,
    change,
    choose: (to: Side) => write(() => ({ chosen: to })),
    submit,
  };
}

/** What is being written, and for which instrument: at another one the ticket is empty. */
type Written = {
  readonly instrument: string;
  readonly draft: Draft;
  readonly chosen: Side;
  readonly isSubmitted: boolean;
};

const nothingWritten = (instrument: string): Written => ({
  instrument,
  draft: emptyDraft,
  chosen: 'buy',
  isSubmitted: false,
});

const writtenFor = (written: Written, instrument: string): Written =>
  written.instrument === instrument ? written : nothingWritten(instrument);

/** An order that was placed is no longer being written: its quantity and its preview would speak of a second one. */
function useFreshAfterPlacing({ outcome }: Orders, setWritten: (next: (before: Written) => Written) => void): void {
  const placed = outcome.kind === 'done' && outcome.command.kind === 'place' ? outcome : undefined;
  useEffect(() => {
    if (placed) setWritten((before) => ({ ...before, draft: freshDraft(before.draft), isSubmitted: false }));
  }, [placed, setWritten]);
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
