'use client';

import Link from 'next/link';
import { useState } from 'react';
import { AuthPanel } from '../../parts/auth-panel';
import { FormProblem } from '../../parts/form-problem';
import { NewPasswordField } from '../../parts/new-password-field';
import { Notice } from '../../parts/notice';
import { SubmitButton } from '../../parts/submit-button';
import { useApi } from '../../session/session-context';
import { useSubmit } from '../../session/use-submit';

/** Whose link it is, the page cannot know. */
const NOBODY = {};

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
        <NewPasswordField label="New password" name="password" problem={problem} context={NOBODY} />
        <SubmitButton isBusy={isBusy}>Set password</SubmitButton>
      </form>
    </AuthPanel>
  );
}
