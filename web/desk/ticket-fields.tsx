'use client';

import { type ReactNode, useId } from 'react';
import type { Instrument } from '../lib/contract';
import { stepPrice, stepQty } from '../lib/ticket';
import { type Draft, type Faults, hasLimit, hasStop } from '../lib/ticket-draft';

export type FieldsProps = {
  readonly draft: Draft;
  readonly instrument: Pick<Instrument, 'priceTick' | 'priceBands' | 'qtyStep' | 'qtyMin'>;
  /** Rules that the draft breaks, or that the platform refused, by field. */
  readonly faults: Faults;
  readonly onChange: (change: Partial<Draft>) => void;
};

/** Quantity, prices and life of an order, as far as its type has them: on the ticket, and where one is changed. */
export function TicketFields({ draft, instrument, faults, onChange }: FieldsProps) {
  const price = (field: 'limitPrice' | 'stopPrice', label: string, hint: string) => (
    <StepperField
      label={label}
      value={draft[field]}
      fault={faults[field]}
      hint={hint}
      placeholder={instrument.priceTick}
      onChange={(text) => onChange({ [field]: text })}
      onStep={(steps) => onChange({ [field]: stepPrice(draft[field], instrument, steps) })}
    />
  );
  return (
    <>
      <StepperField
        label="Quantity"
        value={draft.qty}
        fault={faults.qty}
        hint={`In steps of ${instrument.qtyStep}, at least ${instrument.qtyMin}`}
        placeholder={instrument.qtyMin}
        onChange={(qty) => onChange({ qty })}
        onStep={(steps) => onChange({ qty: stepQty(draft.qty, instrument, steps) })}
      />
      {hasStop(draft) && price('stopPrice', 'Stop price', STOP_HINTS[hasLimit(draft) ? 'limit' : 'market'])}
      {hasLimit(draft) && price('limitPrice', 'Limit price', '')}
      {draft.type === 'trailing_stop' && <TrailField draft={draft} fault={faults.trail} onChange={onChange} />}
      {draft.type === 'limit' && <LifeField draft={draft} fault={faults.timeInForce} onChange={onChange} />}
    </>
  );
}

const STOP_HINTS = {
  market: 'Trades at the market once this price is touched',
  limit: 'Becomes the limit order once this price is touched',
} as const;

type StepperFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly fault: string | undefined;
  readonly hint: string;
  readonly placeholder: string;
  readonly onChange: (text: string) => void;
  readonly onStep: (steps: 1 | -1) => void;
};

/** A decimal with a step: by its buttons, or by the arrows of the keyboard. */
export function StepperField({ label, value, fault, hint, placeholder, onChange, onStep }: StepperFieldProps) {
  const id = useId();
  return (
    <Labelled id={id} label={label} note={fault ?? hint} isFaulty={fault !== undefined}>
      <div className="stepper">
        <button type="button" aria-label={`Less ${label.toLowerCase()}`} onClick={() => onStep(-1)}>
          −
        </button>
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          placeholder={placeholder}
          value={value}
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-note`}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            onStep(event.key === 'ArrowUp' ? 1 : -1);
          }}
        />
        <button type="button" aria-label={`More ${label.toLowerCase()}`} onClick={() => onStep(1)}>
          +
        </button>
      </div>
    </Labelled>
  );
}

type PartProps = Pick<FieldsProps, 'draft' | 'onChange'> & { readonly fault: string | undefined };

function TrailField({ draft, fault, onChange }: PartProps) {
  const id = useId();
  return (
    <Labelled
      id={id}
      label="Distance"
      note={fault ?? 'How far the stop stays behind the best price'}
      isFaulty={fault !== undefined}
    >
      <div className="field-pair">
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          value={draft.trail}
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-note`}
          onChange={(event) => onChange({ trail: event.target.value })}
        />
        <select
          aria-label="Distance in"
          value={draft.trailKind}
          onChange={(event) => onChange({ trailKind: event.target.value === 'share' ? 'share' : 'price' })}
        >
          <option value="price">Dollars</option>
          <option value="share">Per cent</option>
        </select>
      </div>
    </Labelled>
  );
}

type Life = { readonly kind: Draft['timeInForce']; readonly text: string; readonly hint: string };

const LIVES: readonly Life[] = [
  { kind: 'gtc', text: 'Till cancelled', hint: '' },
  { kind: 'gtd', text: 'Till a date', hint: 'In your own time zone' },
  { kind: 'ioc', text: 'Immediate or cancel', hint: 'What does not fill at once is cancelled' },
  { kind: 'fok', text: 'Fill or kill', hint: 'All of it fills at once, or nothing' },
];

function LifeField({ draft, fault, onChange }: PartProps) {
  const id = useId();
  const hint = LIVES.find(({ kind }) => kind === draft.timeInForce)?.hint ?? '';
  const choose = (kind: string) => onChange({ timeInForce: LIVES.find((life) => life.kind === kind)?.kind ?? 'gtc' });
  return (
    <Labelled id={id} label="Works" note={fault ?? hint} isFaulty={fault !== undefined}>
      <select
        id={id}
        value={draft.timeInForce}
        aria-describedby={`${id}-note`}
        onChange={(event) => choose(event.target.value)}
      >
        {LIVES.map(({ kind, text }) => (
          <option key={kind} value={kind}>
            {text}
          </option>
        ))}
      </select>
      {draft.timeInForce === 'gtd' && (
        <input
          type="datetime-local"
          aria-label="Works till"
          value={draft.expiresAt}
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-note`}
          onChange={(event) => onChange({ expiresAt: event.target.value })}
        />
      )}
    </Labelled>
  );
}

type LabelledProps = {
  readonly id: string;
  readonly label: string;
  readonly note: string;
  readonly isFaulty: boolean;
  readonly children: ReactNode;
};

const Labelled = ({ id, label, note, isFaulty, children }: LabelledProps) => (
  <div className={isFaulty ? 'field field-faulty' : 'field'}>
    <label htmlFor={id}>{label}</label>
    {children}
    <p id={`${id}-note`} className="field-note" aria-live="polite">
      {note}
    </p>
  </div>
);
