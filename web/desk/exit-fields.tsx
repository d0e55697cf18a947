'use client';

import { useId } from 'react';
import { mayHaveExits } from '../lib/ticket-draft';
import { Fault, Field } from '../parts/field';
import type { FieldsProps } from './ticket-fields';

/** Exits that begin to work once the order has filled, and whether it may open anything at all. */
export function ExitFields({ draft, instrument, faults, onChange }: FieldsProps) {
  const id = useId();
  const hasExits = draft.takeProfit !== '' || draft.stopLoss !== '';
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={draft.reduceOnly}
          aria-describedby={faults.reduceOnly === undefined ? undefined : `${id}-fault`}
          onChange={(event) => onChange({ reduceOnly: event.target.checked })}
        />
        Reduce only
      </label>
      <Fault id={`${id}-fault`} rule={faults.reduceOnly} />
      {mayHaveExits(draft) && (
        <details className="exits" open={hasExits || undefined}>
          <summary>Take profit and stop loss</summary>
          <p className="fine">They work once the order has filled; whichever fills first cancels the other.</p>
          <div className="exit-fields">
            <Field
              label="Take profit"
              inputMode="decimal"
              autoComplete="off"
              placeholder={instrument.priceTick}
              value={draft.takeProfit}
              fault={faults.takeProfit}
              onChange={(event) => onChange({ takeProfit: event.target.value })}
            />
            <Field
              label="Stop loss"
              inputMode="decimal"
              autoComplete="off"
              placeholder={instrument.priceTick}
              value={draft.stopLoss}
              fault={faults.stopLoss}
              onChange={(event) => onChange({ stopLoss: event.target.value })}
            />
          </div>
        </details>
      )}
    </>
  );
}
