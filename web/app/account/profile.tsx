'use client';

import { useSessionState } from '../../session/session-context';

export function Profile() {
  const state = useSessionState();
  if (state.kind !== 'signed-in') return null;
  return (
    <section className="card" aria-labelledby="profile">
      <h2 id="profile">Profile</h2>
      <dl className="facts">
        <div>
          <dt>Name</dt>
          <dd className="account-name">{state.user.displayName}</dd>
        </div>
        <div>
          <dt>E-mail</dt>
          <dd className="account-name">{state.user.email}</dd>
        </div>
      </dl>
    </section>
  );
}
