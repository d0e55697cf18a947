'use client';

import type { Instrument } from '../lib/contract';
import { type FeedState, feedState } from '../lib/feed-state';
import type { LiveStatus } from '../lib/live-client';
import type { QuoteBoard } from '../lib/quotes';
import { VENUE_NAMES } from '../lib/venues';
import { useMonotonicSecond } from './use-quote';

const TEXT: Readonly<Record<Exclude<FeedState['kind'], 'stale'>, string>> = {
  connecting: 'Connecting…',
  waiting: 'Waiting…',
  live: 'Live',
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
    <span className={`connection connection-${state.kind}`} role="status">
      <span className="connection-dot" aria-hidden="true" />
      {state.kind === 'stale' ? staleText(state.venues) : TEXT[state.kind]}
    </span>
  );
}

const staleText = (venues: readonly Instrument['venue'][]): string =>
  `Connected, but no fresh price from ${venues.map((venue) => VENUE_NAMES[venue]).join(' and ')}`;
