'use client';

import { useRef, useState } from 'react';
import { ruleOf } from '../../lib/answer';
import { Field } from '../../parts/field';
import { FormProblem } from '../../parts/form-problem';
import { NewPasswordField } from '../../parts/new-password-field';
import { Notice } from '../../parts/notice';
import { SubmitButton } from '../../parts/submit-button';
import { useApi, useSessionState } from '../../session/session-context';
import { useSubmit } from '../../session/use-submit';

const FIELDS = ['currentPassword', 'newPassword'] as const;

export function ChangePassword({ changed }: { readonly changed: () => void }) {
  const api = useApi();
  const state = useSessionState();
  const [times, setTimes] = useState(0);
  const current = useRef<HTMLInputElement>(null);
  const { isBusy, problem, onSubmit } = useSubmit(
    (field) =>
      api.call('POST /auth/password', {
        body: { currentPassword: field('currentPassword'), newPassword: field('newPassword') },
      }),
    () => {
      setTimes(times + 1);
      current.current?.form?.reset();
      changed();
    },
  );
  const context = state.kind === 'signed-in' ? state.user : {};
  return (
    <section className="card" aria-labelledby="password">
      <h2 id="password">Change your password</h2>
      <form onSubmit={onSubmit} className="form">
        {times > 0 && !problem && (
          <Notice tone="good" title="Password changed">
            <p>Every other session has been ended.</p>
          </Notice>
        )}
        <FormProblem problem={problem} fields={FIELDS} />
        <Field
          ref={current}
          label="Present password"
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          required
          maxLength={128}
          fault={ruleOf(problem, 'currentPassword')}
        />
        <NewPasswordField key={times} label="New password" name="newPassword" problem={problem} context={context} />
        <SubmitButton isBusy={isBusy}>Change password</SubmitButton>
      </form>
    </section>
  );
}
