'use client';

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { Api } from '../lib/api-client';
import type { Session, SessionState } from '../lib/session';
import { type Connection, connectBrowser, onOtherTabSignOut } from './browser-session';

const ConnectionContext = createContext<Connection | undefined>(undefined);

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [connection] = useState(connectBrowser);
  useEffect(() => {
    void connection.session.start();
    return onOtherTabSignOut(() => connection.session.end());
  }, [connection]);
  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}

function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (!connection) throw new Error('SessionProvider is missing above this component');
  return connection;
}

export const useApi = (): Api => useConnection().api;
export const useSession = (): Session => useConnection().session;

const UNKNOWN: SessionState = { kind: 'unknown', isOffline: false };

export function useSessionState(): SessionState {
  const { session } = useConnection();
  return useSyncExternalStore(session.subscribe, session.get, () => UNKNOWN);
}
