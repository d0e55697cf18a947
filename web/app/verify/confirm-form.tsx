'use client';

import Link from 'next/link';
import { ruleOf } from '../../lib/answer';
import { AuthPanel } from '../../parts/auth-panel';
import { Field } from '../../parts/field';
import { FormProblem } from '../../parts/form-problem';
import { SubmitButton } from '../../parts/submit-button';
import { useApi } from '../../session/session-context';
import { useSubmit } from '../../session/use-submit';

type ConfirmFormProps = { readonly token: string; readonly done: () => void; readonly setNew: () => void };

export function ConfirmForm({ token, done, setNew }: ConfirmFormProps) {
  const api = useApi();
  const { isBusy, problem, onSubmit } = useSubmit(
    (field) => api.call('POST /auth/verify-email', { body: { token, password: field('password') } }),
    done,
  );
  return (
    <AuthPanel
      title="Confirm your e-mail address"
      intro="Enter the password that you chose when you registered."
      after={
        <div className="inline-action">
          <p>Forgotten it, or was it not you who registered with this address?</p>
          <button type="button" className="button button-quiet" onClick={setNew}>
            Choose name and password now
          </button>
        </div>
      }
    >
      <form onSubmit={onSubmit} className="form">
        <FormProblem problem={problem} fields={['password']} />
        {problem?.refusal === 'token_invalid' && <UsedLink />}
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={128}
          fault={ruleOf(problem, 'password')}
        />
        <SubmitButton isBusy={isBusy}>Confirm address</SubmitButton>
      </form>
    </AuthPanel>
  );
}

/** A link that is good no more: the address is confirmed already, or another mail is needed. */
export const UsedLink = () => (
  <p>
    If you have confirmed the address already, <Link href="/login/">sign in</Link>; otherwise{' '}
    <Link href="/register/">register again</Link> to get a new link.
  </p>
);
