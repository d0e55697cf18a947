import { useId } from 'react';
import type { Fault as RuleFault } from '../../../../domain/kernel/result';
import { isAbout, ruleAt } from '../../../lib/answer';
import { type Draft, fieldOf, type Path, valueAt, withValue } from '../../../lib/tiers/draft';
import {
  type FormField,
  FRESH_WIDTHS,
  settledValue,
  type TypedField,
  typedText,
  typedValue,
} from '../../../lib/tiers/form';
import { Fault, Field } from '../../../parts/field';

export type Editing = {
  readonly draft: Draft;
  readonly faults: readonly RuleFault[];
  readonly onChange: (draft: Draft) => void;
};

type Of<Kind extends FormField['kind']> = Editing & { readonly field: Extract<FormField, { kind: Kind }> };

/** One field of a draft. What is typed stands in the draft's text at once. */
export function DraftField({ field, ...editing }: Editing & { readonly field: FormField }) {
  switch (field.kind) {
    case 'text':
    case 'number':
      return <Typed field={field} {...editing} />;
    case 'choice':
      return <Choice field={field} {...editing} />;
    case 'width':
      return <Width field={field} {...editing} />;
    case 'part':
      return <Part field={field} {...editing} />;
  }
}

function Typed({ field, draft, faults, onChange }: Editing & { readonly field: TypedField }) {
  const { at, label, hint } = field;
  return (
    <Field
      label={label}
      {...(hint !== undefined && { hint })}
      value={typedText(valueAt(draft.data, at))}
      inputMode={field.kind === 'number' || label.endsWith('$') ? 'decimal' : 'text'}
      autoComplete="off"
      fault={ruleAt(faults, fieldOf(at))}
      onChange={({ target }) => onChange(withValue(draft, at, typedValue(field, target.value)))}
      onBlur={() => onChange(withValue(draft, at, settledValue(field, valueAt(draft.data, at))))}
    />
  );
}

function Choice({ field: { at, label, names }, draft, faults, onChange }: Of<'choice'>) {
  return (
    <Select
      label={label}
      names={names}
      value={typedText(valueAt(draft.data, at))}
      fault={ruleAt(faults, fieldOf(at))}
      onChoose={(value) => onChange(withValue(draft, at, value))}
    />
  );
}

type SelectProps = {
  readonly label: string;
  readonly names: Readonly<Record<string, string>>;
  readonly value: string;
  readonly fault?: string | undefined;
  readonly onChoose: (value: string) => void;
};

/** A value that is none of the choices stands among them all the same: it is what the draft says. */
function Select({ label, names, value, fault, onChoose }: SelectProps) {
  const id = useId();
  return (
    <div className={fault ? 'field field-faulty' : 'field'}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-invalid={fault !== undefined}
        aria-describedby={fault ? `${id}-note` : undefined}
        onChange={({ target }) => onChoose(target.value)}
      >
        {!Object.hasOwn(names, value) && <option value={value}>{value}</option>}
        {Object.entries(names).map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
      <Fault id={`${id}-note`} rule={fault} />
    </div>
  );
}

const WIDTHS = { usd: 'A fixed amount', share: 'A share, 0.05: 5 %' } as const;

function Width({ field: { at, label }, draft, faults, onChange }: Of<'width'>) {
  const isShare = valueAt(draft.data, [...at, 'kind']) === 'share';
  const figure: Path = [...at, isShare ? 'share' : 'usd'];
  const typed: TypedField = { kind: 'text', at: figure, label: `${label}, ${isShare ? 'share' : '$'}` };
  const kindField = fieldOf([...at, 'kind']);
  const own = faults
    .filter(({ field }) => isAbout(field, fieldOf(at)) && field !== kindField)
    .map(({ rule }) => ({ field: fieldOf(figure), rule }));
  return (
    <>
      <Select
        label={`${label} is`}
        names={WIDTHS}
        value={typedText(valueAt(draft.data, [...at, 'kind']))}
        fault={ruleAt(faults, kindField)}
        onChoose={(kind) => onChange(withValue(draft, at, kind === 'share' ? FRESH_WIDTHS.share : FRESH_WIDTHS.usd))}
      />
      <Typed field={typed} draft={draft} faults={own} onChange={onChange} />
    </>
  );
}

/** What a part said is gone once it is left out. */
function Part({ field: { at, label, fresh }, draft, faults, onChange }: Of<'part'>) {
  const rule = faults.find(({ field }) => field === fieldOf(at))?.rule;
  const id = useId();
  return (
    <div className="draft-part">
      <label className="check">
        <input
          type="checkbox"
          checked={valueAt(draft.data, at) !== null}
          aria-invalid={rule !== undefined}
          aria-describedby={rule === undefined ? undefined : id}
          onChange={({ target }) => onChange(withValue(draft, at, target.checked ? fresh : null))}
        />
        {label}
      </label>
      <Fault id={id} rule={rule} />
    </div>
  );
}
