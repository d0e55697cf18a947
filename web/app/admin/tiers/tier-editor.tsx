'use client';

import { useEffect, useId, useRef, useState } from 'react';
import type { Problem } from '../../../../contracts/http/problem';
import type { Fault } from '../../../../domain/kernel/result';
import { ruleAt } from '../../../lib/answer';
import type { Tier, TierBody } from '../../../lib/contract';
import { countText } from '../../../lib/display';
import { type Draft, draftName, fieldOf, tidied, valueAt } from '../../../lib/tiers/draft';
import { draftFaults, phaseCount } from '../../../lib/tiers/faults';
import { shownIn, TIER_FIELDS, typedText } from '../../../lib/tiers/form';
import { Field } from '../../../parts/field';
import { FormProblem } from '../../../parts/form-problem';
import { Notice } from '../../../parts/notice';
import { useApi } from '../../../session/session-context';
import { DraftField } from './draft-field';
import { DraftText } from './draft-text';
import { PhaseEditor } from './phase-editor';
import { PublishDialog } from './publish-dialog';

type TierEditorProps = {
  readonly draft: Draft;
  readonly tiers: readonly Tier[];
  readonly onChange: (draft: Draft) => void;
  readonly onLeave: () => void;
  readonly onPublished: (tier: Tier) => void;
};

/** One draft, as a form and as JSON. What is wrong with it is said at its fields, and nothing is published by it. */
export function TierEditor({ draft, tiers, onChange, onLeave, onPublished }: TierEditorProps) {
  const { faults, problem, isAsked, isBusy, ask, dismiss, publish } = usePublishing(draft, onChange, onPublished);
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    if (faults.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]:enabled')?.focus();
  }, [faults]);
  const replaced = tiers.find(({ slug }) => slug === draft.slug);
  const name = draftName(draft);
  const editing = { draft, faults, onChange };
  return (
    <form
      ref={form}
      className="draft"
      aria-labelledby={titleId}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <h2 ref={heading} id={titleId} tabIndex={-1}>
        Draft of {name}
      </h2>
      <section className="card" aria-label="The tier">
        <fieldset className="draft-fields" disabled={draft.unreadable !== undefined}>
          <legend className="hidden">The tier as it is sold</legend>
          <Field
            label="Short name"
            hint="Such as sprint-10k"
            value={draft.slug}
            autoComplete="off"
            fault={ruleAt(faults, 'slug')}
            onChange={({ target }) => onChange({ ...draft, slug: target.value })}
          />
          {shownIn(draft.data, TIER_FIELDS).map((field) => (
            <DraftField key={fieldOf(field.at)} field={field} {...editing} />
          ))}
        </fieldset>
        <p className="fine">
          {replaced
            ? `${replaced.name} is on sale by this short name: it is changed.`
            : 'Nothing is on sale by this short name: it is a new tier.'}
        </p>
      </section>
      {Array.from({ length: phaseCount(draft.data) }, (_, phase) => (
        <PhaseEditor key={phase} phase={phase} {...editing} />
      ))}
      <DraftText {...editing} />
      <FormProblem problem={problem} fields={faults.map(({ field }) => field)} />
      {!problem && faults.length > 0 && (
        <Notice tone="alert" title={`${countText(faults.length, 'field')} cannot be published as it stands`} />
      )}
      <p className="row-actions draft-actions">
        <button type="button" className="button" onClick={onLeave}>
          Back to the lists
        </button>
        <button type="submit" className="button button-main" aria-disabled={isBusy}>
          Publish…
        </button>
      </p>
      <PublishDialog
        isOpen={isAsked}
        isBusy={isBusy}
        name={name}
        price={typedText(valueAt(draft.data, ['priceUsd']))}
        replaced={replaced}
        onPublish={publish}
        onDismiss={dismiss}
      />
    </form>
  );
}

type Refused = { readonly faults: readonly Fault[]; readonly problem: Problem | undefined };

const NOT_REFUSED: Refused = { faults: [], problem: undefined };

/** What has not the form of a tier is not asked about; what the platform refuses is said like it. */
function usePublishing(draft: Draft, onChange: (draft: Draft) => void, onPublished: (tier: Tier) => void) {
  const api = useApi();
  const [refused, setRefused] = useState(NOT_REFUSED);
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const ask = () => {
    const faults =
      draft.unreadable === undefined ? draftFaults(draft) : [{ field: 'body', rule: 'must be JSON that can be read' }];
    onChange(tidied(draft));
    setRefused({ faults, problem: undefined });
    setAsked(faults.length === 0);
  };
  const publish = async () => {
    if (isBusy) return;
    setBusy(true);
    const answer = await api.call('PUT /admin/tiers/{slug}', {
      params: { slug: draft.slug },
      body: draft.data as TierBody,
    });
    setBusy(false);
    setAsked(false);
    if (answer.ok) return onPublished(answer.value);
    setRefused({ faults: answer.problem.errors ?? [], problem: answer.problem });
  };
  return { ...refused, isAsked, isBusy, ask, publish: () => void publish(), dismiss: () => setAsked(false) };
}
