'use client';

import { changedRow, type FirmDraft, ROWS_MAX, withoutRow, withRow } from '../../../lib/odds/mix';
import { Fault, Field } from '../../../parts/field';
import { StrategyFields } from '../../../studies/strategy-fields';

type MixRowsProps = {
  readonly draft: FirmDraft;
  /** What is wrong with a field. */
  readonly at: (field: string) => string | undefined;
  readonly onChange: (draft: FirmDraft) => void;
};

const TRADERS = [
  { kind: 'mix', text: 'A mix of strategies' },
  { kind: 'firm', text: 'Our own history' },
] as const;

/** Who would buy it: traders as they are expected, or as the firm's own have traded. */
export function MixRows({ draft, at, onChange }: MixRowsProps) {
  const isMix = draft.traders === 'mix';
  return (
    <fieldset className="odds-trades">
      <legend>Who trades it</legend>
      <div className="segments">
        {TRADERS.map(({ kind, text }) => (
          <button
            key={kind}
            type="button"
            aria-pressed={draft.traders === kind}
            onClick={() => onChange({ ...draft, traders: kind })}
          >
            {text}
          </button>
        ))}
      </div>
      {!isMix && (
        <>
          <p className="fine">
            The closed trades of all accounts, the latest first; larger and smaller ones in proportion.
          </p>
          <Fault rule={at('traders') ?? at('trades')} />
        </>
      )}
      {isMix &&
        draft.rows.map((row, nth) => (
          <fieldset key={row.key} className="mix-row">
            <legend>Strategy {nth + 1}</legend>
            <Field
              label="Weight"
              hint="0.2: a fifth; they need not add up to one"
              inputMode="decimal"
              autoComplete="off"
              value={row.weight}
              fault={at(`traders.strategies[${nth}].weight`)}
              onChange={({ target }) => onChange(changedRow(draft, row.key, { weight: target.value }))}
            />
            <StrategyFields
              draft={row.strategy}
              at={(field) => at(`traders.strategies[${nth}].strategy${field === '' ? '' : `.${field}`}`)}
              onChange={(part) => onChange(changedRow(draft, row.key, { strategy: { ...row.strategy, ...part } }))}
            />
            {draft.rows.length > 1 && (
              <button
                type="button"
                className="button button-small"
                onClick={() => onChange(withoutRow(draft, row.key))}
              >
                Leave it out<span className="hidden">: strategy {nth + 1}</span>
              </button>
            )}
          </fieldset>
        ))}
      {isMix && draft.rows.length < ROWS_MAX && (
        <p>
          <button type="button" className="button button-small" onClick={() => onChange(withRow(draft))}>
            Add a strategy
          </button>
        </p>
      )}
    </fieldset>
  );
}
