'use client';

import type { Instrument } from '../lib/contract';
import { qtyText } from '../lib/display';
import { feesText } from '../lib/fees';
import { noTradingText } from '../lib/listing';
import { outcomeName, unitOf } from '../lib/naming';
import { siblingOf } from '../lib/outcomes';
import type { Quote } from '../lib/quotes';
import type { Side } from '../lib/ticket';
import { TICKET_FIELDS } from '../lib/ticket-draft';
import { markText, type Touch, VENUE_NAMES } from '../lib/venues';
import { Fault } from '../parts/field';
import { ExitFields } from './exit-fields';
import { OrderOutcome } from './order-outcome';
import { OrderPreview } from './order-preview';
import { PriceBadge } from './price-badge';
import { SideChoice } from './side-choice';
import { TicketFields } from './ticket-fields';
import { TicketOdds } from './ticket-odds';
import { TypeChoice } from './type-choice';
import { usePriceState } from './use-quote';
import { type TicketParts, useTicket } from './use-ticket';

type OrderTicketProps = TicketParts & {
  readonly assessmentId: string;
  readonly instruments: readonly Instrument[];
  readonly onSelect: (instrument: Instrument) => void;
};

export function OrderTicket(props: OrderTicketProps) {
  const { assessmentId, instrument, instruments, orders, held, onSelect } = props;
  const { draft, side, ticket, faults, previewed, seen, touch, isOff, change, choose, submit } = useTicket(props);
  const state = usePriceState(seen);
  const preview = previewed.kind === 'shown' && !previewed.isOld ? previewed.preview : undefined;
  const isBreaking = preview !== undefined && preview.breach !== null;
  const fields = { draft, instrument, faults, onChange: change };
  return (
    <section className="panel ticket" aria-label="Order ticket">
      <h2>
        {unitOf(instrument)} <PriceBadge instrument={instrument} state={state} />
      </h2>
      <OutcomeChoice instrument={instrument} instruments={instruments} onSelect={onSelect} />
      <Fault rule={faults.instrument} />
      <form className="ticket-form" onSubmit={submit} noValidate>
        <SideChoice
          side={side}
          touch={touch}
          tick={instrument.priceTick}
          isLongOnly={instrument.kind === 'outcome' && !held}
          fault={faults.side}
          onChoose={choose}
        />
        <MarkNote quote={seen?.quote} touch={touch} tick={instrument.priceTick} />
        <TypeChoice type={draft.type} onChoose={(type) => change({ type })} />
        <TicketFields {...fields} />
        <ExitFields {...fields} />
        <OrderPreview previewed={previewed} instrument={instrument} shownAtField={TICKET_FIELDS} />
        {!props.isClosed && <TicketOdds assessmentId={assessmentId} ticket={ticket} preview={preview} />}
        <button type="submit" className={`button side-button side-${side}`} disabled={isOff}>
          {submitText(side, draft.qty, instrument, isBreaking)}
        </button>
      </form>
      <OrderOutcome
        outcome={orders.outcome}
        instrument={instrument.id}
        instruments={instruments}
        shownAtField={TICKET_FIELDS}
      >
        {noteOf(props)}
      </OrderOutcome>
    </section>
  );
}

type MarkNoteProps = {
  readonly quote: Quote | undefined;
  readonly touch: Touch;
  readonly tick: string;
};

/** Orders fill at one venue and are valued by all of them: where the two differ both are named. */
function MarkNote({ quote, touch, tick }: MarkNoteProps) {
  const text = quote && markText(quote, touch, tick);
  return text === undefined ? null : <p className="fine mark-note">{text}</p>;
}

/** What there is to know before an order is written. */
function noteOf({ instrument, held, primary, isClosed }: OrderTicketProps): string {
  if (isClosed) return 'The assessment has ended; no order can be placed any more.';
  const noTrading = noTradingText(instrument);
  if (noTrading !== undefined) return noTrading;
  const venue = instrument.kind === 'spot' ? `book of ${VENUE_NAMES[primary]}` : 'venue’s book';
  const book = `Orders fill against the ${venue}. ${feesText(instrument)}`;
  if (held) return `You hold ${qtyText(held.qty)}. ${book}`;
  return instrument.kind === 'outcome'
    ? `Selling needs a position; to bet against it, buy the other side. ${book}`
    : book;
}

function submitText(side: Side, qty: string, instrument: Instrument, isBreaking: boolean): string {
  const verb = side === 'buy' ? 'Buy' : 'Sell';
  const amount = qty.trim() === '' ? '' : ` ${qty.trim()}`;
  const what = instrument.outcome ? outcomeName(instrument.outcome) : unitOf(instrument);
  return `${verb}${amount} ${what}${isBreaking ? ' and break a rule' : ''}`;
}

type OutcomeChoiceProps = Pick<OrderTicketProps, 'instrument' | 'instruments' | 'onSelect'>;

/** The two outcomes of a prediction market; both are instruments of their own. */
function OutcomeChoice({ instrument, instruments, onSelect }: OutcomeChoiceProps) {
  const sibling = siblingOf(instrument, instruments);
  if (!instrument.outcome) return null;
  const sides = [instrument, ...(sibling ? [sibling] : [])].sort((a) => (a.outcome?.side === 'yes' ? -1 : 1));
  return (
    <fieldset className="segments">
      <legend className="hidden">Outcome</legend>
      {sides.map((side) => (
        <button key={side.id} type="button" aria-pressed={side.id === instrument.id} onClick={() => onSelect(side)}>
          {side.outcome && outcomeName(side.outcome)}
        </button>
      ))}
    </fieldset>
  );
}
