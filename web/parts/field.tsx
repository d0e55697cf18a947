import { type InputHTMLAttributes, type Ref, useId } from 'react';

type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> & {
  readonly label: string;
  readonly ref?: Ref<HTMLInputElement>;
  readonly hint?: string;
  /** The rule that the value broke; stands under the field and is read with it. */
  readonly fault?: string | undefined;
};

export function Field({ label, hint, fault, ...input }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = fault ?? hint;
  return (
    <div className={fault ? 'field field-faulty' : 'field'}>
      <label htmlFor={id}>{label}</label>
      <input id={id} aria-invalid={fault !== undefined} aria-describedby={note ? noteId : undefined} {...input} />
      <p id={noteId} className="field-note">
        {fault ? (
          <>
            <span aria-hidden="true">✕ </span>
            {fault}
          </>
        ) : (
          hint
        )}
      </p>
    </div>
  );
}

type FaultProps = { readonly id?: string; readonly rule: string | undefined };

/** The rule that was broken by something that has no note of its own. */
export const Fault = ({ id, rule }: FaultProps) =>
  rule === undefined ? null : (
    <p id={id} className="field-fault" role="status">
      <span aria-hidden="true">✕ </span>
      {rule}
    </p>
  );
