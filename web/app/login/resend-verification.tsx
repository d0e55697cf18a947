'use client';

import { useState } from 'react';
import { useApi } from '../../session/session-context';

export function ResendVerification({ email }: { readonly email: string }) {
  const api = useApi();
  const [said, setSaid] = useState<string>();
  const resend = async () => {
    const answer = await api.call('POST /auth/verification-mails', { body: { email } });
    setSaid(answer.ok ? 'If the address waits for it, a link is on its way.' : answer.problem.title);
  };
  return (
    <div className="inline-action">
      <p>Just registered? The address has to be confirmed first.</p>
      <button type="button" className="button button-quiet" onClick={() => void resend()}>
        Send the verification link again
      </button>
      <p role="status">{said}</p>
    </div>
  );
}
