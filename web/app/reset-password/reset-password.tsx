'use client';

import { useSearchParams } from 'next/navigation';
import { NewPasswordForm } from './new-password-form';
import { RequestLinkForm } from './request-link-form';

/** With the token of the mail a new password is set; without one the mail is asked for. */
export function ResetPassword() {
  const token = useSearchParams().get('token');
  return token === null ? <RequestLinkForm /> : <NewPasswordForm token={token} />;
}
