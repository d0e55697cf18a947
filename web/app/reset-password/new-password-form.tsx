'use client';

import Link from 'next/link';
import { useState } from 'react';
import { ruleOf } from '../../lib/answer';
import { AuthPanel } from '../../parts/auth-panel';
import { Field } from '../../parts/field';
import { FormProblem } from '../../parts/form-problem';
import { Notice } from '../../parts/notice';
import { SubmitButton } from '../../parts/submit-button';
import { useApi } from '../../session/session-context';
import { useSubmit } from '../../session/use-submit';

export function NewPasswordForm({ token }: { readonly token: string }) {
  const api = useApi();
  const [isChanged, setChanged] = useState(false);
  const { isBusy, problem, onSubmit } = useSubmit(
    (field) => api.call('POST /auth/password-resets/confirm', { body: { token, password: field('password') } }),
    () => setChanged(true),
  );
  if (isChanged) {
    return (
      <AuthPanel title="Password changed">
        <Notice tone="good" title="All sessions have been ended; sign in with the new password" />
        <Link className="button button-main button-wide" href="/login/">
          Sign in
        </Link>
      </AuthPanel>
    );
  }
  return (
    <AuthPanel title="Choose a new password">
      <form onSubmit={onSubmit} className="form">
        <FormProblem problem={problem} fields={['password']} />
        <Field
          label="New password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={12}
          maxLength={128}
          hint="At least 12 characters"
          fault={ruleOf(problem, 'password')}
        />
        <SubmitButton isBusy={isBusy}>Set password</SubmitButton>
      </form>
    </AuthPanel>
  );
}
