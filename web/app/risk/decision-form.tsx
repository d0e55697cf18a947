'use client';

import { useEffect, useId, useRef } from 'react';
import { uuidv7 } from 'uuidv7';
import { mayHaveHappened, ruleOf } from '../../lib/answer';
import type { Signal } from '../../lib/contract';
import { KIND_NAMES, seenText } from '../../lib/signals';
import { Field } from '../../parts/field';
import { FormProblem } from '../../parts/form-problem';
import { useApi } from '../../session/session-context';
import { useSubmit } from '../../session/use-submit';

type DecisionFormProps = {
  readonly signal: Signal;
  readonly onDone: () => void;
  readonly onClose: () => void;
};

/** Decides one signal in its own row. What may have arrived keeps its id: sent again, it is no second decision. */
export function DecisionForm({ signal, onDone, onClose }: DecisionFormProps) {
  const api = useApi();
  const id = useId();
  const sent = useRef<{ readonly decisionId: string; readonly text: string }>(undefined);
  const { isBusy, problem, onSubmit } = useSubmit(async (field) => {
    const body = {
      outcome: field('outcome') === 'confirmed' ? ('confirmed' as const) : ('dismissed' as const),
      reason: field('reason'),
    };
    const text = JSON.stringify(body);
    if (sent.current?.text !== text) sent.current = { decisionId: uuidv7(), text };
    const params = { signalId: signal.signalId, decisionId: sent.current.decisionId };
    const answer = await api.call('PUT /risk/signals/{signalId}/decisions/{decisionId}', { params, body });
    if (!answer.ok && !mayHaveHappened(answer.problem)) sent.current = undefined;
    return answer;
  }, onDone);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('select')?.focus(), []);
  return (
    <form className="amend" ref={form} onSubmit={onSubmit} noValidate aria-label="Decision on a signal">
      <p className="fine">
        {KIND_NAMES[signal.kind]}: {seenText(signal)}. The record stays, and no account is changed by it.
      </p>
      <div className="amend-fields">
        <div className="field">
          <label htmlFor={id}>Decision</label>
          <select id={id} name="outcome" defaultValue="dismissed">
            <option value="dismissed">Dismissed: nothing wrong</option>
            <option value="confirmed">Confirmed: it is what it looks like</option>
          </select>
        </div>
        <Field label="Reason" name="reason" required maxLength={1_000} fault={ruleOf(problem, 'reason')} />
      </div>
      <FormProblem problem={problem} fields={['reason']} />
      <p className="row-actions">
        <button type="submit" className="button button-small button-main" aria-disabled={isBusy}>
          Put on record
        </button>
        <button type="button" className="button button-small" onClick={onClose}>
          Leave it
        </button>
      </p>
    </form>
  );
}
