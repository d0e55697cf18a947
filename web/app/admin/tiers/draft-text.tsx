import { useId, useRef } from 'react';
import { lineAt, pathOf, spanAt, tidied, withText } from '../../../lib/tiers/draft';
import { faultsInText } from '../../../lib/tiers/faults';
import type { Editing } from './draft-field';

/** So much of the text stands above what is shown in it. */
const LINES_ABOVE = 5;

/** The whole draft as JSON: what has no field of its own is changed here, and refused here. */
export function DraftText({ draft, faults, onChange }: Editing) {
  const id = useId();
  const text = useRef<HTMLTextAreaElement>(null);
  // In a text that cannot be read nothing has a place.
  const own = draft.unreadable === undefined ? faultsInText(draft.data, faults) : [];
  const isFaulty = own.length > 0 || draft.unreadable !== undefined;
  const show = (field: string) => {
    const { from, to } = spanAt(draft.data, pathOf(field));
    const area = text.current;
    if (!area) return;
    area.focus();
    area.setSelectionRange(from, to);
    // A selection alone scrolls nothing.
    const lines = draft.text.split('\n').length;
    area.scrollTop = ((lineAt(draft.text, { from, to }) - LINES_ABOVE) / lines) * area.scrollHeight;
  };
  return (
    <section className="card" aria-label="The draft as JSON">
      <div className={isFaulty ? 'field field-faulty' : 'field'}>
        <label htmlFor={id}>The whole draft as JSON</label>
        <textarea
          id={id}
          ref={text}
          className="draft-text"
          rows={20}
          wrap="off"
          spellCheck={false}
          value={draft.text}
          aria-invalid={isFaulty}
          aria-describedby={`${id}-note`}
          onChange={({ target }) => onChange(withText(draft, target.value))}
          onBlur={() => onChange(tidied(draft))}
        />
        <p id={`${id}-note`} className="field-note">
          {noteOf(draft.unreadable, own.length)}
        </p>
      </div>
      {own.length > 0 && (
        <ul className="draft-faults">
          {own.map(({ field, rule }) => (
            <li key={`${field}:${rule}`}>
              <strong>
                <code>{field}</code>
              </strong>
              : {rule}{' '}
              <button type="button" className="button button-small" onClick={() => show(field)}>
                Show line {lineAt(draft.text, spanAt(draft.data, pathOf(field)))}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function noteOf(unreadable: string | undefined, faults: number): string {
  if (unreadable !== undefined) return `The fields above wait until this can be read: ${unreadable}`;
  return faults === 0
    ? 'The fields above are part of it: what is changed here is changed there.'
    : 'What is refused here has no field above:';
}
