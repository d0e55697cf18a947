'use client';

import Link from 'next/link';
import { useState } from 'react';
import { AuthPanel } from '../../parts/auth-panel';
import { Notice } from '../../parts/notice';
import { Waiting } from '../../parts/waiting';
import { dropFragment, useFragmentToken } from '../../session/use-fragment-token';
import { ConfirmForm } from './confirm-form';
import { SetPasswordForm } from './set-password-form';

/**
 * The link alone confirms nothing: mail scanners open links, and somebody else may have typed this address. Whoever
 * registered proves it by the password; the owner of the mailbox may set another in its place.
 */
export function VerifyEmail() {
  const token = useFragmentToken();
  const [isVerified, setVerified] = useState(false);
  const [isSetting, setSetting] = useState(false);
  const done = () => {
    dropFragment();
    setVerified(true);
  };
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
  if (token === undefined) return <Waiting text="Loading…" />;
  if (token === null) {
    return (
      <AuthPanel title="Confirm your e-mail address">
        <Notice tone="info" title="Open the link in the mail that we sent you">
          <p>It leads here with what is needed to confirm the address.</p>
        </Notice>
        <Link className="button button-wide" href="/register/">
          Register again
        </Link>
      </AuthPanel>
    );
  }
  return isSetting ? (
    <SetPasswordForm token={token} done={done} back={() => setSetting(false)} />
  ) : (
    <ConfirmForm token={token} done={done} setNew={() => setSetting(true)} />
  );
}
