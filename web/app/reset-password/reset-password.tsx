'use client';

import { Waiting } from '../../parts/waiting';
import { useFragmentToken } from '../../session/use-fragment-token';
import { NewPasswordForm } from './new-password-form';
import { RequestLinkForm } from './request-link-form';

/** With the token of the mail a new password is set; without one the mail is asked for. */
export function ResetPassword() {
  const token = useFragmentToken();
  if (token === undefined) return <Waiting text="Loading…" />;
  return token === null ? <RequestLinkForm /> : <NewPasswordForm token={token} />;
}
