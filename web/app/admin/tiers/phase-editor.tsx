import { fieldText } from '../../../lib/answer';
import { fieldOf, valueAt } from '../../../lib/tiers/draft';
import { rulesAt } from '../../../lib/tiers/faults';
import { phaseGroups, shownIn, typedText } from '../../../lib/tiers/form';
import { RuleList } from '../../../parts/rule-list';
import { DraftField, type Editing } from './draft-field';

type PhaseEditorProps = Editing & { readonly phase: number };

/** A phase as it is changed, and beside it what a trader will read of it. */
export function PhaseEditor({ phase, ...editing }: PhaseEditorProps) {
  const { data } = editing.draft;
  const title = `Phase ${phase + 1}: ${typedText(valueAt(data, ['phases', phase, 'name'])) || 'without a name'}`;
  return (
    <section className="card draft-phase" aria-label={title}>
      <h3>{title}</h3>
      <fieldset className="draft-groups" disabled={editing.draft.unreadable !== undefined}>
        <legend className="hidden">{title}, its figures</legend>
        {phaseGroups(phase).map(({ title: about, fields }) => (
          <fieldset key={about} className="draft-fields">
            <legend>{about}</legend>
            {shownIn(data, fields).map((field) => (
              <DraftField key={fieldOf(field.at)} field={field} {...editing} />
            ))}
          </fieldset>
        ))}
      </fieldset>
      <section className="draft-words" aria-label={`${title}, in words`}>
        <h4>What a trader reads</h4>
        <Words data={data} phase={phase} />
      </section>
    </section>
  );
}

function Words({ data, phase }: { readonly data: unknown; readonly phase: number }) {
  const read = rulesAt(data, phase);
  if (read.ok) return <RuleList rules={read.rules} />;
  return (
    <>
      <p className="muted">The words are back once the data says a rule set:</p>
      <ul className="draft-faults">
        {read.faults.map(({ field, rule }) => (
          <li key={`${field}:${rule}`}>
            <strong>{fieldText(field)}</strong>: {rule}
          </li>
        ))}
      </ul>
    </>
  );
}
