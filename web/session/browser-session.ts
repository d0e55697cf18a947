import { uuidv7 } from 'uuidv7';
import { type Api, makeApi } from '../lib/api-client';
import { forgetEvents } from '../lib/kept-events';
import { Session } from '../lib/session';

export type Connection = { readonly api: Api; readonly session: Session };

const HINT = 'pg-signed-in';

export const later = (act: () => void, ms: number): (() => void) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};

/** Joins API and session in a browser. The calls that make a session carry none themselves. */
export function connectBrowser(): Connection {
  const send: typeof fetch = (input, init) => fetch(input, init);
  const anonymous = makeApi({
    fetch: send,
    newId: uuidv7,
    credentials: { accessToken: () => undefined, renew: async () => false },
  });
  const session = new Session({
    refresh: () => anonymous.call('POST /auth/refresh', {}),
    logout: () => anonymous.call('POST /auth/logout', {}),
    later,
    random: Math.random,
    alone: (act) => ('locks' in navigator ? navigator.locks.request('pg-refresh', act) : act()),
    hint: {
      get: () => localStorage.getItem(HINT) === '1',
      set: (isSignedIn) => {
        if (isSignedIn) return localStorage.setItem(HINT, '1');
        localStorage.removeItem(HINT);
        forgetEvents(sessionStorage);
      },
    },
  });
  return { api: makeApi({ fetch: send, newId: uuidv7, credentials: session }), session };
}

export function socketUrl(): string {
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${window.location.host}/ws`;
}

/** Calls `ended` when another tab signs out. */
export function onOtherTabSignOut(ended: () => void): () => void {
  const listen = (event: StorageEvent) => {
    if (event.key === HINT && event.newValue === null) ended();
  };
  window.addEventListener('storage', listen);
  return () => window.removeEventListener('storage', listen);
}
