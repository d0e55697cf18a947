'use client';

import type { Instrument } from '../lib/contract';
import { type FeedState, feedState } from '../lib/feed-state';
import type { LiveStatus } from '../lib/live-client';
import type { QuoteBoard } from '../lib/quotes';
import { useMonotonicSecond } from './use-quote';

const TEXT: Readonly<Record<FeedState, string>> = {
  connecting: 'Connecting…',
  waiting: 'Connected, waiting for prices…',
  live: 'Live',
  stale: 'Connected, but no price is fresh',
  reconnecting: 'Connection lost, reconnecting…',
  stopped: 'Disconnected',
};

type ConnectionStateProps = {
  readonly status: LiveStatus;
  readonly instruments: readonly Instrument[];
  readonly board: QuoteBoard;
};

export function ConnectionState({ status, instruments, board }: ConnectionStateProps) {
  const state = feedState(status, instruments, board.get, useMonotonicSecond());
  return (
    <span className={`connection connection-${state}`} role="status">
      <span className="connection-dot" aria-hidden="true" />
      {TEXT[state]}
    </span>
  );
}
