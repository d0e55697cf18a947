'use client';

import { useState } from 'react';
import { useApi } from '../../session/session-context';

export function ResendVerification({ email }: { readonly email: string }) {
  const api = useApi();
  const [said, setSaid] = useState<string>();
  const resend = async () => {
    const answer = await api.call('POST /auth/verification-mails', { body: { email } });
    setSaid(answer.ok ? 'A new link is on its way. Look into your inbox.' : answer.problem.title);
  };
  return (
    <div className="inline-action">
      <button type="button" className="button button-quiet" onClick={() => void resend()}>
        Send the verification link again
      </button>
      <p role="status">{said}</p>
    </div>
  );
}
