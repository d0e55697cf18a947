'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { AuthPanel } from '../../parts/auth-panel';
import { FormProblem } from '../../parts/form-problem';
import { Notice } from '../../parts/notice';
import { SubmitButton } from '../../parts/submit-button';
import { useApi } from '../../session/session-context';
import { useSubmit } from '../../session/use-submit';

/** A press confirms, not the visit: mail scanners open links, and the token is good once. */
export function VerifyEmail() {
  const api = useApi();
  const token = useSearchParams().get('token') ?? '';
  const [isVerified, setVerified] = useState(false);
  const { isBusy, problem, onSubmit } = useSubmit(
    () => api.call('POST /auth/verify-email', { body: { token } }),
    () => setVerified(true),
  );
  if (isVerified) {
    return (
      <AuthPanel title="Address confirmed">
        <Notice tone="good" title="Your account is ready" />
        <Link className="button button-main button-wide" href="/login/?next=/tiers/">
          Sign in
        </Link>
      </AuthPanel>
    );
  }
  return (
    <AuthPanel title="Confirm your e-mail address" intro="One press, and your account is ready to use.">
      <form onSubmit={onSubmit} className="form">
        <FormProblem problem={problem} fields={[]} />
        {problem && (
          <p>
            <Link href="/login/">Sign in</Link> to have a new link sent to you.
          </p>
        )}
        <SubmitButton isBusy={isBusy}>Confirm address</SubmitButton>
      </form>
    </AuthPanel>
  );
}
