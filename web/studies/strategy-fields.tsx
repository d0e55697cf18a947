'use client';

import type { StrategyDraft } from '../lib/odds/ask';
import { Fault, Field } from '../parts/field';

type StrategyFieldsProps = {
  readonly draft: StrategyDraft;
  /** What is wrong with a field, by the name that it has on the wire. */
  readonly at: (field: string) => string | undefined;
  readonly onChange: (part: Partial<StrategyDraft>) => void;
};

type Typed = Exclude<keyof StrategyDraft, 'restsOnWeekends'>;

const FIELDS: readonly { name: Typed; wire: string; label: string; hint: string }[] = [
  { name: 'winPercent', wire: 'winRate', label: 'Trades won, %', hint: 'Of 100 trades' },
  { name: 'payoff', wire: 'payoff', label: 'Payoff', hint: 'A win is so many times a loss' },
  { name: 'riskUsd', wire: 'riskUsd', label: 'Risk a trade, $', hint: 'What a lost trade loses' },
  { name: 'tradesPerDay', wire: 'tradesPerDay', label: 'Trades a day', hint: '1 to 50' },
  { name: 'heldMinutes', wire: 'heldMinutes', label: 'Held for, minutes', hint: 'Each trade' },
];

const NAMED = new Set(FIELDS.map(({ wire }) => wire));

/** A way of trading by its odds. */
export function StrategyFields({ draft, at, onChange }: StrategyFieldsProps) {
  const whole = at('');
  const isSaid = FIELDS.some(({ wire }) => at(wire) === whole && NAMED.has(wire));
  return (
    <>
      <div className="odds-fields">
        {FIELDS.map(({ name, wire, label, hint }) => (
          <Field
            key={name}
            label={label}
            hint={hint}
            inputMode="decimal"
            autoComplete="off"
            value={draft[name]}
            fault={at(wire)}
            onChange={({ target }) => onChange({ [name]: target.value })}
          />
        ))}
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={draft.restsOnWeekends}
          onChange={({ target }) => onChange({ restsOnWeekends: target.checked })}
        />
        Rests on weekends
      </label>
      <Fault rule={isSaid ? undefined : whole} />
    </>
  );
}
