'use client';

import { useState } from 'react';
import { ruleOf } from '../../lib/answer';
import { AuthPanel } from '../../parts/auth-panel';
import { Field } from '../../parts/field';
import { FormProblem } from '../../parts/form-problem';
import { NewPasswordField } from '../../parts/new-password-field';
import { SubmitButton } from '../../parts/submit-button';
import { useApi } from '../../session/session-context';
import { useSubmit } from '../../session/use-submit';
import { UsedLink } from './confirm-form';

type SetPasswordFormProps = { readonly token: string; readonly done: () => void; readonly back: () => void };

export function SetPasswordForm({ token, done, back }: SetPasswordFormProps) {
  const api = useApi();
  const [displayName, setDisplayName] = useState('');
  const { isBusy, problem, onSubmit } = useSubmit(
    (field) =>
      api.call('POST /auth/verify-email/new-password', { body: { token, displayName, password: field('password') } }),
    done,
  );
  return (
    <AuthPanel
      title="Confirm your e-mail address"
      intro="Whatever was typed when this address was registered is forgotten: the account gets the name and the password that you choose here."
      after={
        <button type="button" className="button button-quiet" onClick={back}>
          I know the password
        </button>
      }
    >
      <form onSubmit={onSubmit} className="form">
        <FormProblem problem={problem} fields={['displayName', 'password']} />
        {problem?.refusal === 'token_invalid' && <UsedLink />}
        <Field
          label="Name"
          name="displayName"
          autoComplete="name"
          required
          maxLength={80}
          hint="As it should appear on your reports"
          value={displayName}
          onChange={(event) => setDisplayName(event.target.value)}
          fault={ruleOf(problem, 'displayName')}
        />
        <NewPasswordField label="New password" name="password" problem={problem} context={{ displayName }} />
        <SubmitButton isBusy={isBusy}>Confirm address</SubmitButton>
      </form>
    </AuthPanel>
  );
}
