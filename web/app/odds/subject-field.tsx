'use client';

import { useId } from 'react';
import type { Summary, Tier } from '../../lib/contract';
import { date } from '../../lib/display';
import type { Subject } from '../../lib/odds/ask';
import { placeText } from '../../lib/programs';
import { Fault } from '../../parts/field';

type SubjectFieldProps = {
  readonly subject: Subject | undefined;
  readonly assessments: readonly Summary[];
  readonly tiers: readonly Tier[];
  readonly fault: string | undefined;
  readonly onChoose: (subject: Subject | undefined) => void;
};

/** An assessment of one's own from where it stands now, or a fresh account of what is on sale. */
export function SubjectField({ subject, assessments, tiers, fault, onChoose }: SubjectFieldProps) {
  const id = useId();
  return (
    <div className={fault === undefined ? 'field' : 'field field-faulty'}>
      <label htmlFor={id}>What is judged</label>
      <select
        id={id}
        value={subject ? `${subject.kind} ${subject.id}` : ''}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : `${id}-note`}
        onChange={({ target }) => onChoose(subjectOf(target.value))}
      >
        {!subject && <option value="">Choose…</option>}
        {assessments.length > 0 && (
          <optgroup label="My assessments, from where they stand">
            {assessments.map((one) => (
              <option key={one.assessmentId} value={`assessment ${one.assessmentId}`}>
                {assessmentText(one)}
              </option>
            ))}
          </optgroup>
        )}
        <optgroup label="A fresh account of a tier">
          {tiers.map(({ tierId, name }) => (
            <option key={tierId} value={`tier ${tierId}`}>
              {name}
            </option>
          ))}
        </optgroup>
      </select>
      <Fault id={`${id}-note`} rule={fault} />
    </div>
  );
}

function subjectOf(value: string): Subject | undefined {
  const [kind, id] = value.split(' ');
  return (kind === 'assessment' || kind === 'tier') && id !== undefined ? { kind, id } : undefined;
}

const assessmentText = (one: Summary): string =>
  [one.tierName, placeText(one), date(one.createdAt)].filter((part) => part !== '').join(', ');
