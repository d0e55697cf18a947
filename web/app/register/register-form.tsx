'use client';

import Link from 'next/link';
import { useState } from 'react';
import { ruleOf } from '../../lib/answer';
import { AuthPanel } from '../../parts/auth-panel';
import { EmailField } from '../../parts/email-field';
import { Field } from '../../parts/field';
import { FormProblem } from '../../parts/form-problem';
import { NewPasswordField } from '../../parts/new-password-field';
import { Notice } from '../../parts/notice';
import { SubmitButton } from '../../parts/submit-button';
import { useApi } from '../../session/session-context';
import { useSubmit } from '../../session/use-submit';

const FIELDS = ['displayName', 'email', 'password'] as const;

export function RegisterForm() {
  const api = useApi();
  const [sentTo, setSentTo] = useState<string>();
  const [email, setEmail] = useState('');
  const [displayName, setDisplayName] = useState('');
  const { isBusy, problem, onSubmit } = useSubmit(
    (field) =>
      api.call('POST /auth/register', {
        body: { displayName: field('displayName'), email: field('email'), password: field('password') },
      }),
    () => setSentTo(email),
  );
  if (sentTo !== undefined) {
    return (
      <AuthPanel title="Look into your inbox">
        <Notice tone="good" title={`We have written to ${sentTo}`}>
          <p>Open the link in the mail and enter your password there. After that you can sign in.</p>
        </Notice>
      </AuthPanel>
    );
  }
  return (
    <AuthPanel
      title="Create an account"
      intro="One account holds all your assessments. It costs nothing until you buy one."
      after={
        <span>
          Already registered? <Link href="/login/">Sign in</Link>
        </span>
      }
    >
      <form onSubmit={onSubmit} className="form">
        <FormProblem problem={problem} fields={FIELDS} />
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
        <EmailField value={email} onChange={(event) => setEmail(event.target.value)} fault={ruleOf(problem, 'email')} />
        <NewPasswordField label="Password" name="password" problem={problem} context={{ email, displayName }} />
        <SubmitButton isBusy={isBusy}>Create account</SubmitButton>
      </form>
    </AuthPanel>
  );
}
