import type { LiveStatus } from '../lib/live-client';

const TEXT: Readonly<Record<LiveStatus, string>> = {
  connecting: 'Connecting…',
  live: 'Live',
  reconnecting: 'Connection lost, reconnecting…',
  stopped: 'Disconnected',
};

export const ConnectionState = ({ status }: { readonly status: LiveStatus }) => (
  <span className={`connection connection-${status}`} role="status">
    <span className="connection-dot" aria-hidden="true" />
    {TEXT[status]}
  </span>
);
