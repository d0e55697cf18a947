'use client';

import { useEffect, useRef } from 'react';
import type { Summary, Tier } from '../../lib/contract';
import type { OddsDraft } from '../../lib/odds/ask';
import { ASK_FIELDS, saidAt } from '../../lib/odds/refusals';
import { Field } from '../../parts/field';
import { SubmitButton } from '../../parts/submit-button';
import { AskProblem } from '../../studies/ask-problem';
import { SubjectField } from './subject-field';
import { TradesFields } from './trades-fields';
import type { Ask } from './use-ask';

type AskFormProps = {
  readonly draft: OddsDraft;
  readonly assessments: readonly Summary[];
  readonly tiers: readonly Tier[];
  readonly ask: Ask;
  readonly onChange: (draft: OddsDraft) => void;
};

/** The question: what is judged, where trades come from, for how long, and how exactly. */
export function AskForm({ draft, assessments, tiers, ask, onChange }: AskFormProps) {
  const { isBusy, faults, problem, send, clear } = ask;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const isRefused = faults.length > 0 || (problem?.errors?.length ?? 0) > 0;
    if (isRefused) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [faults, problem]);
  const at = (field: string) => saidAt(faults, problem, field);
  const change = (part: Partial<OddsDraft>) => {
    clear();
    onChange({ ...draft, ...part });
  };
  return (
    <form
      ref={form}
      className="card form odds-form"
      aria-label="Ask for the odds"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send(draft);
      }}
    >
      <SubjectField
        subject={draft.subject}
        assessments={assessments}
        tiers={tiers}
        fault={at('subject')}
        onChoose={(subject) => change({ subject })}
      />
      <TradesFields draft={draft} at={at} onChange={change} />
      <div className="odds-fields">
        <Field
          label="Trading days"
          hint="1 to 365"
          inputMode="numeric"
          autoComplete="off"
          value={draft.days}
          fault={at('days')}
          onChange={({ target }) => change({ days: target.value })}
        />
        <Field
          label="Paths"
          hint="1,000 to 100,000"
          inputMode="numeric"
          autoComplete="off"
          value={draft.paths}
          fault={at('paths')}
          onChange={({ target }) => change({ paths: target.value })}
        />
      </div>
      <details className="odds-seed" open={draft.seed !== '' || at('seed') !== undefined || undefined}>
        <summary>Seed</summary>
        <Field
          label="Seed"
          hint="Empty: one is chosen. The same seed plays the same paths."
          inputMode="numeric"
          autoComplete="off"
          value={draft.seed}
          fault={at('seed')}
          onChange={({ target }) => change({ seed: target.value })}
        />
      </details>
      {problem && <AskProblem problem={problem} fields={ASK_FIELDS} />}
      <SubmitButton isBusy={isBusy}>Ask for the odds</SubmitButton>
    </form>
  );
}
