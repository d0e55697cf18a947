'use client';

import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { safeReturn } from '../../lib/page-path';
import { AuthPanel } from '../../parts/auth-panel';
import { EmailField } from '../../parts/email-field';
import { Field } from '../../parts/field';
import { FormProblem } from '../../parts/form-problem';
import { SubmitButton } from '../../parts/submit-button';
import { useApi, useSession, useSessionState } from '../../session/session-context';
import { useSubmit } from '../../session/use-submit';
import { ResendVerification } from './resend-verification';

export function LoginForm() {
  const api = useApi();
  const session = useSession();
  const state = useSessionState();
  const router = useRouter();
  const target = safeReturn(useSearchParams().get('next'));
  const [email, setEmail] = useState('');
  useEffect(() => {
    if (state.kind === 'signed-in') router.replace(target);
  }, [state.kind, router, target]);
  const { isBusy, problem, onSubmit } = useSubmit(
    (field) => api.call('POST /auth/login', { body: { email: field('email'), password: field('password') } }),
    (issued) => session.begin(issued),
  );
  return (
    <AuthPanel
      title="Sign in"
      after={
        <>
          <Link href="/reset-password/">Forgot your password?</Link>
          <span>
            New here? <Link href="/register/">Create an account</Link>
          </span>
        </>
      }
    >
      <form onSubmit={onSubmit} className="form">
        <FormProblem problem={problem} fields={['email', 'password']} />
        {problem?.refusal === 'credentials_invalid' && <ResendVerification email={email} />}
        <EmailField value={email} onChange={(event) => setEmail(event.target.value)} />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required />
        <SubmitButton isBusy={isBusy}>Sign in</SubmitButton>
      </form>
    </AuthPanel>
  );
}
