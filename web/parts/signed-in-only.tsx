'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { signInPath } from '../lib/page-path';
import { useSessionState } from '../session/session-context';
import { Waiting } from './waiting';

/** Shows its children to whoever is signed in; others are sent to the sign-in page and back. */
export function SignedInOnly({ children }: { readonly children: ReactNode }) {
  const state = useSessionState();
  const router = useRouter();
  useEffect(() => {
    if (state.kind === 'signed-out') router.replace(signInPath(window.location.pathname + window.location.search));
  }, [state.kind, router]);
  if (state.kind === 'signed-in') return children;
  if (state.kind === 'unknown' && state.isOffline)
    return <Waiting text="The platform does not answer. Trying again…" />;
  return <Waiting text="Checking your session…" />;
}
