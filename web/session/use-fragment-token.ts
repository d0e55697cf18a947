'use client';

import { useSyncExternalStore } from 'react';
import { tokenOf } from '../lib/mail-link';

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

/** The token behind the `#` of a mail's link, null where there is none; undefined until the browser has looked. */
export const useFragmentToken = (): string | null | undefined =>
  useSyncExternalStore(
    subscribe,
    () => tokenOf(window.location.hash),
    () => undefined,
  );

/** A token that has done its work need not stay in the browser's history: another fragment takes its entry. */
export const dropFragment = (): void => window.location.replace('#confirmed');
