'use client';

import { useEffect, useId, useRef } from 'react';
import { ruleAt } from '../../../lib/answer';
import type { Tier } from '../../../lib/contract';
import { countText } from '../../../lib/display';
import { type Draft, draftName, fieldOf, valueAt } from '../../../lib/tiers/draft';
import { phaseCount } from '../../../lib/tiers/faults';
import { shownIn, TIER_FIELDS, typedText } from '../../../lib/tiers/form';
import { Field } from '../../../parts/field';
import { FormProblem } from '../../../parts/form-problem';
import { Notice } from '../../../parts/notice';
import { DraftField, type Editing } from './draft-field';
import { DraftText } from './draft-text';
import { FirmOdds } from './firm-odds';
import { PhaseEditor } from './phase-editor';
import { PublishDialog } from './publish-dialog';
import { usePublishing } from './use-publishing';

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
    <>
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
        <TierFields replaced={replaced} {...editing} />
        {Array.from({ length: phaseCount(draft.data) }, (_, phase) => (
          <PhaseEditor key={phase} phase={phase} {...editing} />
        ))}
        <DraftText {...editing} />
        <FormProblem problem={problem} fields={faults.map(({ field }) => field)} />
        {!problem && faults.length > 0 && (
          <Notice tone="alert" title={`${countText(faults.length, 'field')} cannot be published as it stands`} />
        )}
        <p className="row-actions">
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
      <FirmOdds draft={draft} />
    </>
  );
}

type TierFieldsProps = Editing & { readonly replaced: Tier | undefined };

/** The tier as a whole, and whether it is a new one. */
function TierFields({ draft, faults, onChange, replaced }: TierFieldsProps) {
  return (
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
          <DraftField key={fieldOf(field.at)} field={field} draft={draft} faults={faults} onChange={onChange} />
        ))}
      </fieldset>
      <p className="fine">
        {replaced
          ? `${replaced.name} is on sale by this short name: it is changed.`
          : 'Nothing is on sale by this short name: it is a new tier.'}
      </p>
    </section>
  );
}
