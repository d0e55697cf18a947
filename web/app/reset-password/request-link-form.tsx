'use client';

import { useState } from 'react';
import { ruleOf } from '../../lib/answer';
import { AuthPanel } from '../../parts/auth-panel';
import { EmailField } from '../../parts/email-field';
import { FormProblem } from '../../parts/form-problem';
import { Notice } from '../../parts/notice';
import { SubmitButton } from '../../parts/submit-button';
import { useApi } from '../../session/session-context';
import { useSubmit } from '../../session/use-submit';

export function RequestLinkForm() {
  const api = useApi();
  const [isSent, setSent] = useState(false);
  const { isBusy, problem, onSubmit } = useSubmit(
    (field) => api.call('POST /auth/password-resets', { body: { email: field('email') } }),
    () => setSent(true),
  );
  if (isSent) {
    return (
      <AuthPanel title="Look into your inbox">
        <Notice tone="good" title="If the address is registered, a link is on its way">
          <p>The link is good once. Setting a new password signs you out everywhere.</p>
        </Notice>
      </AuthPanel>
    );
  }
  return (
    <AuthPanel title="Reset your password" intro="We send a link to the address of your account.">
      <form onSubmit={onSubmit} className="form">
        <FormProblem problem={problem} fields={['email']} />
        <EmailField fault={ruleOf(problem, 'email')} />
        <SubmitButton isBusy={isBusy}>Send link</SubmitButton>
      </form>
    </AuthPanel>
  );
}
